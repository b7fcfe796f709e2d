// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The schemas of the contract as this version of the server has to keep them. To clients they are open: later versions may add members to
 * answers, and values to {@code x-extensible-enum}. What this version sends is in the contract, so that here no others are taken.
 */
final class ClosedSchemas {

    private static final String REFERENCE = "$ref";
    private static final String EXTENSIBLE = "x-extensible-enum";

    private final ObjectNode components;
    /** References to schemas that others add members to: closed where they are used, not in themselves. */
    private final Set<String> extended = new HashSet<>();

    /** @param components those of the document, which stay as they are */
    ClosedSchemas(JsonNode components) {
        this.components = components.deepCopy();
        this.components
                .findValues("allOf")
                .forEach(parts ->
                        parts.forEach(part -> extended.add(part.path(REFERENCE).asText())));
        JsonNode schemas = this.components.path("schemas");
        schemas.properties().forEach(schema -> {
            if (extended.contains("#/components/schemas/" + schema.getKey())) {
                members(schema.getValue());
            } else {
                site(schema.getValue());
            }
        });
    }

    ObjectNode components() {
        return components.deepCopy();
    }

    /** Closes a schema where it is used, and all below it, and returns it. */
    JsonNode site(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            members(object);
            if (object.has("allOf") || extended.contains(object.path(REFERENCE).asText())) {
                object.put("unevaluatedProperties", false);
            } else if (object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        }
        return schema;
    }

    private void members(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.has(EXTENSIBLE)) {
                object.set("enum", object.get(EXTENSIBLE));
            }
            object.path("properties").forEach(this::site);
            site(object.path("items"));
            site(object.path("additionalProperties"));
            for (String combined : List.of("oneOf", "anyOf")) {
                object.path(combined).forEach(this::site);
            }
            // what is added to another schema is closed together with it
            object.path("allOf").forEach(this::members);
        }
    }
}
