// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A role of a subject. */
@ApiSchema("RoleGrant")
public record SmoGrant(
        String id,
        String subject,
        String role,
        String project,
        Optional<String> resource,
        List<String> verbs,
        Optional<Instant> until,
        String grantedBy,
        Instant grantedAt,
        boolean needsConsent,
        Optional<String> consentedBy) {

    public SmoGrant {
        verbs = List.copyOf(verbs);
    }

    /** Reads it from an answer of the server. */
    public static SmoGrant from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoGrant(
                fields.text("id"),
                fields.text("subject"),
                fields.text("role"),
                fields.text("project"),
                fields.textIfPresent("resource"),
                fields.texts("verbs"),
                fields.timeIfPresent("until"),
                fields.text("grantedBy"),
                fields.time("grantedAt"),
                fields.flag("needsConsent"),
                fields.textIfPresent("consentedBy"));
    }
}
