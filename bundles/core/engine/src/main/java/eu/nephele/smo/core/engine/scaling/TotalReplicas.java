// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import java.util.ArrayList;
import java.util.List;

/** Keeps the sum of replicas of a graph within its bound: growing services give back, the largest growth first. */
final class TotalReplicas {

    private TotalReplicas() {}

    static List<ScalingOutcome> limited(DecidedGraph decided, List<ScalingOutcome> outcomes) {
        if (decided.constraints().maxReplicasOverall().isEmpty()) {
            return outcomes;
        }
        int most = decided.constraints().maxReplicasOverall().getAsInt();
        List<ScalingOutcome> limited = new ArrayList<>(outcomes);
        int total = decided.placement().shares().keySet().stream()
                .mapToInt(service -> decided.placement().replicasOf(service))
                .sum();
        for (ScalingOutcome outcome : outcomes) {
            total += growth(outcome);
        }
        while (total > most) {
            int largest = largestGrowth(limited);
            if (growth(limited.get(largest)) <= 0) {
                return limited;
            }
            limited.set(largest, oneLess(limited.get(largest), most));
            total--;
        }
        return limited;
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
        String note = "; the graph may have %d replicas in all".formatted(most);
        String reason = replicas.reason().endsWith(note) ? replicas.reason() : replicas.reason() + note;
        return new ScalingOutcome(
                outcome.target(),
                new Replicas(replicas.replicas() - 1, reason, replicas.unmet()),
                outcome.decidedBy(),
                outcome.fallback(),
                outcome.faults(),
                outcome.effective(),
                outcome.at(),
                outcome.duration());
    }
}
