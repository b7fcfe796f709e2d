// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.strategies.Strategies;
import eu.nephele.smo.core.strategies.settings.Settings;
import eu.nephele.smo.placement.carbon.CarbonObjective;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import eu.nephele.smo.placement.optimal.OptimalStrategy;
import eu.nephele.smo.scaling.optimal.OptimalScalingStrategy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The room that decides, with the strategies of the distribution, and a fixed amount of work for it: selection, pricing by the
 * objectives, the guarded call and the check of the answer are all part of a decision. No answer depends on the time it takes.
 */
final class Workload implements AutoCloseable {

    private static final String FIRST_FIT = "first-fit";
    private static final String GREEDY = "greedy";
    private static final String OPTIMAL = "optimal";

    /** Ends nothing, so that all runs do the same work. */
    private static final long BUDGET_MILLIS = 600_000;

    /** Problems of more pairs than this get no proof, which would take as long as it may. */
    private static final int LARGEST_PROOF = 60;

    private final Strategies strategies;

    Workload() {
        Settings settings = settings();
        strategies = Strategies.of(
                () -> settings, Clock.fixed(Instant.parse("2026-11-20T08:00:00Z"), ZoneOffset.UTC), Measurements.NONE);
        placement(FIRST_FIT, Components.create(FirstFitStrategy.class, Map.of()));
        placement(GREEDY, Components.create(GreedyStrategy.class, Map.of()));
        placement(OPTIMAL, Components.create(OptimalStrategy.class, Map.of("maxBinaries", LARGEST_PROOF)));
        objective("moves", Components.create(MovesObjective.class, Map.of()));
        objective("carbon", Components.create(CarbonObjective.class, Map.of()));
        strategies
                .registry()
                .add(Components.create(OptimalScalingStrategy.class, Map.of()), Map.of(ScalingStrategy.ID, OPTIMAL));
    }

    /** What one round consists of: most decisions are small ones, and each size takes a noticeable part of the time. */
    List<Batch> batches() {
        return List.of(
                placements(FIRST_FIT, 3, 3, 1000),
                placements(GREEDY, 3, 3, 1000),
                placements(OPTIMAL, 3, 3, 1000),
                placements(FIRST_FIT, 10, 5, 200),
                placements(GREEDY, 10, 5, 200),
                placements(OPTIMAL, 10, 5, 200),
                placements(FIRST_FIT, 50, 10, 50),
                placements(GREEDY, 50, 10, 50),
                placements(OPTIMAL, 50, 10, 5),
                scalings(30, 3, 200));
    }

    @Override
    public void close() {
        strategies.close();
    }

    private Batch placements(String strategy, int services, int clusters, int count) {
        List<PlacementRequest> requests = IntStream.range(0, count)
                .mapToObj(seed -> Problems.placement(seed, services, clusters))
                .toList();
        List<SourcedSelection> wishes = List.of(new SourcedSelection("descriptor", StrategySelection.ofId(strategy)));
        return new Batch("placement %s %dx%d".formatted(strategy, services, clusters), count, () -> requests.stream()
                .mapToInt(
                        request -> fingerprint(strategy, strategies.placement().decide(request, wishes, Map.of())))
                .reduce(0, Workload::mixed));
    }

    private Batch scalings(int services, int clusters, int count) {
        List<List<ScalingItem>> items = IntStream.range(0, count)
                .mapToObj(seed -> Problems.scaling(seed, services, clusters, OPTIMAL))
                .toList();
        List<ClusterCapacity> capacities = Problems.scalingClusters(clusters);
        return new Batch("scaling %s %dx%d".formatted(OPTIMAL, services, clusters), count, () -> items.stream()
                .flatMap(batch -> strategies.scaling().decide(batch, capacities).stream())
                .mapToInt(Workload::fingerprint)
                .reduce(0, Workload::mixed));
    }

    private static int fingerprint(String strategy, PlacementOutcome outcome) {
        return fingerprint(strategy, outcome.decidedBy(), outcome.fallback(), outcome.result());
    }

    private static int fingerprint(ScalingOutcome outcome) {
        return fingerprint(OPTIMAL, outcome.decidedBy(), outcome.fallback(), outcome.answer());
    }

    private static int fingerprint(String wished, StrategyRef decidedBy, boolean fallback, Object answer) {
        if (fallback || !decidedBy.id().equals(wished)) {
            throw new IllegalStateException("The strategy %s was to decide, not %s; the figures would mean nothing"
                    .formatted(wished, decidedBy));
        }
        return answer.hashCode();
    }

    private static int mixed(int one, int other) {
        return 31 * one + other;
    }

    private void placement(String id, PlacementStrategy strategy) {
        strategies.registry().add(strategy, Map.of(PlacementStrategy.ID, id));
    }

    private void objective(String name, PlacementObjective objective) {
        strategies.registry().add(objective, Map.of(PlacementObjective.NAME, name, PlacementObjective.UNIT, name));
    }

    private static Settings settings() {
        Settings defaults = Settings.DEFAULTS;
        return new Settings(
                defaults.initialPlacement(),
                defaults.weightedPlacement(),
                defaults.replacement(),
                defaults.fallbackPlacement(),
                defaults.scaling(),
                defaults.scalingParameters(),
                Map.of("moves", ObjectiveWeight.of(1), "carbon", ObjectiveWeight.of(1)),
                defaults.projectDefaults(),
                new Settings.Budgets(BUDGET_MILLIS, BUDGET_MILLIS, BUDGET_MILLIS, BUDGET_MILLIS),
                defaults.poolSize(),
                defaults.missingWaitMillis(),
                Settings.Limits.STANDARD);
    }
}
