// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.Map;
import java.util.TreeMap;

final class LocationSchemas {

    private LocationSchemas() {}

    static JsonObject typed(String type, String description) {
        return JsonObject.EMPTY.with("type", new JsonString(type)).with("description", new JsonString(description));
    }

    /** A list of different texts, none empty. */
    static JsonObject texts(String description) {
        return typed("array", description).with("items", nonEmpty()).with("uniqueItems", new JsonBoolean(true));
    }

    static JsonObject textByName(String description) {
        return typed("object", description)
                .with("additionalProperties", new JsonObject(Map.of("type", new JsonString("string"))))
                .with("propertyNames", new JsonObject(Map.of("minLength", number(1))));
    }

    static JsonObject closed(Map<String, JsonObject> properties) {
        return new JsonObject(Map.of("type", new JsonString("object")))
                .with("properties", new JsonObject(new TreeMap<>(properties)))
                .with("patternProperties", new JsonObject(Map.of("^x-", new JsonBoolean(true))))
                .with("additionalProperties", new JsonBoolean(false));
    }

    static JsonNumber number(long value) {
        return JsonNumber.of(value);
    }

    private static JsonObject nonEmpty() {
        return new JsonObject(Map.of("type", new JsonString("string"))).with("minLength", number(1));
    }
}
