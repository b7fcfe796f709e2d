// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes JSON text (RFC 8259); reading is the business of the rooms that have a JSON library. */
final class JsonText {

    private JsonText() {}

    static String ofObject(Map<String, JsonValue> members, Function<JsonValue, String> text) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + text.apply(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String ofArray(List<JsonValue> items, Function<JsonValue, String> text) {
        return items.stream().map(text).collect(Collectors.joining(",", "[", "]"));
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> append(out, (char) c));
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ') {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
