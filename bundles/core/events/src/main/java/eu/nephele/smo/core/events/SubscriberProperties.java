// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.event.EventSubscriber;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class SubscriberProperties {

    private SubscriberProperties() {}

    static Optional<String> name(Map<String, Object> properties) {
        return texts(properties.get(EventSubscriber.NAME)).findFirst();
    }

    static Set<String> types(Map<String, Object> properties) {
        return texts(properties.get(EventSubscriber.TYPES)).collect(Collectors.toUnmodifiableSet());
    }

    /** {@code String+}: one, an array or a collection, and several in one text with commas between. */
    private static Stream<String> texts(@org.jspecify.annotations.Nullable Object value) {
        Stream<?> values = value instanceof Object[] array
                ? Arrays.stream(array)
                : value instanceof Collection<?> collection ? collection.stream() : Stream.ofNullable(value);
        return values.flatMap(item -> Arrays.stream(item.toString().split(",", -1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
