// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cuts a fleet into blocks of whole graphs that a strategy can solve. */
final class FleetBlocks {

    /** The more important first. */
    static final Comparator<FleetGraph> BY_PRIORITY =
            Comparator.comparingInt(FleetGraph::priority).reversed();

    private FleetBlocks() {}

    /** @param services most services of a block; a larger graph is a block of its own */
    static List<List<FleetGraph>> inOrder(List<FleetGraph> graphs, int services) {
        List<List<FleetGraph>> blocks = new ArrayList<>();
        int size = 0;
        for (FleetGraph graph : graphs) {
            if (blocks.isEmpty() || size + graph.size() > services) {
                blocks.add(new ArrayList<>());
                size = 0;
            }
            blocks.get(blocks.size() - 1).add(graph);
            size += graph.size();
        }
        return blocks;
    }

    /**
     * The most important graphs first, of equals those with most to gain: those of the dearest clusters, which compete for the cheapest
     * ones, are in one block.
     *
     * @param at where the services are
     */
    static List<List<FleetGraph>> byGain(FleetProblem problem, FleetCost cost, int[] at, int services) {
        Map<FleetGraph, Double> gains = problem.graphs().stream()
                .collect(Collectors.toMap(Function.identity(), graph -> mostGain(problem, cost, at, graph)));
        List<FleetGraph> sorted = new ArrayList<>(problem.graphs());
        sorted.sort(BY_PRIORITY
                .thenComparingDouble((FleetGraph graph) -> -gains.getOrDefault(graph, 0.0) / Math.max(1, graph.size()))
                .thenComparing(FleetGraph::id));
        return inOrder(sorted, services);
    }

    /** As if each service could go to its cheapest cluster. */
    private static double mostGain(FleetProblem problem, FleetCost cost, int[] at, FleetGraph graph) {
        double gain = 0;
        for (int row = graph.first(); row < graph.first() + graph.size(); row++) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < problem.clusters(); c++) {
                if (problem.allowed(row, c)) {
                    least = Math.min(least, cost.assign(row, c));
                }
            }
            if (at[row] != FleetProblem.NOWHERE && least < Double.POSITIVE_INFINITY) {
                gain += Math.max(0, cost.assign(row, at[row]) - least);
            }
        }
        return gain;
    }
}
