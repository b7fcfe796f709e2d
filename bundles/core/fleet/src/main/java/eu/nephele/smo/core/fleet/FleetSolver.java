// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lets a strategy place the fleet, block after block, each beside the others as they are then, and again while that helps and time is
 * left. A block that cannot be placed is cut in halves, down to the graphs that cannot. The more important half goes first, while the
 * other one is where it keeps its place: so a graph finds none only beside those that are at least as important.
 */
final class FleetSolver {

    private static final long SEED = 1;
    private static final long LEAST_MILLIS = 50;
    private static final int REASONS = 3;

    private final FleetProblem problem;
    private final FleetCost cost;
    private final DecisionTrials trials;
    private final StrategyRef strategy;
    private final Map<String, ObjectiveWeight> weights;
    private final LongSupplier nanoTime;
    private final Map<ClusterId, Integer> columns = new HashMap<>();
    private final int[] at;
    /** Whether there are more needs, or less room, than where everything runs. */
    private final boolean mayNotFit;

    private final Map<FleetGraph, String> unfit = new HashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    FleetSolver(
            FleetProblem problem,
            FleetCost cost,
            DecisionTrials trials,
            StrategyRef strategy,
            Map<String, ObjectiveWeight> weights,
            LongSupplier nanoTime) {
        this.problem = problem;
        this.cost = cost;
        this.trials = trials;
        this.strategy = strategy;
        this.weights = Map.copyOf(weights);
        this.nanoTime = nanoTime;
        this.at = problem.current();
        this.mayNotFit = !Arrays.equals(problem.kept(), at)
                || Arrays.stream(at).anyMatch(column -> column == FleetProblem.NOWHERE);
        for (int c = 0; c < problem.clusters(); c++) {
            columns.put(problem.cluster(c), c);
        }
    }

    /** The column of each row, graphs that found no place with the reason, and faults of the strategy for people. */
    static final class SolvedFleet {

        private final int[] at;
        private final Map<FleetGraph, String> unfit;
        private final List<String> faults;

        SolvedFleet(int[] at, Map<FleetGraph, String> unfit, List<String> faults) {
            this.at = at;
            this.unfit = unfit;
            this.faults = faults;
        }

        int[] at() {
            return at;
        }

        Map<FleetGraph, String> unfit() {
            return unfit;
        }

        List<String> faults() {
            return faults;
        }
    }

    SolvedFleet solve(List<List<FleetGraph>> blocks, Instant now, long budgetMillis) {
        long begin = nanoTime.getAsLong();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(budgetMillis);
        boolean mayBePlacedAnew = !Arrays.equals(problem.kept(), problem.current());
        SolvedRound round = round(blocks, now, mayBePlacedAnew ? begin + (end - begin) / 2 : end);
        if (round.skipped() > 0) {
            faults.add(
                    "no time was left to look at %d of %d blocks of graphs".formatted(round.skipped(), blocks.size()));
        }
        if (mayBePlacedAnew && (isOverfull(problem.graphs()) || isAnyNowhere())) {
            placeAnew(blocks, now, end);
        }
        // a single block has nothing to adapt to
        while (round.improved() && blocks.size() > 1 && leftMillis(end) > LEAST_MILLIS) {
            round = round(blocks, now, end);
        }
        blocks.forEach(block -> block.stream()
                .filter(this::isSomewhereNot)
                .forEach(graph -> unfit.putIfAbsent(graph, "no time was left to place it")));
        return new SolvedFleet(at.clone(), Map.copyOf(unfit), List.copyOf(faults));
    }

    /** @param skipped blocks for which no time was left */
    private record SolvedRound(boolean improved, int skipped) {}

    private SolvedRound round(List<List<FleetGraph>> blocks, Instant now, long end) {
        boolean improved = false;
        int skipped = 0;
        for (int b = 0; b < blocks.size(); b++) {
            long share = leftMillis(end) / (blocks.size() - b);
            if (share > LEAST_MILLIS) {
                improved |= block(blocks.get(b), now, share);
            } else {
                skipped++;
            }
        }
        return new SolvedRound(improved, skipped);
    }

    private boolean isAnyNowhere() {
        return problem.graphs().stream().anyMatch(this::isSomewhereNot);
    }

    /** The more important first, beside nothing but what keeps its place; who finds nothing then goes back to a place that is left. */
    private void placeAnew(List<List<FleetGraph>> blocks, Instant now, long end) {
        int[] before = at.clone();
        System.arraycopy(problem.kept(), 0, at, 0, at.length);
        unfit.clear();
        round(blocks, now, end);
        Resources[] used = problem.used(at);
        blocks.forEach(
                block -> block.stream().filter(this::isSomewhereNot).forEach(graph -> putBack(graph, before, used)));
    }

    /** @param used by column, kept up to date */
    private void putBack(FleetGraph graph, int[] before, Resources[] used) {
        Map<Integer, Resources> more = new HashMap<>();
        int[] rows = IntStream.range(graph.first(), graph.first() + graph.size())
                .filter(row -> before[row] != FleetProblem.NOWHERE)
                .toArray();
        for (int row : rows) {
            more.merge(before[row], problem.demand(row), Resources::plus);
        }
        boolean fits = rows.length == graph.size()
                && problem.holds(graph, before)
                && more.entrySet().stream()
                        .allMatch(entry ->
                                used[entry.getKey()].plus(entry.getValue()).fitsInto(problem.capacity(entry.getKey())));
        if (fits) {
            System.arraycopy(before, graph.first(), at, graph.first(), graph.size());
            more.forEach((column, amount) -> used[column] = used[column].plus(amount));
            unfit.remove(graph);
        }
    }

    private long leftMillis(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - nanoTime.getAsLong());
    }

    private boolean block(List<FleetGraph> block, Instant now, long budgetMillis) {
        long end = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(budgetMillis);
        Deque<List<FleetGraph>> parts = new ArrayDeque<>();
        parts.add(block);
        boolean improved = false;
        while (!parts.isEmpty() && leftMillis(end) > 0) {
            List<FleetGraph> part = parts.remove();
            // what may not fit leaves time for its halves
            int shares = parts.size() + (mayNotFit && part.size() > 1 ? 2 : 1);
            long share = Math.max(LEAST_MILLIS, leftMillis(end) / shares);
            PlacementTrial trial = trials.place(
                    problem.request(part, at),
                    new TrialSettings(
                            strategy,
                            JsonObject.EMPTY,
                            weights,
                            SEED,
                            now,
                            OptionalLong.empty(),
                            Math.max(1, Math.min(share, leftMillis(end))),
                            true));
            trial.faults().stream().map(StrategyFault::message).forEach(faults::add);
            if (trial.result().orElse(null) instanceof Placed placed) {
                improved |= adopt(part, placed.placement());
            } else if (part.size() > 1) {
                parts.addFirst(part.subList(part.size() / 2, part.size()));
                parts.addFirst(part.subList(0, part.size() / 2));
            } else {
                unfit.put(part.get(0), reason(trial));
            }
        }
        return improved;
    }

    private boolean isSomewhereNot(FleetGraph graph) {
        for (int row = graph.first(); row < graph.first() + graph.size(); row++) {
            if (at[row] == FleetProblem.NOWHERE) {
                return true;
            }
        }
        return false;
    }

    /** Takes over what costs less, or places what was nowhere. */
    private boolean adopt(List<FleetGraph> part, Placement placement) {
        int[] next = at.clone();
        boolean gaps = false;
        for (FleetGraph graph : part) {
            gaps |= isSomewhereNot(graph);
            for (int row = graph.first(); row < graph.first() + graph.size(); row++) {
                next[row] = placement
                        .clusterOf(graph.id() + "/" + graph.service(row))
                        .map(cluster -> columns.getOrDefault(cluster, FleetProblem.NOWHERE))
                        .orElse(FleetProblem.NOWHERE);
            }
        }
        boolean better = gaps
                || isOverfull(part)
                || cost.value(problem, next) < cost.value(problem, at) - MoveSelection.LEAST_GAIN;
        if (better) {
            System.arraycopy(next, 0, at, 0, at.length);
            part.forEach(unfit::remove);
        }
        return better;
    }

    /** Returns whether these graphs, where they are, are part of what exceeds a capacity. */
    private boolean isOverfull(List<FleetGraph> part) {
        Resources[] used = problem.used(at);
        return part.stream().anyMatch(graph -> {
            for (int row = graph.first(); row < graph.first() + graph.size(); row++) {
                if (at[row] != FleetProblem.NOWHERE && !used[at[row]].fitsInto(problem.capacity(at[row]))) {
                    return true;
                }
            }
            return false;
        });
    }

    private static String reason(PlacementTrial trial) {
        if (!(trial.result().orElse(null) instanceof Infeasible infeasible)) {
            return trial.faults().stream().map(StrategyFault::message).collect(Collectors.joining("; "));
        }
        String hint = infeasible.counterfactual().map(text -> " " + text).orElse("");
        return new TreeMap<>(infeasible.reasons())
                        .entrySet().stream()
                                .limit(1)
                                .map(entry -> "%s: %s"
                                        .formatted(
                                                entry.getKey(),
                                                entry.getValue().entrySet().stream()
                                                        .limit(REASONS)
                                                        .map(why -> why.getKey().name() + ": " + why.getValue())
                                                        .collect(Collectors.joining("; "))))
                                .collect(Collectors.joining())
                + hint;
    }
}
