// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.decision.DecisionParameters;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A placement decision as the journal has it.
 *
 * @param parameters its parameters, with defaults
 * @param weights of the objectives that counted
 * @param placement the answer; empty when it was infeasible
 * @param reasons why it was infeasible, by service and cluster
 * @param workUnits work of the strategy, as it counted itself
 */
record RecordedPlacement(
        StrategyRef strategy,
        JsonObject parameters,
        Map<String, ObjectiveWeight> weights,
        long seed,
        Instant at,
        OptionalLong workUnits,
        Optional<Placement> placement,
        Map<String, Map<String, String>> reasons,
        List<ObjectiveTerm> terms) {

    static RecordedPlacement from(DecisionRecord decision) {
        JsonObject details = decision.details();
        DecisionParameters with = DecisionParameters.of(effective(details), decision.fallback());
        Optional<Placement> placement =
                details.get("placement").flatMap(JsonValue::asObject).map(PlacementJson::placement);
        List<ObjectiveTerm> terms = new JsonFieldReader(details)
                .objects("terms").stream().map(RecordedPlacement::term).toList();
        return new RecordedPlacement(
                new StrategyRef(
                        StrategyRef.PLACEMENT,
                        decision.strategy().id(),
                        decision.strategy().version()),
                with.parameters(),
                placement.isPresent() ? weights(terms) : withoutFaulty(with.weights(), details),
                new JsonFieldReader(details).number("seed"),
                instant(decision),
                workUnits(details),
                placement,
                details.get("reasons")
                        .flatMap(JsonValue::asObject)
                        .map(PlacementJson::reasons)
                        .orElse(Map.of()),
                terms);
    }

    static List<EffectiveValue> effective(JsonObject json) {
        return new JsonFieldReader(json)
                .objects("effective").stream()
                        .map(value -> new EffectiveValue(
                                new JsonFieldReader(value).text("name"),
                                value.get("value").orElseGet(JsonValue.JsonNull::new),
                                new JsonFieldReader(value).text("source")))
                        .toList();
    }

    /** To the nanosecond, if it was written so: the column of the store rounds. */
    static Instant instant(DecisionRecord decision) {
        return new JsonFieldReader(decision.details())
                .optionalText("at")
                .map(Instant::parse)
                .orElse(decision.at());
    }

    private static ObjectiveTerm term(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        return new ObjectiveTerm(
                fields.text("objective"),
                fields.text("unit"),
                weight(fields),
                fields.decimal("value"),
                fields.optionalText("version").orElse(""),
                fields.optionalDecimal("range"));
    }

    /** Of a recorded term. One with a range was normalised. */
    static ObjectiveWeight weight(JsonFieldReader term) {
        return new ObjectiveWeight(
                term.decimal("weight"),
                term.integer("level"),
                term.optional("range").isPresent());
    }

    private static Map<String, ObjectiveWeight> weights(List<ObjectiveTerm> terms) {
        Map<String, ObjectiveWeight> weights = new TreeMap<>();
        terms.forEach(term -> weights.put(term.objective(), term.weight()));
        return weights;
    }

    /** An objective that failed was left out of the decision. */
    private static Map<String, ObjectiveWeight> withoutFaulty(Map<String, ObjectiveWeight> wished, JsonObject details) {
        Map<String, ObjectiveWeight> weights = new TreeMap<>(wished);
        new JsonFieldReader(details).objects("faults").forEach(fault -> weights.keySet()
                .removeIf(objective -> new JsonFieldReader(fault).text("who").contains(objective)));
        return weights;
    }

    private static OptionalLong workUnits(JsonObject details) {
        return new JsonFieldReader(details)
                .optionalFields("quality")
                .flatMap(quality -> quality.optionalNumber("workUnits"))
                .map(units -> OptionalLong.of(units.longValueExact()))
                .orElse(OptionalLong.empty());
    }
}
