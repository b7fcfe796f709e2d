// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.DecisionObserver.ScalingCall;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.ScalingTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.shadow.ShadowFinding.AnsweredBy;
import eu.nephele.smo.core.shadow.ShadowFinding.ComparedAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Lets a shadow decide the replicas of a whole call, and compares those of the graphs that it follows. */
final class ScalingComparison {

    /** Decider of a comparison in which no strategy could decide. */
    private static final String NOBODY = "keep";

    private final DecisionTrials trials;
    private final StrategyVersions versions;
    private final long budgetMillis;

    ScalingComparison(DecisionTrials trials, StrategyVersions versions, long budgetMillis) {
        this.trials = trials;
        this.versions = versions;
        this.budgetMillis = budgetMillis;
    }

    List<ShadowFinding> compare(Shadow shadow, ScalingCall call) {
        Map<GraphId, List<Integer>> positions = positions(shadow, call);
        if (positions.isEmpty()) {
            return List.of();
        }
        ScalingTrial trial = versions.highest(shadow.kind(), shadow.selection())
                .map(ref -> trials.scale(call.request(), terms(ref, shadow, call)))
                .orElseGet(() -> StrategyVersions.noScalingTrial(shadow));
        List<ShadowFinding> findings = new ArrayList<>();
        positions.forEach((graph, of) -> findings.add(finding(graph, of, call, trial)));
        return findings;
    }

    private static Map<GraphId, List<Integer>> positions(Shadow shadow, ScalingCall call) {
        Map<GraphId, List<Integer>> positions = new TreeMap<>();
        List<ScalingTarget> targets = call.request().targets();
        for (int i = 0; i < targets.size(); i++) {
            GraphId graph = targets.get(i).graph();
            if (shadow.scope().includes(graph)) {
                positions.computeIfAbsent(graph, any -> new ArrayList<>()).add(i);
            }
        }
        return positions;
    }

    private TrialSettings terms(StrategyRef strategy, Shadow shadow, ScalingCall call) {
        return new TrialSettings(
                strategy,
                shadow.selection().parameters(),
                Map.of(),
                call.seed(),
                call.outcomes().get(0).at(),
                OptionalLong.empty(),
                budgetMillis);
    }

    private static ShadowFinding finding(GraphId graph, List<Integer> positions, ScalingCall call, ScalingTrial trial) {
        ScalingOutcome first = call.outcomes().get(positions.get(0));
        IntFunction<Answer> live = position -> call.outcomes().get(position).answer();
        boolean decidedLive = !first.decidedBy().id().equals(NOBODY);
        boolean decidedShadow = trial.result().isPresent();
        Optional<IntFunction<Answer>> shadow =
                trial.result().map(result -> position -> result.answers().get(position));
        AnsweredBy answeredBy =
                !decidedShadow ? AnsweredBy.ONLY_LIVE : decidedLive ? AnsweredBy.BOTH : AnsweredBy.ONLY_SHADOW;
        return new ShadowFinding(
                first.at(),
                graph.toString(),
                answeredBy,
                answeredBy == AnsweredBy.BOTH
                        && text(call, positions, live).equals(text(call, positions, shadow.get())),
                text(call, positions, live),
                shadow.map(answers -> text(call, positions, answers)),
                decidedShadow ? Optional.empty() : Optional.of(StrategyVersions.faults(trial.faults())),
                first.duration(),
                trial.duration(),
                answeredBy == AnsweredBy.BOTH
                        ? new ComparedAmounts(
                                List.of(),
                                0,
                                0,
                                replicas(call, positions, live),
                                replicas(call, positions, shadow.get()))
                        : ComparedAmounts.NONE);
    }

    private static long replicas(ScalingCall call, List<Integer> positions, IntFunction<Answer> answers) {
        return positions.stream()
                .mapToLong(position -> replicas(target(call, position), answers.apply(position)))
                .sum();
    }

    /** Without a number everything stays. */
    private static int replicas(ScalingTarget target, Answer answer) {
        return answer instanceof Replicas replicas ? replicas.replicas() : target.replicas();
    }

    /** For example {@code api 3, web 1 (infeasible)}. */
    private static String text(ScalingCall call, List<Integer> positions, IntFunction<Answer> answers) {
        return positions.stream()
                .map(position -> {
                    ScalingTarget target = target(call, position);
                    Answer answer = answers.apply(position);
                    return "%s %d%s"
                            .formatted(
                                    target.service(),
                                    replicas(target, answer),
                                    answer instanceof Infeasible ? " (infeasible)" : "");
                })
                .collect(Collectors.joining(", "));
    }

    private static ScalingTarget target(ScalingCall call, int position) {
        return call.request().targets().get(position);
    }
}
