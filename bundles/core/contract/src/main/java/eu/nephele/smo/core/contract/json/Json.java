// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Strict JSON: duplicate members, trailing text and nesting beyond {@link #MAX_DEPTH} are refused; numbers stay exact. */
public final class Json {

    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 100;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private Json() {}

    /**
     * @throws JsonProcessingException with line and column when the text is not JSON
     */
    public static JsonNode tree(byte[] utf8) throws JsonProcessingException {
        try {
            return MAPPER.readTree(utf8);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Reads text that we wrote ourselves. */
    public static JsonValue parse(String text) {
        try {
            return value(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads an object that we wrote ourselves. */
    public static JsonObject parseObject(String text) {
        return parse(text).asObject().orElseThrow(() -> new IllegalArgumentException("Expected a JSON object"));
    }

    public static JsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object((ObjectNode) node);
            case ARRAY -> {
                List<JsonValue> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(value(item)));
                yield new JsonArray(items);
            }
            case STRING -> new JsonString(node.textValue());
            case NUMBER -> new JsonNumber(node.decimalValue());
            case BOOLEAN -> new JsonBoolean(node.booleanValue());
            case NULL, MISSING -> new JsonNull();
            case BINARY, POJO -> throw new IllegalArgumentException("Not a JSON node: " + node.getNodeType());
        };
    }

    public static JsonObject object(ObjectNode node) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return new JsonObject(members);
    }

    public static JsonNode node(JsonValue value) {
        if (value instanceof JsonObject object) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            object.members().forEach((name, member) -> node.set(name, node(member)));
            return node;
        } else if (value instanceof JsonArray array) {
            ArrayNode node = JsonNodeFactory.instance.arrayNode();
            array.items().forEach(item -> node.add(node(item)));
            return node;
        } else if (value instanceof JsonString text) {
            return JsonNodeFactory.instance.textNode(text.value());
        } else if (value instanceof JsonNumber number) {
            return JsonNodeFactory.instance.numberNode(number.value());
        } else if (value instanceof JsonBoolean bool) {
            return JsonNodeFactory.instance.booleanNode(bool.value());
        }
        return JsonNodeFactory.instance.nullNode();
    }
}
