// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strict JSON: duplicate members, trailing text and nesting beyond {@link #MAX_DEPTH} are refused; numbers stay exact.
 * Outside text is read by {@link #tree}, which has limits for names and numbers, too.
 */
public final class StrictJson {

    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 100;

    /** Longest name of a member that is read from outside, in characters. */
    public static final int MAX_NAME_CHARACTERS = 1_000;

    private static final StreamReadConstraints OURS =
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    private static final StreamReadConstraints OUTSIDE =
            OURS.rebuild().maxNameLength(MAX_NAME_CHARACTERS).build();
    /** Duplicate members are found where they are put together. */
    private static final JsonFactory OWN = JsonFactory.builder()
            .streamReadConstraints(OURS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectMapper BODIES = bodies();

    private StrictJson() {}

    private static ObjectMapper bodies() {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(OUTSIDE)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        // names of strangers would stay in a table of the process for a while
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .build();
    }

    /**
     * Reads what comes from outside.
     *
     * @throws NumberOutOfRangeException with the pointer to a number that is beyond {@link NumberLimits}
     * @throws JsonProcessingException with line and column when the text is not JSON
     */
    public static JsonNode tree(byte[] utf8) throws JsonProcessingException {
        try (JsonParser parser = new BoundedNumbers(BODIES.getFactory().createParser(utf8))) {
            JsonNode tree = BODIES.reader().readTree(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "text goes on after the end of the value");
            }
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks the text of each number before its value can be read. */
    private static final class BoundedNumbers extends JsonParserDelegate {

        BoundedNumbers(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = delegate.nextToken();
            if (token != null && token.isNumeric()) {
                Optional<String> refusal = NumberLimits.refusal(delegate.getText());
                if (refusal.isPresent()) {
                    throw new NumberOutOfRangeException(delegate, refusal.get());
                }
            }
            return token;
        }
    }

    /** Reads text that we wrote ourselves: at once into values, because every read of the database does. */
    public static JsonValue parse(String text) {
        try (JsonParser parser = OWN.createParser(text)) {
            if (parser.nextToken() == null) {
                return new JsonNull();
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "text goes on after the end of the value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value whose first token is the current one. */
    private static JsonValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT -> new JsonNumber(parser.getDecimalValue());
            case VALUE_NUMBER_FLOAT -> new JsonNumber(withoutTrailingZeros(parser.getDecimalValue()));
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> new JsonNull();
            default -> throw new JsonParseException(parser, "expected a value");
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        List<String> names = new ArrayList<>();
        List<JsonValue> values = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            names.add(name);
            values.add(value(parser));
        }
        try {
            return JsonObject.of(names, values);
        } catch (IllegalArgumentException duplicate) {
            throw new JsonParseException(parser, duplicate.getMessage(), duplicate);
        }
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        List<JsonValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new JsonArray(items);
    }

    /** Reads a number as {@link #tree} does. */
    private static BigDecimal withoutTrailingZeros(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
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
