// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A random problem of two cost levels, as request and as numbers; the request judges what is done with the numbers. */
record SmallProblem(PlacementRequest request, RequestProblem read, AssignmentProblem model, Random random) {

    static SmallProblem from(long seed) {
        PlacementRequest request = RandomProblems.smallWithLevels(seed, 2);
        RequestProblem read = RequestProblem.from(request);
        return new SmallProblem(request, read, read.problem(), new Random(seed));
    }

    /** Any complete assignment. */
    int[] anyColumns() {
        return random.ints(model.items, 0, model.clusters).toArray();
    }

    /** A complete assignment that keeps all rules; empty if there is none. */
    Optional<int[]> feasibleColumns() {
        List<int[]> all = all();
        List<int[]> feasible = all.stream().filter(this::isFeasible).toList();
        return feasible.isEmpty() ? Optional.empty() : Optional.of(feasible.get(random.nextInt(feasible.size())));
    }

    /** All complete assignments. */
    List<int[]> all() {
        List<int[]> all = new ArrayList<>(List.of(new int[model.items]));
        for (int item = 0; item < model.items; item++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] columns : all) {
                for (int cluster = 0; cluster < model.clusters; cluster++) {
                    int[] next = columns.clone();
                    next[item] = cluster;
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    boolean isFeasible(int[] columns) {
        return Feasibility.violations(request, placement(columns)).isEmpty();
    }

    /** Cost of a level as the request has it. */
    long cost(int[] columns, int level) {
        return Pricing.total(request, placement(columns), level);
    }

    Placement placement(int[] columns) {
        return read.placement(columns);
    }

    Assignment assignment(int[] columns) {
        Assignment assignment = new Assignment(model);
        for (int item = 0; item < model.items; item++) {
            assignment.put(item, columns[item]);
        }
        return assignment;
    }
}
