// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Members of an object of an answer. A required member that is missing is an {@link UnexpectedAnswerException}. */
public record JsonFields(JsonNode node) {

    public String text(String name) {
        return textIfPresent(name).orElseThrow(() -> missing(name));
    }

    public Optional<String> textIfPresent(String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    public Instant time(String name) {
        return timeIfPresent(name).orElseThrow(() -> missing(name));
    }

    public Optional<Instant> timeIfPresent(String name) {
        return textIfPresent(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException noTime) {
                throw new UnexpectedAnswerException(
                        "The answer has '%s' as %s, expected a time in UTC".formatted(text, name), noTime);
            }
        });
    }

    public long number(String name) {
        return numberIfPresent(name).orElseThrow(() -> missing(name));
    }

    public Optional<Long> numberIfPresent(String name) {
        return numeric(name).map(JsonNode::asLong);
    }

    public int count(String name) {
        return countIfPresent(name).orElseThrow(() -> missing(name));
    }

    public Optional<Integer> countIfPresent(String name) {
        return numeric(name).map(JsonNode::asInt);
    }

    public double decimal(String name) {
        return decimalIfPresent(name).orElseThrow(() -> missing(name));
    }

    public Optional<Double> decimalIfPresent(String name) {
        return numeric(name).map(JsonNode::asDouble);
    }

    /** A missing one is false. */
    public boolean flag(String name) {
        return node.path(name).asBoolean(false);
    }

    /** Any JSON; a missing node when there is none. */
    public JsonNode document(String name) {
        return node.path(name);
    }

    public List<String> texts(String name) {
        return list(name, JsonNode::asText);
    }

    public <T> List<T> list(String name, Function<JsonNode, T> reader) {
        return items(node.path(name), reader);
    }

    public <T> Map<String, T> map(String name, Function<JsonNode, T> reader) {
        return entries(node.path(name), reader);
    }

    public <T> T object(String name, Function<JsonNode, T> reader) {
        return objectIfPresent(name, reader).orElseThrow(() -> missing(name));
    }

    public <T> Optional<T> objectIfPresent(String name, Function<JsonNode, T> reader) {
        JsonNode value = node.path(name);
        return value.isObject() ? Optional.of(reader.apply(value)) : Optional.empty();
    }

    /** Members of an object by name, none of anything else. */
    public static <T> Map<String, T> entries(JsonNode object, Function<JsonNode, T> reader) {
        Map<String, T> entries = new LinkedHashMap<>();
        object.properties().forEach(entry -> entries.put(entry.getKey(), reader.apply(entry.getValue())));
        return entries;
    }

    /** Elements of an array, none of anything else. */
    public static <T> List<T> items(JsonNode array, Function<JsonNode, T> reader) {
        List<T> items = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(item -> items.add(reader.apply(item)));
        }
        return items;
    }

    private Optional<JsonNode> numeric(String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isNumber);
    }

    private UnexpectedAnswerException missing(String name) {
        return new UnexpectedAnswerException(
                "The answer of the server has no '%s'; is the server older than this client?".formatted(name));
    }
}
