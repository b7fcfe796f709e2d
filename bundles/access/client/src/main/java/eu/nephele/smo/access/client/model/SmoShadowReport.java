// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;

/** How a shadow compares with what decides. */
@ApiSchema("ShadowReport")
public record SmoShadowReport(
        SmoShadow shadow,
        long compared,
        long agreed,
        long onlyLive,
        long onlyShadow,
        long dropped,
        long faults,
        List<SmoComparedTerm> terms,
        long liveMoves,
        long shadowMoves) {

    public SmoShadowReport {
        terms = List.copyOf(terms);
    }

    /** Reads it from an answer of the server. */
    public static SmoShadowReport from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoShadowReport(
                fields.object("shadow", SmoShadow::from),
                fields.number("compared"),
                fields.number("agreed"),
                fields.number("onlyLive"),
                fields.number("onlyShadow"),
                fields.number("dropped"),
                fields.number("faults"),
                fields.list("terms", SmoComparedTerm::from),
                fields.number("liveMoves"),
                fields.number("shadowMoves"));
    }
}
