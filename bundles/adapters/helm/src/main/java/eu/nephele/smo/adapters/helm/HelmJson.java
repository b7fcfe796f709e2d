// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class HelmJson {

    private final ObjectMapper mapper = new ObjectMapper();

    /** @throws IOException if it is not JSON, or not an object */
    JsonObject object(String text) throws IOException {
        return value(mapper.readTree(text)).asObject().orElseThrow(() -> new IOException("A JSON object was expected"));
    }

    JsonParser parser(InputStream in) throws IOException {
        return mapper.createParser(in);
    }

    JsonValue value(JsonParser at) throws IOException {
        JsonNode tree = at.readValueAsTree();
        return value(tree);
    }

    private static JsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> new JsonString(node.textValue());
            case NUMBER -> new JsonNumber(node.decimalValue());
            case BOOLEAN -> new JsonBoolean(node.booleanValue());
            default -> new JsonNull();
        };
    }

    private static JsonObject object(JsonNode node) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return new JsonObject(members);
    }

    private static JsonArray array(JsonNode node) {
        List<JsonValue> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        return new JsonArray(items);
    }
}
