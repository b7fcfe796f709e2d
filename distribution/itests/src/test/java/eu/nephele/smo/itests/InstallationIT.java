// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.plugin.ReservedNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** The profile {@code sim} in a container: complete, started, wired, configured. Public, because Pax Exam looks for public methods. */
@ExtendWith(PaxExamExtension.class)
public class InstallationIT {

    private static final long PATIENCE_MILLIS = 30_000;
    private static final String REST = "JakartarsServletWhiteboardRuntimeComponent";

    @Inject
    private BundleContext context;

    @Inject
    private ServiceComponentRuntime components;

    @Inject
    private ConfigurationAdmin configurations;

    @Configuration
    static Option[] options() {
        return ContainerOptions.profile(
                "sim",
                Map.of(REST + ".cfg", "jersey.jakartars.whiteboard.name=smo\njersey.context.path=/\nfrom=file\n"));
    }

    @Test
    public void everyBundleIsActive() {
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(bundle -> bundle + " is in state " + bundle.getState())
                .toList();
        assertThat(idle).isEmpty();
    }

    @Test
    public void everyFragmentIsAttached() {
        List<String> loose = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null)
                .filter(bundle -> bundle.getState() != Bundle.RESOLVED)
                .map(Bundle::toString)
                .toList();
        assertThat(loose).isEmpty();
    }

    @Test
    public void everyComponentIsSatisfied() throws InterruptedException {
        assertThat(settled(() -> ours().flatMap(this::unsatisfied).toList())).isEmpty();
    }

    @Test
    public void everyNameThatTheProductOffersIsNobodyElses() {
        record Kind(String word, String property) {}
        record Offered(String kind, String name) {}
        Map<String, Kind> kinds = Map.of(
                PlacementStrategy.class.getName(), new Kind("placement", PlacementStrategy.ID),
                ScalingStrategy.class.getName(), new Kind("scaling", ScalingStrategy.ID),
                PlacementObjective.class.getName(), new Kind("objective", PlacementObjective.NAME),
                IntentHandler.class.getName(), new Kind("intent", IntentHandler.NAME));
        List<Offered> offered = ours().flatMap(component -> Arrays.stream(component.serviceInterfaces)
                        .filter(kinds::containsKey)
                        .map(kinds::get)
                        .map(kind ->
                                new Offered(kind.word(), String.valueOf(component.properties.get(kind.property())))))
                .toList();
        assertThat(offered)
                .contains(
                        new Offered("placement", "first-fit"),
                        new Offered("scaling", "threshold"),
                        new Offered("scaling", "scheduled"),
                        new Offered("scaling", "idle"),
                        new Offered("objective", "moves"),
                        new Offered("intent", "compute"));
        assertThat(offered).allMatch(offer -> ReservedNames.include(offer.kind(), offer.name()), "is reserved");
    }

    @Test
    public void bundlesWithComponentsAreFound() {
        assertThat(ours().map(component -> component.bundle.symbolicName).distinct())
                .as("bundles with components")
                .isNotEmpty();
    }

    @Test
    public void aFileInEtcWinsOverTheDefaultOfTheFeature() throws Exception {
        assertThat(settled(() -> "file".equals(property(REST, "from")) ? List.of() : List.of("the default")))
                .as("where the configuration comes from, other than the file")
                .isEmpty();
        assertThat(property(REST, "jersey.context.path")).isEqualTo("/");
    }

    private Object property(String pid, String name) {
        try {
            Dictionary<String, Object> properties =
                    configurations.getConfiguration(pid, "?").getProperties();
            return properties == null ? "" : properties.get(name);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Stream<ComponentDescriptionDTO> ours() {
        return components.getComponentDescriptionDTOs().stream()
                .filter(component -> component.bundle.symbolicName.startsWith("eu.nephele.smo."))
                .filter(component -> component.defaultEnabled);
    }

    /** A component that requires a configuration nobody has given is absent on purpose. */
    private Stream<String> unsatisfied(ComponentDescriptionDTO component) {
        var instances = components.getComponentConfigurationDTOs(component);
        if (instances.isEmpty()) {
            return "require".equals(component.configurationPolicy)
                    ? Stream.empty()
                    : Stream.of(component.name + " has no instance");
        }
        return instances.stream()
                .filter(instance -> instance.state != ComponentConfigurationDTO.ACTIVE
                        && instance.state != ComponentConfigurationDTO.SATISFIED)
                .filter(instance -> instance.state != ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION)
                .map(instance -> "%s: state %d, missing %s, failure %s"
                        .formatted(component.name, instance.state, missing(instance), instance.failure));
    }

    private static List<String> missing(ComponentConfigurationDTO instance) {
        return Arrays.stream(instance.unsatisfiedReferences)
                .map((UnsatisfiedReferenceDTO reference) -> reference.name + " " + reference.target)
                .toList();
    }

    private static List<String> settled(Supplier<List<String>> look) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        List<String> seen = look.get();
        while (!seen.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
            seen = look.get();
        }
        return seen;
    }
}
