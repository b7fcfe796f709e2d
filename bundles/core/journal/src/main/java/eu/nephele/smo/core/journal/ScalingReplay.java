// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.core.contract.decision.DecidedWith;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.ScalingTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.Terms;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.Verdict.Replayed;
import eu.nephele.smo.core.journal.Verdict.Skipped;
import eu.nephele.smo.core.journal.Verdict.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides replicas again: the whole call, of which the decision was a part. Remembers the last call, which the next graph is
 * likely to share. Not thread-safe.
 */
final class ScalingReplay {

    private final DecisionTrials trials;
    private Optional<Call> lastCall = Optional.empty();
    private Optional<ScalingTrial> lastTrial = Optional.empty();

    /**
     * @param digest of the inputs
     * @param index which of the calls in them
     */
    private record Call(String digest, int index, StrategyRef strategy, JsonObject parameters) {}

    ScalingReplay(DecisionTrials trials) {
        this.trials = trials;
    }

    Verdict replay(DecisionRecord decision, Optional<Instead> instead) {
        if (decision.inputs().isEmpty()) {
            return new Skipped(
                    decision.outcome().equals("unchanged") || decision.outcome().equals("kept")
                            ? "it changed nothing: only the answer is kept, not its inputs"
                            : "its inputs were not kept");
        }
        List<JsonObject> services = Members.objects(decision.details(), "services").stream()
                .filter(service -> service.get("call").isPresent())
                .toList();
        boolean undecided = services.stream()
                .anyMatch(service -> Members.text(service, "strategy").equals("keep"));
        if (services.isEmpty() || undecided) {
            return new Skipped("no strategy decided it");
        }
        return replayed(decision, decision.inputs().get(), services, instead);
    }

    private Verdict replayed(
            DecisionRecord decision, Snapshot inputs, List<JsonObject> services, Optional<Instead> instead) {
        List<String> recorded = new ArrayList<>();
        List<String> now = new ArrayList<>();
        long replicasThen = 0;
        long replicasNow = 0;
        boolean same = true;
        for (JsonObject service : services) {
            Call call = call(inputs, service, instead);
            ScalingTrial trial = trial(call, inputs, decision);
            if (trial.result().isEmpty()) {
                return Missing.skipped(call.strategy(), trial.faults())
                        .orElseGet(() -> new Replayed(false, "", PlacementReplay.faults(trial.faults()), List.of()));
            }
            Answer answer = trial.result().get().answers().get(index(service, "position"));
            JsonObject then = Members.object(service, "answered");
            JsonObject again = ScalingRecords.answer(answer);
            // Another strategy has words of its own for the same number.
            same &= instead.isPresent()
                    ? number(then).equals(number(again))
                    : canonical(then).equals(canonical(again));
            recorded.add(text(service, then));
            now.add(text(service, again));
            replicasThen += number(then).orElse((long) index(service, "from"));
            replicasNow += number(again).orElse((long) index(service, "from"));
        }
        return new Replayed(
                same,
                String.join(", ", recorded),
                String.join(", ", now),
                List.of(new Sum("replicas", "replicas", replicasThen, replicasNow)));
    }

    private static Call call(Snapshot inputs, JsonObject service, Optional<Instead> instead) {
        StrategyRef decided = new StrategyRef(
                StrategyRef.SCALING, Members.text(service, "strategy"), Members.text(service, "strategyVersion"));
        JsonObject parameters = DecidedWith.of(RecordedPlacement.effective(service), Members.flag(service, "fallback"))
                .parameters();
        return new Call(
                inputs.digest(),
                index(service, "call"),
                instead.map(Instead::strategy).orElse(decided),
                instead.map(other -> other.parametersAfter(decided, parameters)).orElse(parameters));
    }

    private ScalingTrial trial(Call call, Snapshot inputs, DecisionRecord decision) {
        if (lastCall.equals(Optional.of(call)) && lastTrial.isPresent()) {
            return lastTrial.get();
        }
        JsonObject json = Members.objects(inputs.content(), "calls").get(call.index());
        ScalingRequest request = ScalingSnapshots.request(json);
        ScalingTrial trial = trials.scale(
                request,
                new Terms(
                        call.strategy(),
                        call.parameters(),
                        Map.of(),
                        ScalingSnapshots.seed(json),
                        RecordedPlacement.instant(decision),
                        OptionalLong.empty(),
                        PlacementReplay.ORIGINAL_BUDGET_MILLIS,
                        true));
        lastCall = Optional.of(call);
        lastTrial = Optional.of(trial);
        return trial;
    }

    private static String canonical(JsonObject answer) {
        return answer.canonical();
    }

    private static Optional<Long> number(JsonObject answer) {
        return answer.get("replicas").flatMap(JsonValue::asNumber).map(number -> number.longValueExact());
    }

    private static String text(JsonObject service, JsonObject answer) {
        return "%s@%s %s"
                .formatted(
                        Members.text(service, "service"),
                        Members.text(service, "cluster"),
                        number(answer)
                                .map(String::valueOf)
                                .orElseGet(() ->
                                        Members.text(answer, "kind") + " (" + Members.text(answer, "reason") + ")"));
    }

    private static int index(JsonObject json, String name) {
        return Members.number(json, name).intValueExact();
    }
}
