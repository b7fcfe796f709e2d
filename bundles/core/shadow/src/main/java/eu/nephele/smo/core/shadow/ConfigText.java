// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Properties in the typed format of configuration files ({@code .config}); all values as texts or lists of texts. */
final class ConfigText {

    private ConfigText() {}

    static String of(Map<String, Object> properties) {
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .map(entry -> "%s=%s%n".formatted(entry.getKey(), value(entry.getValue())))
                        .collect(Collectors.joining());
    }

    private static String value(Object value) {
        return value.getClass().isArray() || value instanceof Collection<?>
                ? texts(value).stream().map(ConfigText::quoted).collect(Collectors.joining(",", "[", "]"))
                : quoted(String.valueOf(value));
    }

    /** The items of an array or collection, or the value alone. */
    static List<String> texts(Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(String::valueOf).toList();
        }
        List<String> texts = new ArrayList<>();
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                texts.add(String.valueOf(Array.get(value, i)));
            }
        } else {
            texts.add(String.valueOf(value));
        }
        return texts;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\', '"', '=', ' ', '$' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
