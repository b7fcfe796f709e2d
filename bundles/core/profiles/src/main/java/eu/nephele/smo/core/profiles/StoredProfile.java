// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.scaling.profiler.CapacityLine;
import eu.nephele.smo.scaling.profiler.FitQuality;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Coefficients as a document has them.
 *
 * @param json the part of the document
 */
record StoredProfile(JsonObject json) {

    /** Coefficients that differ by less are the same: each fit is a little different. */
    private static final double SAME = 0.05;

    private static final double ROUNDED = 1e6;

    /**
     * @param share of the moments at which the careful capacity is there
     * @param sequence higher than that of each profile of the artifact
     */
    static StoredProfile of(FittedProfile fit, double share, String origin, Instant at, long sequence) {
        JsonObject json = coefficients(fit.line())
                .with("careful", coefficients(fit.cautious(share)))
                .with("origin", new JsonString(origin))
                .with("at", new JsonString(at.toString()))
                .with("sequence", JsonNumber.of(sequence))
                .with("quality", quality(fit.quality()));
        return new StoredProfile(json);
    }

    private static JsonObject coefficients(CapacityLine line) {
        return JsonObject.EMPTY.with("alpha", rounded(line.alpha())).with("beta", rounded(line.beta()));
    }

    private static JsonObject quality(FitQuality quality) {
        return JsonObject.EMPTY
                .with("observations", JsonNumber.of(quality.used()))
                .with("minReplicas", JsonNumber.of(quality.minReplicas()))
                .with("maxReplicas", JsonNumber.of(quality.maxReplicas()))
                .with("spread", rounded(quality.spread()))
                .with("capacityError", rounded(quality.capacityError()))
                .with("explained", rounded(quality.explained()));
    }

    private static JsonNumber rounded(double value) {
        return JsonNumber.of(Math.round(value * ROUNDED) / ROUNDED);
    }

    /** The coefficients themselves. */
    CapacityLine line() {
        return line(json);
    }

    /** Coefficients for a scaler: the careful ones where there are some. */
    ServiceProfile forScaler() {
        CapacityLine line = new JsonFieldReader(json)
                .optionalObject("careful")
                .map(StoredProfile::line)
                .orElseGet(this::line);
        return new ServiceProfile(line.alpha(), line.beta());
    }

    String origin() {
        return new JsonFieldReader(json).optionalText("origin").orElse("stored");
    }

    /** Among the profiles of all versions of the artifact; 0 where it was written by hand. A clock may be set back, and it is no order. */
    long sequence() {
        return new JsonFieldReader(json)
                .optionalNumber("sequence")
                .map(BigDecimal::longValue)
                .orElse(0L);
    }

    private static CapacityLine line(JsonObject coefficients) {
        JsonFieldReader fields = new JsonFieldReader(coefficients);
        return new CapacityLine(number(fields, "alpha"), number(fields, "beta"));
    }

    private static double number(JsonFieldReader fields, String name) {
        return fields.optionalNumber(name).map(BigDecimal::doubleValue).orElse(0.0);
    }

    /** Whether a fit serves the same, within 5 %, with any number of replicas that it has seen. */
    boolean isNear(FittedProfile fit) {
        return isWithin(fit, SAME);
    }

    /** The same, as far as this one was certain: what a person has decided on is not asked again because the fit got better. */
    boolean isConsistentWith(FittedProfile fit) {
        return isWithin(
                fit,
                SAME
                        + quality()
                                .optionalNumber("capacityError")
                                .map(BigDecimal::doubleValue)
                                .orElse(0.0));
    }

    /** Where the fit has seen something: what this one says of other numbers of replicas is only its proportion, or better known to it. */
    private boolean isWithin(FittedProfile fit, double tolerance) {
        return isWithin(fit.line(), tolerance, fit.quality().minReplicas())
                && isWithin(fit.line(), tolerance, fit.quality().maxReplicas());
    }

    private boolean isWithin(CapacityLine other, double tolerance, int replicas) {
        return Math.abs(other.at(replicas) - line().at(replicas)) <= tolerance * line().at(replicas);
    }

    private JsonFieldReader quality() {
        return new JsonFieldReader(
                new JsonFieldReader(json).optionalObject("quality").orElse(JsonObject.EMPTY));
    }

    static Optional<StoredProfile> read(JsonObject document, String member) {
        return new JsonFieldReader(document).optionalObject(member).map(StoredProfile::new);
    }
}
