// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.trace.LogFields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.MDC;

final class DecisionRecordFactory {

    private final DecisionIds ids;
    private final PlacementInputs inputs = new PlacementInputs();
    private final ObjectiveVersions objectives;

    DecisionRecordFactory(DecisionIds ids, ObjectiveVersions objectives) {
        this.ids = ids;
        this.objectives = objectives;
    }

    static String word(DecisionReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    DecisionRecord create(PlacementOutcome outcome, long generation) {
        return new DecisionRecord(
                ids.next(),
                DecisionKind.PLACEMENT,
                outcome.request().graph(),
                generation,
                outcome.at(),
                word(outcome.request().reason()),
                new DecisionRecord.Strategy(
                        outcome.decidedBy().id(), outcome.decidedBy().version()),
                outcome.result() instanceof Placed ? "placed" : "infeasible",
                outcome.fallback(),
                outcome.duration(),
                Optional.of(inputs.create(outcome.request())),
                details(outcome));
    }

    private JsonObject details(PlacementOutcome outcome) {
        JsonFieldWriter members = new JsonFieldWriter()
                .put("seed", outcome.seed())
                .put("at", outcome.at().toString())
                .put("effective", JsonFieldWriter.array(outcome.effective(), DecisionRecordFactory::effective))
                .put("faults", faults(outcome.faults()))
                .put("terms", JsonFieldWriter.array(outcome.terms(), this::term));
        if (outcome.result() instanceof Placed placed) {
            members.put("placement", PlacementJson.json(placed.placement()))
                    .put(
                            "quality",
                            QualityJson.write(
                                    placed.quality(),
                                    new FirstLevelCost(outcome.request(), placed.placement()).micros()));
            if (!placed.rejected().isEmpty()) {
                members.put("rejected", PlacementJson.reasons(placed.rejected()));
            }
        } else if (outcome.result() instanceof Infeasible infeasible) {
            members.put("reasons", PlacementJson.reasons(infeasible.reasons()));
            infeasible.counterfactual().ifPresent(text -> members.put("counterfactual", text));
        }
        return members.put("traceId", Optional.ofNullable(MDC.get(LogFields.TRACE_ID)))
                .put("spanId", Optional.ofNullable(MDC.get(LogFields.SPAN_ID)))
                .object();
    }

    static JsonArray faults(List<StrategyFault> faults) {
        return JsonFieldWriter.array(faults, fault -> new JsonFieldWriter()
                .put("who", fault.who())
                .put("what", fault.what())
                .put("message", fault.message())
                .object());
    }

    static JsonObject effective(EffectiveValue value) {
        return new JsonFieldWriter()
                .put("name", value.name())
                .put("value", value.value())
                .put("source", value.source())
                .object();
    }

    private JsonObject term(ObjectiveTerm term) {
        return new JsonFieldWriter()
                .put("objective", term.objective())
                .put("unit", term.unit())
                .put("weight", term.weight().weight())
                .put("level", term.weight().level())
                .put("value", term.value())
                .put("version", objectives.find(term))
                .put("range", term.range())
                .object();
    }
}
