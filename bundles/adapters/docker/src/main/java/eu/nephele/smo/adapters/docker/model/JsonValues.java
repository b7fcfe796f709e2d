// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Optional;

/** JSON texts that labels carry. */
final class JsonValues {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonValues() {}

    /** Empty if it is no JSON object. */
    static Optional<JsonObject> object(String text) {
        try {
            return value(MAPPER.readTree(text)).asObject();
        } catch (JsonProcessingException unreadable) {
            // somebody else wrote the label
            return Optional.empty();
        }
    }

    private static JsonValue value(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
            return new JsonObject(members);
        }
        if (node.isArray()) {
            List<JsonValue> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item)));
            return new JsonArray(items);
        }
        if (node.isTextual()) {
            return new JsonString(node.textValue());
        }
        if (node.isNumber()) {
            return new JsonNumber(node.decimalValue());
        }
        return node.isBoolean() ? new JsonBoolean(node.booleanValue()) : new JsonNull();
    }
}
