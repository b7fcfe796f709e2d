// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.engine.scaling.ScalingPlan.TotalBound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps the sum of replicas of a graph within its bound: growing services give back, the largest growth first. */
final class TotalReplicas {

    private TotalReplicas() {}

    /**
     * What is left of decisions.
     *
     * @param cut services that get fewer replicas than decided: nothing that another placement could change
     */
    record BoundedOutcomes(List<ScalingOutcome> outcomes, Set<String> cut) {}

    static BoundedOutcomes limited(Optional<TotalBound> bound, List<ScalingOutcome> outcomes) {
        if (bound.isEmpty()) {
            return new BoundedOutcomes(outcomes, Set.of());
        }
        int most = bound.get().most();
        int total = bound.get().present();
        for (ScalingOutcome outcome : outcomes) {
            total += growth(outcome);
        }
        List<ScalingOutcome> limited = new ArrayList<>(outcomes);
        Set<String> cut = new HashSet<>();
        while (total > most) {
            int largest = largestGrowth(limited);
            if (growth(limited.get(largest)) <= 0) {
                break;
            }
            limited.set(largest, oneLess(limited.get(largest), most));
            cut.add(limited.get(largest).target().service());
            total--;
        }
        return new BoundedOutcomes(limited, cut);
    }

    private static int largestGrowth(List<ScalingOutcome> outcomes) {
        int largest = 0;
        for (int i = 1; i < outcomes.size(); i++) {
            if (growth(outcomes.get(i)) > growth(outcomes.get(largest))) {
                largest = i;
            }
        }
        return largest;
    }

    private static int growth(ScalingOutcome outcome) {
        return outcome.answer() instanceof Replicas replicas
                ? replicas.replicas() - outcome.target().replicas()
                : 0;
    }

    private static ScalingOutcome oneLess(ScalingOutcome outcome, int most) {
        Replicas replicas = (Replicas) outcome.answer();
        String bound = "the graph may have %d replicas in all".formatted(most);
        String reason = replicas.reason().endsWith(bound) ? replicas.reason() : replicas.reason() + "; " + bound;
        Unmet unmet = replicas.unmet()
                .orElseGet(() ->
                        new Unmet(replicas.replicas(), "needs %d replicas, %s".formatted(replicas.replicas(), bound)));
        return new ScalingOutcome(
                outcome.target(),
                new Replicas(replicas.replicas() - 1, reason, Optional.of(unmet)),
                outcome.decidedBy(),
                outcome.fallback(),
                outcome.faults(),
                outcome.effective(),
                outcome.at(),
                outcome.duration());
    }
}
