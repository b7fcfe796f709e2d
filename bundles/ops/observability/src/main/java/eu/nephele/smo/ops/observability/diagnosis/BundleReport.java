// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability.diagnosis;

import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Bundles with version and state, and components that do not work, with the reason. Properties are left out. */
public final class BundleReport implements DiagnosticReport {

    private static final Map<Integer, String> STATES = Map.of(
            Bundle.INSTALLED, "INSTALLED",
            Bundle.RESOLVED, "RESOLVED",
            Bundle.STARTING, "STARTING",
            Bundle.STOPPING, "STOPPING",
            Bundle.ACTIVE, "ACTIVE",
            Bundle.UNINSTALLED, "UNINSTALLED");

    private final BundleContext context;
    private final Supplier<Optional<ServiceComponentRuntime>> components;

    public BundleReport(BundleContext context, Supplier<Optional<ServiceComponentRuntime>> components) {
        this.context = context;
        this.components = components;
    }

    @Override
    public String fileName() {
        return "bundles.txt";
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Components that do not work:");
        components.get().ifPresentOrElse(runtime -> troubles(runtime, lines), () -> lines.add("are not known"));
        lines.add("");
        lines.add("Bundles:");
        Arrays.stream(context.getBundles())
                .sorted(Comparator.comparing(Bundle::getBundleId))
                .forEach(bundle -> lines.add("%5d %-11s %s %s"
                        .formatted(
                                bundle.getBundleId(),
                                STATES.getOrDefault(bundle.getState(), "?"),
                                bundle.getSymbolicName(),
                                bundle.getVersion())));
        return lines;
    }

    private static void troubles(ServiceComponentRuntime runtime, List<String> lines) {
        runtime.getComponentDescriptionDTOs().stream()
                .sorted(Comparator.comparing(description -> description.name))
                .forEach(description -> runtime.getComponentConfigurationDTOs(description)
                        .forEach(configuration ->
                                trouble(description, configuration).ifPresent(lines::add)));
    }

    private static Optional<String> trouble(
            ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        String name = configuration.properties.get("service.pid") instanceof String pid
                ? description.name + " (" + pid + ")"
                : description.name;
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> Optional.of(name + ": is not configured");
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Optional.of(name + ": waits for "
                        + Arrays.stream(configuration.unsatisfiedReferences)
                                .map(reference -> reference.name)
                                .sorted()
                                .collect(Collectors.joining(", ")));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of(name + ": has failed: "
                        + configuration.failure.lines().limit(1).collect(Collectors.joining()));
            default -> Optional.empty();
        };
    }
}
