// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** An API key that was just made, with its token. */
@ApiSchema("KeyWithToken")
public record SmoNewKey(String name, String principal, String prefix, String token) {

    /** Reads it from an answer of the server. */
    public static SmoNewKey from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoNewKey(
                fields.text("name"), fields.text("principal"), fields.text("prefix"), fields.text("token"));
    }

    @Override
    public String toString() {
        return "SmoNewKey[name=%s, principal=%s, prefix=%s, token=***]".formatted(name, principal, prefix);
    }
}
