// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A column of a list.
 *
 * @param pointer JSON pointer of its value in an item
 * @param style how it is shown; "" as it is
 */
public record KindColumn(String heading, String pointer, String style) {

    private static final double MILLIS_PER_CORE = 1000;
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final String NONE = "-";

    /** {@code HEADING=/pointer|style}. */
    public static KindColumn from(String text) {
        int equals = text.indexOf('=');
        int bar = text.indexOf('|', equals);
        return new KindColumn(
                text.substring(0, equals).replace('-', ' ').toLowerCase(Locale.ROOT),
                text.substring(equals + 1, bar < 0 ? text.length() : bar),
                bar < 0 ? "" : text.substring(bar + 1));
    }

    public String cell(JsonNode item) {
        JsonNode value = item.at(pointer);
        if (value.isMissingNode() || value.isNull()) {
            return NONE;
        }
        return switch (style) {
            case "cores" -> number(value.asDouble() / MILLIS_PER_CORE);
            case "gib" -> number(value.asDouble() / BYTES_PER_GIB);
            case "lower" -> value.asText().toLowerCase(Locale.ROOT).replace('_', ' ');
            case "time" -> value.asText().replaceFirst("\\.\\d+Z$", "Z");
            case "count" -> String.valueOf(value.size());
            case "list" -> value.isEmpty() ? NONE : texts(value).stream().collect(Collectors.joining(","));
            case "shares" -> shares(value);
            case "target" -> target(value);
            case "places" -> places(value);
            case "decimal" -> number(value.asDouble());
            default -> value.isContainerNode() ? value.toString() : value.asText();
        };
    }

    private static String target(JsonNode target) {
        String project = target.path("project").asText();
        return target.path("kind").asText() + "/" + (project.isEmpty() ? "" : project + "/")
                + target.path("name").asText();
    }

    private static String shares(JsonNode shares) {
        List<String> places = new ArrayList<>();
        shares.forEach(share -> places.add(share.path("cluster").asText()
                + (shares.size() > 1 ? ":" + share.path("replicas").asText() : "")));
        return places.isEmpty() ? NONE : String.join(" ", places);
    }

    /** Of services by name. */
    private static String places(JsonNode services) {
        List<String> places = new ArrayList<>();
        services.properties()
                .forEach(service -> places.add(
                        service.getKey() + "@" + shares(service.getValue().path("shares"))));
        return places.isEmpty() ? NONE : String.join(", ", places);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
