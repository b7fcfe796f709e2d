// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.BoundProof;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Verifies recorded placements: recomputes constraints, costs and bounds from the recorded inputs and the recorded proof, without the
 * strategy that decided.
 */
final class DecisionVerifier {

    /** Everything that is recorded is true. */
    static final String VERIFIED = "verified";

    /** All is true as far as it can be recomputed; the bound cannot. */
    static final String BOUND_BY_SEARCH = "bound by search, not verifiable";

    static final String REJECTED = "rejected";
    static final String NOT_TRIED = "not tried";

    private static final double PERCENT = 100;

    private final ObjectivePricing pricing;
    private final ObjectiveVersions objectives;

    DecisionVerifier(ObjectivePricing pricing, ObjectiveVersions objectives) {
        this.pricing = pricing;
        this.objectives = objectives;
    }

    /**
     * Returns the id of the decision, {@code verdict} (one of the constants), {@code flaws} and {@code text} for people, and as far as known
     * {@code valueMicros}, {@code lowerBoundMicros}, {@code verifiedBoundMicros}, {@code gapPercent}.
     *
     * @param record with all of its inputs
     */
    JsonObject verify(DecisionRecord record) {
        Optional<JsonObject> inputs = record.inputs().map(Snapshot::whole);
        if (record.kind() != DecisionRecord.DecisionKind.PLACEMENT || inputs.isEmpty()) {
            return notTried(record, "it is no placement, or its inputs were not kept");
        }
        try {
            RecordedPlacement recorded = RecordedPlacement.from(record);
            Optional<String> obstacle = objectives.obstacle(recorded.terms());
            if (recorded.placement().isEmpty() || obstacle.isPresent()) {
                return notTried(record, obstacle.orElse("it placed nothing"));
            }
            return verify(record, recorded, PlacementSnapshotJson.request(inputs.get()));
        } catch (IllegalArgumentException
                | NoSuchElementException
                | IndexOutOfBoundsException
                | ArithmeticException e) {
            return result(record, REJECTED, List.of("its record makes no sense: " + e.getMessage()), List.of())
                    .object();
        }
    }

    private JsonObject verify(DecisionRecord record, RecordedPlacement recorded, PlacementRequest request) {
        Placement placement = recorded.placement().orElseThrow();
        List<String> flaws = new ArrayList<>(Feasibility.violations(request, placement));
        if (!flaws.isEmpty() || request.services().isEmpty()) {
            return result(record, flaws.isEmpty() ? VERIFIED : REJECTED, flaws, List.of())
                    .object();
        }
        flaws.addAll(terms(request, recorded, placement));
        PlacementRequest priced = pricing.withCosts(request, recorded.weights());
        long value = new PlacementVerifier(priced, placement).value();
        JsonObject quality =
                new JsonFieldReader(record.details()).optionalObject("quality").orElse(JsonObject.EMPTY);
        JsonFieldReader fields = new JsonFieldReader(quality);
        OptionalLong claimed = number(fields, QualityJson.LOWER_BOUND);
        number(fields, QualityJson.VALUE).ifPresent(told -> require(flaws, told == value, "cost", told, value));
        boolean optimal = fields.optionalText(QualityJson.STOP)
                .equals(Optional.of(StopReason.PROVEN_OPTIMAL.name().toLowerCase(Locale.ROOT)));
        if (claimed.isEmpty()) {
            if (optimal) {
                flaws.add("proven optimal without a bound");
            }
            return result(record, flaws.isEmpty() ? VERIFIED : REJECTED, flaws, List.of())
                    .put(QualityJson.VALUE, value)
                    .object();
        }
        long bound = claimed.getAsLong();
        if (bound > value) {
            flaws.add("lower bound %d is above the cost %d".formatted(bound, value));
        }
        if (optimal && bound < value) {
            flaws.add("proven optimal, but the bound %d is below the cost %d".formatted(bound, value));
        }
        String by = fields.optionalText(QualityJson.BOUND_BY).orElse(QualityJson.BY_SEARCH);
        BoundProof proof = QualityJson.proof(quality);
        boolean search = by.equals(QualityJson.BY_SEARCH);
        boolean proven = new PlacementVerifier(priced, placement).proves(proof);
        if (!search && proof.boundMicros() < bound) {
            flaws.add("its proof is of the bound %d, not of %d".formatted(proof.boundMicros(), bound));
        }
        if (!proven && (!search || quality.get("proof").isPresent())) {
            flaws.add("the proof does not hold for the bound %d".formatted(proof.boundMicros()));
        }
        boolean known = proven && (!search || proof.boundMicros() >= bound);
        String verdict = known ? VERIFIED : BOUND_BY_SEARCH;
        long verified = proven ? proof.boundMicros() : 0;
        List<String> text = List.of(
                "Cost %d, lower bound %d (millionths of a cost unit).".formatted(value, bound),
                proven ? text(value, verified) : "What is recorded does not prove this bound.");
        return result(record, flaws.isEmpty() ? verdict : REJECTED, flaws, text)
                .put(QualityJson.VALUE, value)
                .put(QualityJson.LOWER_BOUND, bound)
                .put("verifiedBoundMicros", verified)
                .put("gapPercent", gapPercent(value, verified))
                .object();
    }

    private List<String> terms(PlacementRequest request, RecordedPlacement recorded, Placement placement) {
        Map<String, Double> now = new TreeMap<>();
        PlacementCost cost = new PlacementCost(request, placement);
        pricing.price(request, recorded.weights())
                .forEach(objective -> now.put(objective.objective(), cost.compute(objective)));
        List<String> flaws = new ArrayList<>();
        for (ObjectiveTerm term : recorded.terms()) {
            Double value = now.get(term.objective());
            if (value == null || Double.compare(value, term.value()) != 0) {
                flaws.add("objective %s is %s, recorded as %s".formatted(term.objective(), value, term.value()));
            }
        }
        return flaws;
    }

    private static void require(List<String> flaws, boolean holds, String what, long told, long value) {
        if (!holds) {
            flaws.add("%s is %d, recorded as %d".formatted(what, value, told));
        }
    }

    private static OptionalLong number(JsonFieldReader fields, String name) {
        return fields.optionalNumber(name)
                .map(number -> OptionalLong.of(number.longValueExact()))
                .orElse(OptionalLong.empty());
    }

    private static double gapPercent(long value, long bound) {
        return value == 0 ? 0 : PERCENT * (value - bound) / value;
    }

    private static String text(long value, long verified) {
        return verified >= value
                ? "No placement costs less: verified."
                : String.format(
                        Locale.ROOT,
                        "No placement costs less than %d, %.2f %% below: verified.",
                        verified,
                        gapPercent(value, verified));
    }

    private static JsonObject notTried(DecisionRecord record, String why) {
        return result(record, NOT_TRIED, List.of(), List.of(why)).object();
    }

    private static JsonFieldWriter result(
            DecisionRecord record, String verdict, List<String> flaws, List<String> text) {
        return new JsonFieldWriter()
                .put("decision", record.id())
                .put("verdict", verdict)
                .put("flaws", JsonArray.ofStrings(flaws))
                .put("text", JsonArray.ofStrings(text));
    }
}
