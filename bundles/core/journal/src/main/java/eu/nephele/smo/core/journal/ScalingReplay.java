// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.core.contract.decision.DecisionParameters;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.ScalingTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.ReplayResult.NotReplayed;
import eu.nephele.smo.core.journal.ReplayResult.ObjectiveComparison;
import eu.nephele.smo.core.journal.ReplayResult.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides replicas again: the whole call, of which the decision was a part. Remembers the last call, which the next
 * graph is likely to share. Not thread-safe.
 */
final class ScalingReplay {

    private final DecisionTrials trials;
    private Optional<ReplayedCall> lastCall = Optional.empty();
    private Optional<ScalingTrial> lastTrial = Optional.empty();

    /** @param index of the call in the inputs */
    private record ReplayedCall(String digest, int index, StrategyRef strategy, JsonObject parameters) {}

    ScalingReplay(DecisionTrials trials) {
        this.trials = trials;
    }

    ReplayResult replay(DecisionRecord decision, Optional<SubstituteStrategy> instead) {
        if (decision.inputs().isEmpty()) {
            return new NotReplayed(
                    decision.outcome().equals("unchanged") || decision.outcome().equals("kept")
                            ? "it changed nothing: only the answer is kept, not its inputs"
                            : "its inputs were not kept");
        }
        List<JsonObject> services = new JsonFieldReader(decision.details())
                .objects("services").stream()
                        .filter(service -> service.get("call").isPresent())
                        .toList();
        boolean undecided = services.stream()
                .anyMatch(
                        service -> new JsonFieldReader(service).text("strategy").equals("keep"));
        if (services.isEmpty() || undecided) {
            return new NotReplayed("no strategy decided it");
        }
        return replayed(decision, decision.inputs().get(), services, instead);
    }

    private ReplayResult replayed(
            DecisionRecord decision, Snapshot inputs, List<JsonObject> services, Optional<SubstituteStrategy> instead) {
        List<String> recorded = new ArrayList<>();
        List<String> now = new ArrayList<>();
        long replicasThen = 0;
        long replicasNow = 0;
        boolean same = true;
        for (JsonObject service : services) {
            ReplayedCall call = call(inputs, service, instead);
            ScalingTrial trial = trial(call, inputs, decision);
            if (trial.result().isEmpty()) {
                return MissingStrategyClassifier.skipped(call.strategy(), trial.faults())
                        .orElseGet(() -> new Replayed(false, "", PlacementReplay.faults(trial.faults()), List.of()));
            }
            Optional<ReplayResult> withoutBase = MissingStrategyClassifier.withoutBase(trial.faults());
            if (withoutBase.isPresent()) {
                return withoutBase.get();
            }
            Answer answer = trial.result().get().answers().get(index(service, "position"));
            JsonObject then = new JsonFieldReader(service).object("answered");
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
                List.of(new ObjectiveComparison("replicas", "replicas", replicasThen, replicasNow)));
    }

    private static ReplayedCall call(Snapshot inputs, JsonObject service, Optional<SubstituteStrategy> instead) {
        StrategyRef decided = new StrategyRef(
                StrategyRef.SCALING,
                new JsonFieldReader(service).text("strategy"),
                new JsonFieldReader(service).text("strategyVersion"));
        JsonObject parameters = DecisionParameters.of(
                        RecordedPlacement.effective(service), new JsonFieldReader(service).flag("fallback"))
                .parameters();
        return new ReplayedCall(
                inputs.digest(),
                index(service, "call"),
                instead.map(SubstituteStrategy::strategy).orElse(decided),
                instead.map(other -> other.parametersAfter(decided, parameters)).orElse(parameters));
    }

    private ScalingTrial trial(ReplayedCall call, Snapshot inputs, DecisionRecord decision) {
        if (lastCall.equals(Optional.of(call)) && lastTrial.isPresent()) {
            return lastTrial.get();
        }
        JsonObject json = new JsonFieldReader(inputs.content()).objects("calls").get(call.index());
        ScalingRequest request = ScalingSnapshots.request(json);
        ScalingTrial trial = trials.scale(
                request,
                new TrialSettings(
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
                        new JsonFieldReader(service).text("service"),
                        new JsonFieldReader(service).text("cluster"),
                        number(answer)
                                .map(String::valueOf)
                                .orElseGet(() -> new JsonFieldReader(answer).text("kind") + " ("
                                        + new JsonFieldReader(answer).text("reason") + ")"));
    }

    private static int index(JsonObject json, String name) {
        return new JsonFieldReader(json).integer(name);
    }
}
