// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

final class ComponentDiagnostics {

    private final Optional<ServiceComponentRuntime> runtime;
    private final Bundle[] bundles;

    ComponentDiagnostics(Optional<ServiceComponentRuntime> runtime, Collection<Bundle> bundles) {
        this.runtime = runtime;
        this.bundles = bundles.toArray(Bundle[]::new);
    }

    /** For people; empty when none has failed. */
    Optional<String> failures() {
        String text = descriptions()
                .flatMap(this::configurations)
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(configuration -> "%s fails in its activation: %s"
                        .formatted(configuration.description.implementationClass, cause(configuration.failure)))
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Empty for none. */
    Optional<String> waits() {
        String text = descriptions()
                .flatMap(description -> Stream.concat(
                        configurations(description)
                                .flatMap(configuration -> Stream.of(configuration.unsatisfiedReferences)
                                        .map(reference -> "%s waits for the reference %s%s"
                                                .formatted(
                                                        description.implementationClass,
                                                        reference.name,
                                                        reference.target == null ? "" : " with " + reference.target))),
                        "require".equals(description.configurationPolicy)
                                        && configurations(description).findAny().isEmpty()
                                ? Stream.of("%s waits for a configuration of %s"
                                        .formatted(
                                                description.implementationClass,
                                                String.join(", ", description.configurationPid)))
                                : Stream.empty()))
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /**
     * Returns whether only configurations are missing: an adapter may wait for the address of its system. Services that
     * decide ({@code examined} interfaces) may not come later, because they would be used without an examination.
     */
    boolean waitForConfigurationsOnly(Predicate<String> examined) {
        List<ComponentDescriptionDTO> all = descriptions().toList();
        return !all.isEmpty()
                && all.stream()
                        .allMatch(description -> "require".equals(description.configurationPolicy)
                                && configurations(description).findAny().isEmpty()
                                && Stream.of(description.serviceInterfaces).noneMatch(examined));
    }

    boolean silentOneIsActive() {
        return descriptions()
                .flatMap(this::configurations)
                .anyMatch(configuration -> configuration.state == ComponentConfigurationDTO.ACTIVE);
    }

    private Stream<ComponentDescriptionDTO> descriptions() {
        return runtime.stream().flatMap(scr -> scr.getComponentDescriptionDTOs(bundles).stream());
    }

    private Stream<ComponentConfigurationDTO> configurations(ComponentDescriptionDTO description) {
        return runtime.stream().flatMap(scr -> scr.getComponentConfigurationDTOs(description).stream());
    }

    private static String cause(String failure) {
        if (failure == null) {
            return "no reason given";
        }
        List<String> lines = failure.lines().map(String::strip).toList();
        String first = lines.isEmpty() ? "" : lines.get(0);
        return lines.stream()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((a, b) -> b)
                .map(last -> last.substring("Caused by: ".length()))
                .orElse(first);
    }
}
