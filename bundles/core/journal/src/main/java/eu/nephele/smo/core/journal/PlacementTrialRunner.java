// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.journal.AlternativeClusters.Alternative;
import eu.nephele.smo.core.journal.PlacedAnew.AlternativePlan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets the strategy that decided place a graph anew, with one service on each of the clusters that it did not take. All clusters share a
 * fixed time; those that are left when it is over, or while live decisions wait, are not looked at.
 */
final class PlacementTrialRunner {

    static final long BUDGET_MILLIS = 500;

    private static final long LEAST_MILLIS = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Optional<DecisionTrials> trials;
    private final LongSupplier nanoTime;

    /** @param trials empty where there are none: then nothing is placed anew */
    PlacementTrialRunner(Optional<DecisionTrials> trials, LongSupplier nanoTime) {
        this.trials = trials;
        this.nanoTime = nanoTime;
    }

    /** @return by cluster; those that are missing were not looked at */
    Map<ClusterId, PlacedAnew> run(DecidedPlacement decided, List<Alternative> rejected) {
        Map<ClusterId, PlacedAnew> results = new HashMap<>();
        if (trials.isEmpty()) {
            return results;
        }
        List<Alternative> likely = rejected.stream()
                .filter(alternative -> isPossibleAlone(decided, alternative.cluster()))
                .sorted(Comparator.comparing((Alternative alternative) -> !alternative.isPossible())
                        .thenComparingDouble(Alternative::total))
                .toList();
        RecordedPlacement recorded = RecordedPlacement.from(decided.record());
        long start = nanoTime.getAsLong();
        for (int i = 0; i < likely.size(); i++) {
            long left = BUDGET_MILLIS - (nanoTime.getAsLong() - start) / NANOS_PER_MILLI;
            ClusterId cluster = likely.get(i).cluster();
            long fair = Math.max(LEAST_MILLIS, left / (likely.size() - i));
            TrialSettings settings = settings(recorded, Math.min(Math.max(0, left), fair));
            results.put(cluster, place(trials.get(), decided, cluster, settings));
        }
        return results;
    }

    private static boolean isPossibleAlone(DecidedPlacement decided, ClusterId cluster) {
        OptionalInt column = decided.column(cluster);
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

    private static PlacedAnew place(
            DecisionTrials trials, DecidedPlacement decided, ClusterId cluster, TrialSettings settings) {
        if (decided.explained().isDivided()) {
            return PlacedAnew.none("its replicas are divided, and one share alone cannot be put on a cluster");
        }
        if (settings.budgetMillis() == 0) {
            return PlacedAnew.none("%d ms for all clusters were over".formatted(BUDGET_MILLIS));
        }
        if (trials.crowded()) {
            return PlacedAnew.none("live decisions go first");
        }
        PlacementRequest pinned = PinnedRequest.create(
                decided.request(), decided.service(), decided.column(cluster).orElseThrow());
        return result(trials.place(pinned, settings), decided);
    }

    private static TrialSettings settings(RecordedPlacement recorded, long budgetMillis) {
        return new TrialSettings(
                recorded.strategy(),
                recorded.parameters(),
                recorded.weights(),
                recorded.seed(),
                recorded.at(),
                OptionalLong.empty(),
                budgetMillis);
    }

    private static PlacedAnew result(PlacementTrial trial, DecidedPlacement decided) {
        if (trial.result().isEmpty()) {
            return PlacedAnew.none(PlacementReplay.faults(trial.faults()));
        }
        PlacementResult result = trial.result().get();
        if (!(result instanceof Placed placed)) {
            return PlacedAnew.none("the strategy finds no placement with it there");
        }
        double cost = decided.cost(placed.placement());
        return new PlacedAnew(
                Optional.of(new AlternativePlan(
                        cost,
                        cost - decided.cost(decided.placement()),
                        PlacedAnew.shifts(
                                decided.placement(),
                                placed.placement(),
                                decided.explained().id()),
                        placed.quality().stop() == StopReason.PROVEN_OPTIMAL)),
                "");
    }
}
