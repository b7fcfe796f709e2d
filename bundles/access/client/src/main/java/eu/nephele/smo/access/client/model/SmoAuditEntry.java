// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;

/** An entry of the audit. */
@ApiSchema("AuditEntry")
public record SmoAuditEntry(
        long sequence,
        String id,
        Instant at,
        String actor,
        String address,
        String action,
        String target,
        String outcome,
        String correlationId,
        String before,
        String after,
        String detail) {

    /** Reads it from an answer of the server. */
    public static SmoAuditEntry from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoAuditEntry(
                fields.number("sequence"),
                fields.text("id"),
                fields.time("at"),
                fields.text("actor"),
                fields.text("address"),
                fields.text("action"),
                fields.text("target"),
                fields.text("outcome"),
                fields.text("correlationId"),
                fields.text("before"),
                fields.text("after"),
                fields.text("detail"));
    }
}
