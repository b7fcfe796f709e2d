// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.Port;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Description of a port by its annotation {@link Port}.
 *
 * @param chosenBy service property that says which of several an adapter is
 * @param system service property that names the outside system where {@link AdapterException#SYSTEM} does not
 */
public record PortDescription(String name, Optional<String> chosenBy, Optional<String> system) {

    /** @throws IllegalArgumentException an interface that is no port */
    public static PortDescription of(Class<?> port) {
        Port said = port.getAnnotation(Port.class);
        if (said == null) {
            throw new IllegalArgumentException(
                    "%s is not a port: it has no annotation %s".formatted(port.getName(), Port.class.getName()));
        }
        return new PortDescription(said.name(), present(said.chosenBy()), present(said.system()));
    }

    /**
     * Returns the property that distinguishes the adapters of a port.
     *
     * @return "" where a port has nothing to choose by
     * @throws IllegalArgumentException an adapter that does not say it
     */
    public String which(Map<String, ?> properties) {
        return chosenBy.map(property -> text(properties, property)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "An adapter is published without the service property " + property)))
                .orElse("");
    }

    /** The outside system that an adapter speaks with. */
    public String system(Map<String, ?> properties) {
        return text(properties, AdapterException.SYSTEM)
                .or(() -> system.flatMap(property -> text(properties, property)))
                .orElse(name);
    }

    private static Optional<String> text(Map<String, ?> properties, String property) {
        return properties.get(property) instanceof String value ? present(value) : Optional.empty();
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(Predicate.not(String::isBlank));
    }
}
