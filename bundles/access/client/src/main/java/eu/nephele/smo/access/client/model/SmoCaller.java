// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param guardedChanges paths below which changes need credentials, also where nothing else does; {@code *} stands for one
 *     segment
 */
@ApiSchema("Caller")
public record SmoCaller(
        String principal,
        String address,
        Optional<String> credential,
        List<String> groups,
        List<String> roles,
        List<SmoGrant> grants,
        List<String> guardedChanges) {

    public SmoCaller {
        groups = List.copyOf(groups);
        roles = List.copyOf(roles);
        grants = List.copyOf(grants);
        guardedChanges = List.copyOf(guardedChanges);
    }

    /** Reads it from an answer of the server. */
    public static SmoCaller from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoCaller(
                fields.text("principal"),
                fields.text("address"),
                fields.textIfPresent("credential"),
                fields.texts("groups"),
                fields.texts("roles"),
                fields.list("grants", SmoGrant::from),
                fields.texts("guardedChanges"));
    }
}
