// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;

/** A kind of resources. */
@ApiSchema("ResourceKind")
public record SmoKind(
        String name,
        String scope,
        int documentVersion,
        List<String> fields,
        JsonNode schema,
        String href,
        boolean ownPath) {

    public SmoKind {
        fields = List.copyOf(fields);
    }

    /** Reads it from an answer of the server. */
    public static SmoKind from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoKind(
                fields.text("name"),
                fields.text("scope"),
                fields.count("documentVersion"),
                fields.texts("fields"),
                fields.document("schema"),
                fields.text("href"),
                fields.flag("ownPath"));
    }
}
