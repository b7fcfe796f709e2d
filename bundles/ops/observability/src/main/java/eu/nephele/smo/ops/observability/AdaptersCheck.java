// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Lists the active adapters, and the reasons of inactive ones: no configuration, a wrong value in it, a missing
 * dependency. It only warns and never makes the server unready. The adapter itself names the key of a wrong value.
 */
final class AdaptersCheck {

    private static final String NAME = "adapters";
    private static final String ADAPTERS = "eu.nephele.smo.adapters.";
    private static final int LONGEST = 300;

    private AdaptersCheck() {}

    /** Empty if no adapters of the product are installed. */
    static Optional<Readiness.ReadinessCheck> run(ServiceComponentRuntime components) {
        Set<String> started = new TreeSet<>();
        Map<String, String> troubles = new TreeMap<>();
        Collection<ComponentDescriptionDTO> descriptions = components.getComponentDescriptionDTOs();
        for (ComponentDescriptionDTO description : descriptions) {
            if (description.bundle.symbolicName.startsWith(ADAPTERS)) {
                for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description)) {
                    String name = name(description, configuration);
                    trouble(description, configuration)
                            .ifPresentOrElse(
                                    trouble -> troubles.merge(name, trouble, (one, other) -> one + "; " + other),
                                    () -> started.add(name));
                }
            }
        }
        // one configuration may have several components
        started.removeAll(troubles.keySet());
        if (started.isEmpty() && troubles.isEmpty()) {
            return Optional.empty();
        }
        String all = started.isEmpty() ? "none has started" : "started: " + String.join(", ", started);
        return Optional.of(new Readiness.ReadinessCheck(
                NAME,
                true,
                troubles.isEmpty()
                        ? all
                        : Readiness.ReadinessCheck.WARNING + String.join("; ", troubles.values()) + "; " + all));
    }

    private static Optional<String> trouble(
            ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        String name = name(description, configuration);
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                Optional.of("%s is not configured".formatted(name));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Optional.of("%s waits for %s".formatted(name, missing(description, configuration)));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of("%s has not started: %s".formatted(name, cause(configuration.failure)));
            default -> Optional.empty();
        };
    }

    private static String missing(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        List<String> missing = Arrays.stream(configuration.unsatisfiedReferences)
                .map(reference -> reference.name)
                .toList();
        return Arrays.stream(description.references)
                .filter(reference -> missing.contains(reference.name))
                .map(reference -> reference.interfaceName.substring(reference.interfaceName.lastIndexOf('.') + 1))
                .sorted()
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static String name(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return configuration.properties.get("service.pid") instanceof String pid ? pid : description.name;
    }

    /** Returns the root cause without its trace: the last cause that the trace names. */
    static String cause(String trace) {
        String line = trace.lines()
                .filter(each -> each.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .orElseGet(() -> trace.lines().findFirst().orElse("see the log"));
        String text = line.replaceFirst("^(Caused by: )?([\\w$]+\\.)+[\\w$]+(Exception|Error): ", "");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
