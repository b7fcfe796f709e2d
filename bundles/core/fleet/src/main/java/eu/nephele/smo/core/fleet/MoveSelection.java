// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Selects the moves towards a better placement that gain most for each service that moves. Services that have to be together move
 * together; the rules of a graph hold with each selection.
 */
final class MoveSelection {

    /** Changes of the cost below this are rounding. */
    static final double LEAST_GAIN = 1e-9;

    /** Moves of one graph that are compared at a time; more than graphs usually have. */
    private static final int COMPARED = 16;

    private final FleetCost cost;

    MoveSelection(FleetCost cost) {
        this.cost = cost;
    }

    /** A part of the moves of one graph, in addition to the parts before it. */
    private record Increment(FleetGraph graph, Map<Integer, Integer> to, double gain) {

        double gainPerMove() {
            return gain / to.size();
        }
    }

    /**
     * @param target column by row
     * @param budget most services that move
     * @return at most one move for each graph, the best first
     */
    List<FleetMove> select(FleetState state, Collection<FleetGraph> graphs, int[] target, int budget) {
        PriorityQueue<List<Increment>> next = new PriorityQueue<>(Comparator.comparingDouble(
                        (List<Increment> left) -> -left.get(0).gainPerMove())
                .thenComparing(left -> left.get(0).graph().id()));
        for (FleetGraph graph : graphs) {
            List<Increment> increments = increments(state, graph, target);
            if (!increments.isEmpty()) {
                next.add(increments);
            }
        }
        Map<FleetGraph, Map<Integer, Integer>> selected = new LinkedHashMap<>();
        int left = budget;
        while (!next.isEmpty() && left > 0) {
            List<Increment> increments = next.remove();
            Increment best = increments.get(0);
            if (best.to().size() <= left) {
                left -= best.to().size();
                selected.computeIfAbsent(best.graph(), any -> new TreeMap<>()).putAll(best.to());
                if (increments.size() > 1) {
                    next.add(increments.subList(1, increments.size()));
                }
            }
        }
        return selected.entrySet().stream()
                .map(entry -> new FleetMove(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** All services of a graph that are elsewhere in the target. */
    static FleetMove whole(FleetState state, FleetGraph graph, int[] target) {
        Map<Integer, Integer> to = new TreeMap<>();
        for (int row = graph.first(); row < graph.first() + graph.size(); row++) {
            if (target[row] != state.at(row) && target[row] != FleetProblem.NOWHERE) {
                to.put(row, target[row]);
            }
        }
        return new FleetMove(graph, to);
    }

    private List<Increment> increments(FleetState state, FleetGraph graph, int[] target) {
        List<Map<Integer, Integer>> units = units(state, graph, target);
        List<Increment> increments = new ArrayList<>();
        Map<Integer, Integer> moved = new TreeMap<>();
        double gained = 0;
        while (!units.isEmpty()) {
            Increment best = best(state, graph, units, moved, gained);
            if (best.gain() <= LEAST_GAIN) {
                best = rest(state, graph, units, moved, gained);
            }
            int mayMove = graph.member().movesLeft().orElse(Integer.MAX_VALUE);
            if (best.gain() <= LEAST_GAIN || moved.size() + best.to().size() > mayMove) {
                break;
            }
            increments.add(best);
            moved.putAll(best.to());
            gained += best.gain();
            units.removeIf(unit -> moved.keySet().containsAll(unit.keySet()));
        }
        return increments;
    }

    private Increment best(
            FleetState state,
            FleetGraph graph,
            List<Map<Integer, Integer>> units,
            Map<Integer, Integer> moved,
            double gained) {
        return units.subList(0, Math.min(COMPARED, units.size())).stream()
                .map(unit -> increment(state, graph, unit, moved, gained))
                .max(Comparator.comparingDouble(Increment::gainPerMove))
                .orElseThrow();
    }

    /** All that is left at once: services that gain only together. */
    private Increment rest(
            FleetState state,
            FleetGraph graph,
            List<Map<Integer, Integer>> units,
            Map<Integer, Integer> moved,
            double gained) {
        Map<Integer, Integer> all = new TreeMap<>();
        units.forEach(all::putAll);
        return increment(state, graph, all, moved, gained);
    }

    private Increment increment(
            FleetState state,
            FleetGraph graph,
            Map<Integer, Integer> unit,
            Map<Integer, Integer> moved,
            double gained) {
        Map<Integer, Integer> both = new TreeMap<>(moved);
        both.putAll(unit);
        FleetMove move = new FleetMove(graph, both);
        double gain = state.holdsAfter(move) ? -state.change(move, cost) - gained : Double.NEGATIVE_INFINITY;
        return new Increment(graph, unit, gain);
    }

    /** Services that have to move together, those that gain most first. */
    private List<Map<Integer, Integer>> units(FleetState state, FleetGraph graph, int[] target) {
        Map<Integer, Integer> groupOf = new HashMap<>();
        List<List<Integer>> groups = graph.member().problem().together();
        for (int g = 0; g < groups.size(); g++) {
            for (int s : groups.get(g)) {
                groupOf.put(graph.first() + s, g);
            }
        }
        Map<Integer, Map<Integer, Integer>> byGroup = new TreeMap<>();
        whole(state, graph, target).to().forEach((row, column) -> byGroup.computeIfAbsent(
                        groupOf.getOrDefault(row, groups.size() + row), any -> new TreeMap<>())
                .put(row, column));
        List<Map<Integer, Integer>> units = new ArrayList<>(byGroup.values());
        units.sort(Comparator.comparingDouble(unit -> state.change(new FleetMove(graph, unit), cost) / unit.size()));
        return units;
    }
}
