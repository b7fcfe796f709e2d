// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ComparedDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A comparison as it is kept.
 *
 * @param liveMillis how long the live call took
 * @param shadowMillis how long the shadow's call took
 */
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
        JsonObject json = JsonObject.EMPTY
                .with("at", new JsonString(comparison.at().toString()))
                .with("graph", new JsonString(comparison.graph()))
                .with("agreed", new JsonBoolean(comparison.agreed()))
                .with("live", new JsonString(comparison.live()))
                .with("liveMillis", JsonNumber.of(liveMillis))
                .with("shadowMillis", JsonNumber.of(shadowMillis));
        json = with(json, "shadow", comparison.shadow().map(JsonString::new));
        json = with(json, "fault", comparison.fault().map(JsonString::new));
        return with(json, "sums", sums.map(ShadowTotals::json));
    }

    private static JsonObject with(JsonObject json, String name, Optional<? extends JsonValue> value) {
        return value.isPresent() ? json.with(name, value.get()) : json;
    }

    static StoredComparison from(JsonObject json) {
        return new StoredComparison(
                new ComparedDecision(
                        Instant.parse(text(json, "at").orElse(Instant.EPOCH.toString())),
                        text(json, "graph").orElse(""),
                        json.get("agreed").flatMap(JsonValue::asBoolean).orElse(false),
                        text(json, "live").orElse(""),
                        text(json, "shadow"),
                        text(json, "fault")),
                millis(json, "liveMillis"),
                millis(json, "shadowMillis"));
    }

    private static Optional<String> text(JsonObject json, String name) {
        return json.get(name).flatMap(JsonValue::asString);
    }

    private static double millis(JsonObject json, String name) {
        return json.get(name)
                .flatMap(JsonValue::asNumber)
                .map(BigDecimal::doubleValue)
                .orElse(0.0);
    }
}
