// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON text (RFC 8259); reading is the business of the rooms that have a JSON library. */
final class JsonText {

    private static final int ENOUGH_FOR_MOST = 256;
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(ENOUGH_FOR_MOST);
    private final boolean canonical;

    private JsonText(boolean canonical) {
        this.canonical = canonical;
    }

    static String of(JsonValue value, boolean canonical) {
        JsonText text = new JsonText(canonical);
        text.append(value);
        return text.out.toString();
    }

    private void append(JsonValue value) {
        if (value instanceof JsonObject object) {
            append(canonical ? new TreeMap<>(object.members()) : object.members());
        } else if (value instanceof JsonArray array) {
            append(array.items());
        } else if (value instanceof JsonString string) {
            quote(string.value());
        } else {
            out.append(canonical ? value.canonical() : value.toJson());
        }
    }

    private void append(Map<String, JsonValue> members) {
        out.append('{');
        String before = "";
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            out.append(before);
            quote(member.getKey());
            out.append(':');
            append(member.getValue());
            before = ",";
        }
        out.append('}');
    }

    private void append(List<JsonValue> items) {
        out.append('[');
        String before = "";
        for (JsonValue item : items) {
            out.append(before);
            append(item);
            before = ",";
        }
        out.append(']');
    }

    private void quote(String text) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, done, i);
                escape(c);
                done = i + 1;
            }
        }
        out.append(text, done, text.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
    }
}
