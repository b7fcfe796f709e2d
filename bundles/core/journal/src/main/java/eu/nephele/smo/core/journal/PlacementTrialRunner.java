// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.DecisionTrials.VariantTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.VariantTrials;
import eu.nephele.smo.core.journal.AlternativeClusters.Alternative;
import eu.nephele.smo.core.journal.PlacedAnew.AlternativePlan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Lets the strategy that decided place a graph anew, with one service on each of the clusters that it did not take. All clusters share a
 * fixed time; those that are left when it is over, or while live decisions wait, are not looked at.
 */
final class PlacementTrialRunner {

    static final long BUDGET_MILLIS = 500;

    private final Optional<DecisionTrials> trials;

    /** @param trials empty where there are none: then nothing is placed anew */
    PlacementTrialRunner(Optional<DecisionTrials> trials) {
        this.trials = trials;
    }

    /** @return by cluster; those that are missing were not looked at */
    Map<ClusterId, PlacedAnew> run(DecidedPlacement decided, List<Alternative> rejected) {
        List<ClusterId> likely = rejected.stream()
                .filter(alternative -> isPossibleAlone(decided, alternative.cluster()))
                .sorted(Comparator.comparing((Alternative alternative) -> !alternative.isPossible())
                        .thenComparingDouble(Alternative::total))
                .map(Alternative::cluster)
                .toList();
        Map<ClusterId, PlacedAnew> results = new HashMap<>();
        if (trials.isPresent() && decided.explained().isDivided()) {
            likely.forEach(cluster -> results.put(
                    cluster,
                    PlacedAnew.none("its replicas are divided, and one share alone cannot be put on a cluster")));
        } else if (trials.isPresent() && !likely.isEmpty()) {
            run(trials.get(), decided, likely, results);
        }
        return results;
    }

    private static boolean isPossibleAlone(DecidedPlacement decided, ClusterId cluster) {
        OptionalInt column = decided.request().column(cluster);
        return column.isPresent()
                && decided.request().allowed(decided.service(), column.getAsInt())
                && (decided.explained().isDivided()
                        || decided.explained()
                                .demand()
                                .fitsInto(decided.request()
                                        .clusters()
                                        .get(column.getAsInt())
                                        .free()));
    }

    private static void run(
            DecisionTrials trials,
            DecidedPlacement decided,
            List<ClusterId> clusters,
            Map<ClusterId, PlacedAnew> results) {
        List<PlacementRequest> variants = clusters.stream()
                .<PlacementRequest>map(cluster -> new PinnedRequest(
                        decided.request(),
                        decided.service(),
                        decided.request().column(cluster).orElseThrow()))
                .toList();
        VariantTrials answers =
                trials.placeVariants(decided.request(), variants, settings(RecordedPlacement.from(decided.record())));
        double present = decided.cost(decided.placement());
        for (int i = 0; i < clusters.size(); i++) {
            results.put(
                    clusters.get(i),
                    i < answers.trials().size()
                            ? result(answers.trials().get(i), decided, present)
                            : PlacedAnew.none(
                                    answers.gaveWay()
                                            ? "live decisions go first"
                                            : "%d ms for all clusters were over".formatted(BUDGET_MILLIS)));
        }
    }

    private static TrialSettings settings(RecordedPlacement recorded) {
        return new TrialSettings(
                recorded.strategy(),
                recorded.parameters(),
                recorded.weights(),
                recorded.seed(),
                recorded.at(),
                OptionalLong.empty(),
                BUDGET_MILLIS);
    }

    private static PlacedAnew result(VariantTrial trial, DecidedPlacement decided, double present) {
        if (trial.result().isEmpty()) {
            return PlacedAnew.none(PlacementReplay.faults(trial.faults()));
        }
        if (!(trial.result().get() instanceof Placed placed)) {
            return PlacedAnew.none("the strategy finds no placement with it there");
        }
        double cost = decided.cost(placed.placement());
        return new PlacedAnew(
                Optional.of(new AlternativePlan(
                        cost,
                        cost - present,
                        PlacedAnew.shifts(
                                decided.placement(),
                                placed.placement(),
                                decided.explained().id()),
                        placed.quality().stop() == StopReason.PROVEN_OPTIMAL)),
                "");
    }
}
