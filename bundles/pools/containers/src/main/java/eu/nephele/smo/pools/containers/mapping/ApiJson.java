// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.mapping;

import com.fasterxml.jackson.databind.JsonNode;
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

/** JSON of the library as that of the api. */
public final class ApiJson {

    private ApiJson() {}

    /** The object; empty when it is none. */
    public static JsonObject object(JsonNode node) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return new JsonObject(members);
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

    private static JsonArray array(JsonNode node) {
        List<JsonValue> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        return new JsonArray(items);
    }
}
