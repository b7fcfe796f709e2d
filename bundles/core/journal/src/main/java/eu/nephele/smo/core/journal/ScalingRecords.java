// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.ObservedScalingCalls.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ScalingRecords {

    private final DecisionIds ids;

    ScalingRecords(DecisionIds ids) {
        this.ids = ids;
    }

    /** All services of the graph in one record; one that changes nothing is compact and keeps no inputs. */
    DecisionRecord create(List<ScalingOutcome> outcomes, long generation, List<Slice> shown) {
        ScalingOutcome first = outcomes.get(0);
        String outcome = outcomeOf(outcomes);
        boolean compact = changesNothing(outcome);
        List<ObservedScalingCall> calls = new ArrayList<>();
        List<JsonObject> services = outcomes.stream()
                .map(each -> (compact ? brief(each) : full(each, shown, calls)).object())
                .toList();
        JsonFieldWriter details =
                new JsonFieldWriter().put("services", JsonFieldWriter.array(services, service -> service));
        return new DecisionRecord(
                ids.next(),
                DecisionKind.SCALING,
                first.target().graph(),
                generation,
                first.at(),
                "scaling_interval",
                new DecisionRecord.Strategy(
                        first.decidedBy().id(), first.decidedBy().version()),
                outcome,
                outcomes.stream().anyMatch(ScalingOutcome::fallback),
                first.duration(),
                calls.isEmpty() ? Optional.<Snapshot>empty() : Optional.of(ObservedScalingCall.together(calls)),
                compact
                        ? details.object()
                        : details.put("at", first.at().toString()).object());
    }

    /** Returns whether replicas stay as they are, and can. */
    static boolean changesNothing(String outcome) {
        return outcome.equals("unchanged") || outcome.equals("kept");
    }

    static String outcomeOf(List<ScalingOutcome> outcomes) {
        boolean scaled = outcomes.stream()
                .anyMatch(outcome -> outcome.answer() instanceof Replicas replicas
                        && replicas.replicas() != outcome.target().replicas());
        boolean infeasible =
                outcomes.stream().anyMatch(outcome -> outcome.answer() instanceof ScalingResult.Infeasible);
        boolean kept = outcomes.stream().allMatch(outcome -> outcome.answer() instanceof ScalingResult.Keep);
        return scaled ? "scaled" : infeasible ? "infeasible" : kept ? "kept" : "unchanged";
    }

    private static JsonFieldWriter brief(ScalingOutcome outcome) {
        JsonFieldWriter members = new JsonFieldWriter()
                .put("service", outcome.target().service())
                .put("cluster", outcome.target().cluster().toString())
                .put("from", outcome.target().replicas())
                .put(
                        "to",
                        outcome.answer() instanceof Replicas replicas
                                ? replicas.replicas()
                                : outcome.target().replicas())
                .put("reason", outcome.answer().reason());
        outcome.target().demandPerSecond().ifPresent(demand -> members.put("demandPerSecond", demand));
        return members;
    }

    private static JsonFieldWriter full(ScalingOutcome outcome, List<Slice> shown, List<ObservedScalingCall> calls) {
        JsonFieldWriter members = brief(outcome)
                .put("alpha", outcome.target().profile().alpha())
                .put("beta", outcome.target().profile().beta())
                .put("minReplicas", outcome.target().minReplicas())
                .put("maxReplicas", outcome.target().maxReplicas())
                .put("strategy", outcome.decidedBy().id())
                .put("strategyVersion", outcome.decidedBy().version())
                .put("fallback", outcome.fallback())
                .put("effective", JsonFieldWriter.array(outcome.effective(), DecisionRecordFactory::effective))
                .put("faults", DecisionRecordFactory.faults(outcome.faults()));
        for (Slice slice : shown) {
            Optional<Integer> position = slice.position(outcome.target());
            if (position.isPresent()) {
                Answer answered =
                        slice.shown().call().outcomes().get(position.get()).answer();
                return members.put("call", indexOf(slice.shown(), calls))
                        .put("position", position.get())
                        .put("answered", answer(answered));
            }
        }
        return members;
    }

    private static int indexOf(ObservedScalingCall call, List<ObservedScalingCall> calls) {
        if (!calls.contains(call)) {
            calls.add(call);
        }
        return calls.indexOf(call);
    }

    /** Writes the answer of the strategy; the engine may have limited it to the share of the whole graph. */
    static JsonObject answer(Answer answer) {
        JsonFieldWriter members = new JsonFieldWriter().put("reason", answer.reason());
        return answer instanceof Replicas replicas
                ? replicas(members, replicas)
                : members.put("kind", answer instanceof ScalingResult.Keep ? "keep" : "infeasible")
                        .object();
    }

    private static JsonObject replicas(JsonFieldWriter members, Replicas replicas) {
        members.put("kind", "replicas").put("replicas", replicas.replicas());
        replicas.unmet()
                .ifPresent(unmet -> members.put(
                        "unmet",
                        new JsonFieldWriter()
                                .put("needed", unmet.needed())
                                .put("reason", unmet.reason())
                                .object()));
        return members.object();
    }
}
