// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes flat JSON objects; the launcher uses no library, so that it starts quickly. */
final class FlatJson {

    private FlatJson() {}

    /** One object on one line; numbers and booleans stay as they are, everything else becomes a string. */
    static String object(Map<String, ?> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + value(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The text as escaped between the quotes of a JSON string. */
    static String escaped(String text) {
        StringBuilder json = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private static String value(Object value) {
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value.toString());
    }

    private static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }
}
