// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.reading;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.simulator.ScenarioException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The members of one object of a scenario, read by name. A member that was read is known; a member that was never read
 * is rejected, so that a misspelt key is not silently without effect.
 */
final class ScenarioFields {

    private final JsonNode object;
    private final String place;
    private final TreeSet<String> known = new TreeSet<>();

    private ScenarioFields(JsonNode object, String place) {
        this.object = object;
        this.place = place;
    }

    /** @throws ScenarioException when it is not an object, has an unknown member, or a value is not valid */
    static <T> T read(JsonNode node, String place, Function<ScenarioFields, T> reader) {
        if (!node.isObject()) {
            throw new ScenarioException(
                    "%s: expected an object, got %s".formatted(place, node.isMissingNode() ? "nothing" : node));
        }
        ScenarioFields fields = new ScenarioFields(node, place);
        T result = fields.sensible(() -> reader.apply(fields));
        fields.refuseUnknown();
        return result;
    }

    String place() {
        return place;
    }

    boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    String text(String name) {
        return require(name, optionalText(name));
    }

    Optional<String> optionalText(String name) {
        return member(name).map(node -> {
            if (!node.isTextual()) {
                throw wrong(name, "a text", node);
            }
            return node.textValue();
        });
    }

    double number(String name) {
        return require(name, optionalNumber(name));
    }

    Optional<Double> optionalNumber(String name) {
        return member(name).map(node -> toNumber(node, place + "." + name));
    }

    int whole(String name) {
        JsonNode node = required(name);
        if (!node.isInt()) {
            throw wrong(name, "a whole number", node);
        }
        return node.intValue();
    }

    Optional<Boolean> optionalFlag(String name) {
        return member(name).map(node -> {
            if (!node.isBoolean()) {
                throw wrong(name, "true or false", node);
            }
            return node.booleanValue();
        });
    }

    <T> T object(String name, Function<ScenarioFields, T> reader) {
        return require(name, optionalObject(name, reader));
    }

    <T> Optional<T> optionalObject(String name, Function<ScenarioFields, T> reader) {
        return member(name).map(node -> read(node, place + "." + name, reader));
    }

    /** The items of a list; none when the list is missing. */
    <T> List<T> items(String name, BiFunction<JsonNode, String, T> reader) {
        List<T> items = new ArrayList<>();
        member(name).ifPresent(node -> {
            if (!node.isArray()) {
                throw wrong(name, "a list", node);
            }
            for (int i = 0; i < node.size(); i++) {
                items.add(reader.apply(node.get(i), "%s.%s[%d]".formatted(place, name, i)));
            }
        });
        return items;
    }

    /** An object whose member names are data; empty when it is missing. */
    <T> Map<String, T> entries(String name, BiFunction<JsonNode, String, T> reader) {
        Map<String, T> entries = new LinkedHashMap<>();
        member(name).ifPresent(node -> {
            if (!node.isObject()) {
                throw wrong(name, "an object", node);
            }
            node.properties()
                    .forEach(entry -> entries.put(
                            entry.getKey(),
                            reader.apply(entry.getValue(), "%s.%s.%s".formatted(place, name, entry.getKey()))));
        });
        return entries;
    }

    /** The value of a member, unread. */
    Optional<JsonNode> member(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name));
    }

    /** The value of a required member, unread. */
    JsonNode required(String name) {
        return require(name, member(name));
    }

    static double toNumber(JsonNode node, String place) {
        if (!node.isNumber()) {
            throw new ScenarioException("%s: expected a number, got %s".formatted(place, node));
        }
        return node.doubleValue();
    }

    static String toText(JsonNode node, String place) {
        if (!node.isTextual()) {
            throw new ScenarioException("%s: expected a text, got %s".formatted(place, node));
        }
        return node.textValue();
    }

    ScenarioException wrong(String name, String expected, JsonNode got) {
        return new ScenarioException("%s.%s: expected %s, got %s".formatted(place, name, expected, got));
    }

    private <T> T require(String name, Optional<T> value) {
        return value.orElseThrow(() -> new ScenarioException("%s: '%s' is missing".formatted(place, name)));
    }

    /** The model rejects values in its own words; the place is known only here. */
    private <T> T sensible(Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException e) {
            throw new ScenarioException(place + ": " + e.getMessage(), e);
        }
    }

    private void refuseUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new ScenarioException("%s: unknown key '%s', expected one of %s".formatted(place, name, known));
            }
        });
    }
}
