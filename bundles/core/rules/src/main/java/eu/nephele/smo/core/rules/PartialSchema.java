// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rules;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The schema of some members of a value: what a value has to have beside them is left out. */
final class PartialSchema {

    private static final Set<String> ABOUT_THE_REST = Set.of("required", "minProperties", "const", "enum");

    private PartialSchema() {}

    /** @param schema of the keywords that rule files may use */
    static JsonObject ofPart(JsonObject schema) {
        boolean ofObjects = mayBeObject(schema);
        Map<String, JsonValue> partial = new LinkedHashMap<>();
        schema.members().forEach((keyword, value) -> {
            switch (keyword) {
                case "properties" -> partial.put(keyword, each(value));
                // a part may satisfy several
                case "anyOf", "oneOf" -> partial.put("anyOf", all(value));
                default -> {
                    if (!ofObjects || !ABOUT_THE_REST.contains(keyword)) {
                        partial.put(keyword, value);
                    }
                }
            }
        });
        return new JsonObject(partial);
    }

    /** Whether its values that are named are objects, or its type says so. */
    private static boolean mayBeObject(JsonObject schema) {
        return schema.get("properties").isPresent()
                || schema.get("required").isPresent()
                || schema.get("type").filter(PartialSchema::saysObject).isPresent()
                || schema.get("const").flatMap(JsonValue::asObject).isPresent()
                || schema.get("enum").flatMap(JsonValue::asArray).orElse(List.of()).stream()
                        .anyMatch(each -> each.asObject().isPresent());
    }

    private static boolean saysObject(JsonValue type) {
        return type.asString().filter("object"::equals).isPresent()
                || type.asArray().stream().flatMap(types -> types.stream()).anyMatch(each -> each.asString()
                        .filter("object"::equals)
                        .isPresent());
    }

    private static JsonValue each(JsonValue properties) {
        JsonObject partial = JsonObject.EMPTY;
        for (Map.Entry<String, JsonValue> property :
                properties.asObject().orElse(JsonObject.EMPTY).members().entrySet()) {
            partial = partial.with(property.getKey(), partial(property.getValue()));
        }
        return partial;
    }

    private static JsonValue all(JsonValue schemas) {
        return new JsonArray(schemas.asArray().orElseThrow().stream()
                .map(PartialSchema::partial)
                .toList());
    }

    private static JsonValue partial(JsonValue schema) {
        return schema.asObject().<JsonValue>map(PartialSchema::ofPart).orElse(schema);
    }
}
