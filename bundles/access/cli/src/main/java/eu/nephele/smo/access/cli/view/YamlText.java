// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON as YAML, in blocks. Texts that another type could be read from are quoted as in JSON. */
public final class YamlText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9 _./@+-]*[A-Za-z0-9_/]|[A-Za-z]");
    private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");
    private static final String INDENT = "  ";

    private YamlText() {}

    public static String write(JsonNode document) {
        StringBuilder text = new StringBuilder();
        block(text, document, "");
        return text.toString().stripTrailing();
    }

    private static void block(StringBuilder text, JsonNode value, String indent) {
        if (value.isObject() && !value.isEmpty()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                text.append(indent).append(scalar(member.getKey())).append(':');
                nested(text, member.getValue(), indent);
            }
        } else if (value.isArray() && !value.isEmpty()) {
            for (JsonNode item : value) {
                StringBuilder inner = new StringBuilder();
                block(inner, item, indent + INDENT);
                text.append(indent).append("- ").append(inner.substring(Math.min(indent.length() + 2, leading(inner))));
            }
        } else {
            text.append(indent).append(leaf(value)).append('\n');
        }
    }

    private static int leading(CharSequence text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static void nested(StringBuilder text, JsonNode value, String indent) {
        if (value.isContainerNode() && !value.isEmpty()) {
            text.append('\n');
            block(text, value, value.isArray() ? indent : indent + INDENT);
        } else {
            text.append(' ').append(leaf(value)).append('\n');
        }
    }

    private static String leaf(JsonNode value) {
        return value.isTextual() ? scalar(value.asText()) : value.toString();
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        return plain
                ? text
                : com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }
}
