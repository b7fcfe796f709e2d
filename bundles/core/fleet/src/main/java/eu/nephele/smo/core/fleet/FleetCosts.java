// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Costs of a fleet, asked once: the objectives price it in slices, because each of their calls has a time limit. */
final class FleetCosts {

    private final FleetCost weighted;
    private final List<ObjectiveCost> objectives;

    private FleetCosts(FleetCost weighted, List<ObjectiveCost> objectives) {
        this.weighted = weighted;
        this.objectives = List.copyOf(objectives);
    }

    /** @param cost in its own unit */
    record ObjectiveCost(String name, String unit, double weight, FleetCost cost) {}

    /** Objectives that fail for a part of the fleet are missing. */
    static FleetCosts create(
            FleetProblem problem,
            List<List<FleetGraph>> slices,
            ObjectivePricing pricing,
            Map<String, ObjectiveWeight> weights) {
        int[] sliceOf = new int[problem.services()];
        int[] rowInSlice = new int[problem.services()];
        List<Map<String, Priced>> priced = new ArrayList<>();
        for (List<FleetGraph> slice : slices) {
            int row = 0;
            for (FleetGraph graph : slice) {
                for (int s = 0; s < graph.size(); s++) {
                    sliceOf[graph.first() + s] = priced.size();
                    rowInSlice[graph.first() + s] = row++;
                }
            }
            Map<String, Priced> byName = new TreeMap<>();
            pricing.price(problem.request(slice), weights).forEach(each -> byName.put(each.objective(), each));
            priced.add(byName);
        }
        List<ObjectiveCost> objectives = new ArrayList<>();
        weights.keySet().stream()
                .sorted()
                .filter(name -> !priced.isEmpty() && priced.stream().allMatch(all -> all.containsKey(name)))
                .forEach(name -> {
                    Priced[] parts = priced.stream().map(all -> all.get(name)).toArray(Priced[]::new);
                    objectives.add(new ObjectiveCost(
                            name,
                            parts[0].unit(),
                            parts[0].weight().weight(),
                            new SlicedCost(parts, sliceOf, rowInSlice)));
                });
        return new FleetCosts(new WeightedCost(problem, objectives), objectives);
    }

    FleetCost weighted() {
        return weighted;
    }

    List<ObjectiveCost> objectives() {
        return objectives;
    }

    private static final class SlicedCost implements FleetCost {

        private final Priced[] parts;
        private final int[] sliceOf;
        private final int[] rowInSlice;

        SlicedCost(Priced[] parts, int[] sliceOf, int[] rowInSlice) {
            this.parts = parts;
            this.sliceOf = sliceOf;
            this.rowInSlice = rowInSlice;
        }

        @Override
        public double assign(int row, int column) {
            return parts[sliceOf[row]].assign(rowInSlice[row], column);
        }

        @Override
        public double open(int column) {
            return parts[0].open(column);
        }

        @Override
        public double distance(int from, int to) {
            return parts[0].distance(from, to);
        }
    }

    /** The weighted sum, computed once: the search for moves asks for it again and again. */
    private static final class WeightedCost implements FleetCost {

        private final double[][] assign;
        private final double[] open;
        private final double[][] distance;

        WeightedCost(FleetProblem problem, List<ObjectiveCost> objectives) {
            int columns = problem.clusters();
            assign = new double[problem.services()][columns];
            open = new double[columns];
            distance = new double[columns][columns];
            for (ObjectiveCost each : objectives) {
                for (int c = 0; c < columns; c++) {
                    for (int row = 0; row < assign.length; row++) {
                        assign[row][c] += each.weight() * each.cost().assign(row, c);
                    }
                    open[c] += each.weight() * each.cost().open(c);
                    for (int to = 0; to < columns; to++) {
                        distance[c][to] += each.weight() * each.cost().distance(c, to);
                    }
                }
            }
        }

        @Override
        public double assign(int row, int column) {
            return assign[row][column];
        }

        @Override
        public double open(int column) {
            return open[column];
        }

        @Override
        public double distance(int from, int to) {
            return distance[from][to];
        }
    }
}
