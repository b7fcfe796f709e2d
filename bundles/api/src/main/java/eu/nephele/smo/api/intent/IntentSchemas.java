// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.intent;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds schemas of the values of intents, JSON Schema 2020-12. */
public final class IntentSchemas {

    private static final int MOST_ITEMS = 1000;
    private static final int MOST_CHARACTERS = 253;

    private IntentSchemas() {}

    /** An object with these members only, and such that begin with {@code x-}. */
    public static JsonObject closed(String description, Map<String, JsonObject> properties) {
        return typed("object", description)
                .with("properties", new JsonObject(new TreeMap<>(properties)))
                .with("patternProperties", new JsonObject(Map.of("^x-", new JsonBoolean(true))))
                .with("additionalProperties", new JsonBoolean(false));
    }

    public static JsonObject flag(String description) {
        return typed("boolean", description);
    }

    /** A text that is not empty. */
    public static JsonObject text(String description) {
        return typed("string", description).with("minLength", JsonNumber.of(1L)).with("maxLength", JsonNumber.of((long)
                MOST_CHARACTERS));
    }

    /** At least one text, none twice. */
    public static JsonObject texts(String description) {
        return list(description, text("one of them"))
                .with("minItems", JsonNumber.of(1L))
                .with("uniqueItems", new JsonBoolean(true));
    }

    public static JsonObject list(String description, JsonObject items) {
        return typed("array", description).with("items", items).with("maxItems", JsonNumber.of((long) MOST_ITEMS));
    }

    /** An object of texts with names of one's own, at least one. */
    public static JsonObject textsByName(String description) {
        return typed("object", description)
                .with("additionalProperties", typed("string", "its value"))
                .with("propertyNames", new JsonObject(Map.of("minLength", JsonNumber.of(1L))))
                .with("minProperties", JsonNumber.of(1L))
                .with("maxProperties", JsonNumber.of((long) MOST_ITEMS));
    }

    public static JsonObject oneOf(String description, List<String> values) {
        return typed("string", description).with("enum", JsonArray.ofStrings(values));
    }

    /** A number above 0. */
    public static JsonObject positive(String description) {
        return typed("number", description)
                .with("exclusiveMinimum", JsonNumber.of(0L))
                .with("maximum", JsonNumber.of(1e9));
    }

    public static JsonObject number(String description, long least, long most) {
        return typed("number", description)
                .with("minimum", JsonNumber.of(least))
                .with("maximum", JsonNumber.of(most));
    }

    private static JsonObject typed(String type, String description) {
        return JsonObject.EMPTY.with("type", new JsonString(type)).with("description", new JsonString(description));
    }
}
