// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of JSONPath that kubectl's users know: {@code {.items[*].name}}, {@code {.services[0].shares}}, with text around the braces and
 * {@code \\n} and {@code \\t} in it. Several values are separated by blanks.
 */
final class JsonPathTemplate {

    private static final Pattern PART = Pattern.compile("\\.?([A-Za-z0-9_-]+)|\\[(\\*|\\d+|'[^']*')]");
    private static final Pattern BRACES = Pattern.compile("\\{([^}]*)}");

    private final String template;

    /** @throws IllegalArgumentException when it cannot be read */
    JsonPathTemplate(String template) {
        this.template = template.contains("{") ? template : "{" + template + "}";
        BRACES.matcher(this.template).results().forEach(found -> parts(found.group(1)));
    }

    String apply(JsonNode document) {
        Matcher braces = BRACES.matcher(template);
        return braces.replaceAll(found -> Matcher.quoteReplacement(values(document, found.group(1))))
                .replace("\\n", "\n")
                .replace("\\t", "\t");
    }

    private static String values(JsonNode document, String expression) {
        List<JsonNode> values = List.of(document);
        for (String part : parts(expression)) {
            values =
                    values.stream().flatMap(value -> step(value, part).stream()).toList();
        }
        return values.stream()
                .map(value -> value.isValueNode() ? value.asText() : value.toString())
                .collect(Collectors.joining(" "));
    }

    private static List<JsonNode> step(JsonNode value, String part) {
        List<JsonNode> next = new ArrayList<>();
        if (part.equals("*")) {
            value.forEach(next::add);
        } else {
            JsonNode member =
                    value.isArray() && part.matches("\\d+") ? value.path(Integer.parseInt(part)) : value.path(part);
            if (!member.isMissingNode()) {
                next.add(member);
            }
        }
        return next;
    }

    private static List<String> parts(String expression) {
        String path = expression.strip();
        path = path.startsWith("$") ? path.substring(1) : path;
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(path);
        int end = 0;
        while (part.find() && part.start() == end) {
            String name = part.group(1);
            String index = name == null ? part.group(2) : name;
            parts.add(index.startsWith("'") ? index.substring(1, index.length() - 1) : index);
            end = part.end();
        }
        if (end != path.length() && !path.equals(".")) {
            throw new IllegalArgumentException(
                    "jsonpath: '%s' cannot be read at '%s'; expected {.name}, {.items[0]}, {.items[*].name}"
                            .formatted(expression, path.substring(end)));
        }
        return parts;
    }
}
