// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ComparedDecision;
import java.util.Optional;

/** A comparison as it is kept. */
record StoredComparison(ComparedDecision comparison, double liveMillis, double shadowMillis) {

    private static final double NANOS_PER_MILLI = 1e6;

    static StoredComparison from(ShadowFinding finding) {
        return new StoredComparison(
                new ComparedDecision(
                        finding.at(),
                        finding.graph(),
                        finding.agreed(),
                        finding.live(),
                        finding.shadow(),
                        finding.fault()),
                finding.liveTime().toNanos() / NANOS_PER_MILLI,
                finding.shadowTime().toNanos() / NANOS_PER_MILLI);
    }

    /** @param sums of everything up to this comparison */
    JsonObject json(Optional<ShadowTotals> sums) {
        JsonFieldWriter fields = new JsonFieldWriter()
                .put("at", comparison.at().toString())
                .put("graph", comparison.graph())
                .put("agreed", comparison.agreed())
                .put("live", comparison.live())
                .put("liveMillis", liveMillis)
                .put("shadowMillis", shadowMillis)
                .put("shadow", comparison.shadow())
                .put("fault", comparison.fault());
        sums.ifPresent(totals -> fields.put("sums", totals.json()));
        return fields.object();
    }

    static StoredComparison from(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        return new StoredComparison(
                new ComparedDecision(
                        fields.instant("at"),
                        fields.text("graph"),
                        fields.flag("agreed"),
                        fields.text("live"),
                        fields.optionalText("shadow"),
                        fields.optionalText("fault")),
                fields.decimal("liveMillis"),
                fields.decimal("shadowMillis"));
    }
}
