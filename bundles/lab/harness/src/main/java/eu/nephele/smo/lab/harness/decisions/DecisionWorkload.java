// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

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
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
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
 * The bundle that decides, with the strategies of the distribution, and a fixed amount of work for it: selection, pricing by the
 * objectives, the guarded call and the check of the answer are all part of a decision. No answer depends on the time it takes.
 */
final class DecisionWorkload implements AutoCloseable {

    private static final String FIRST_FIT = "first-fit";
    private static final String GREEDY = "greedy";
    private static final String OPTIMAL = "optimal";

    /** A limit that never takes effect, so that all runs do the same work. */
    private static final long BUDGET_MILLIS = 600_000;

    /** Problems of more pairs than this get no proof, which would use its whole time limit. */
    private static final int LARGEST_PROOF = 60;

    private final StrategyModule strategies;

    DecisionWorkload() {
        StrategySettings settings = settings();
        strategies = StrategyModule.create(
                () -> settings,
                Clock.fixed(Instant.parse("2026-11-20T08:00:00Z"), ZoneOffset.UTC),
                MetricsRecorder.NONE);
        placement(FIRST_FIT, ComponentFactory.create(FirstFitStrategy.class, Map.of()));
        placement(GREEDY, ComponentFactory.create(GreedyStrategy.class, Map.of()));
        placement(OPTIMAL, ComponentFactory.create(OptimalStrategy.class, Map.of("maxBinaries", LARGEST_PROOF)));
        objective("moves", ComponentFactory.create(MovesObjective.class, Map.of()));
        objective("carbon", ComponentFactory.create(CarbonObjective.class, Map.of()));
        strategies
                .registry()
                .add(
                        ComponentFactory.create(OptimalScalingStrategy.class, Map.of()),
                        Map.of(ScalingStrategy.ID, OPTIMAL));
    }

    /** Returns the batches of one round: most decisions are small, and each size takes a noticeable part of the time. */
    List<DecisionBatch> batches() {
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

    private DecisionBatch placements(String strategy, int services, int clusters, int count) {
        List<PlacementRequest> requests = IntStream.range(0, count)
                .mapToObj(seed -> BenchmarkProblems.placement(seed, services, clusters))
                .toList();
        List<SourcedSelection> wishes = List.of(new SourcedSelection("descriptor", StrategySelection.ofId(strategy)));
        return new DecisionBatch(
                "placement %s %dx%d".formatted(strategy, services, clusters), count, () -> requests.stream()
                        .mapToInt(request ->
                                fingerprint(strategy, strategies.placement().decide(request, wishes, Map.of())))
                        .reduce(0, DecisionWorkload::mixed));
    }

    private DecisionBatch scalings(int services, int clusters, int count) {
        List<List<ScalingItem>> items = IntStream.range(0, count)
                .mapToObj(seed -> BenchmarkProblems.scaling(seed, services, clusters, OPTIMAL))
                .toList();
        List<ClusterCapacity> capacities = BenchmarkProblems.scalingClusters(clusters);
        return new DecisionBatch("scaling %s %dx%d".formatted(OPTIMAL, services, clusters), count, () -> items.stream()
                .flatMap(batch -> strategies.scaling().decide(batch, capacities).stream())
                .mapToInt(DecisionWorkload::fingerprint)
                .reduce(0, DecisionWorkload::mixed));
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

    private static StrategySettings settings() {
        StrategySettings defaults = StrategySettings.DEFAULTS;
        return new StrategySettings(
                defaults.initialPlacement(),
                defaults.weightedPlacement(),
                defaults.replacement(),
                defaults.fallbackPlacement(),
                defaults.scaling(),
                defaults.scalingParameters(),
                Map.of("moves", ObjectiveWeight.of(1), "carbon", ObjectiveWeight.of(1)),
                defaults.projectDefaults(),
                new StrategySettings.Budgets(BUDGET_MILLIS, BUDGET_MILLIS, BUDGET_MILLIS, BUDGET_MILLIS),
                defaults.poolSize(),
                defaults.missingWaitMillis(),
                StrategySettings.StrategyLimits.STANDARD);
    }
}
