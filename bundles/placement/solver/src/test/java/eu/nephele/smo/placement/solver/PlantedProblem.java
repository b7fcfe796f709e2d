// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random problems that are known to have an answer: clusters are filled first, and their capacity follows from the load. */
final class PlantedProblem {

    private static final int ROWS = 3;

    private PlantedProblem() {}

    /** The same with links between neighbours in a row and some others, over clusters on a line. */
    static AssignmentProblem linked(long seed, int items, int clusters, int sparePercent) {
        AssignmentProblem plain = planted(seed, items, clusters, sparePercent);
        SplittableRandom random = new SplittableRandom(seed);
        LinkTable.Builder links = new LinkTable.Builder(items, clusters);
        for (int item = 1; item < items; item++) {
            links.link(item - 1, item, random.nextInt(1, 4), Double.POSITIVE_INFINITY);
            links.link(random.nextInt(item), item, random.nextInt(1, 4) / 2.0, Double.POSITIVE_INFINITY);
        }
        long[] distance = new long[clusters * clusters];
        Arrays.setAll(distance, cell -> 20_000_000L * Math.abs(cell / clusters - cell % clusters));
        ObjectiveVector objective =
                new ObjectiveVector(1, plain.objective.unary, plain.objective.open, new long[][] {distance, {}, {}});
        return new AssignmentProblem(
                clusters,
                plain.demand,
                plain.capacity,
                plain.allowed,
                objective,
                links.build(() -> new double[clusters * clusters]),
                false);
    }

    /** With three resources, of which so much is left over, and costs that differ between the clusters. */
    static AssignmentProblem planted(long seed, int items, int clusters, int sparePercent) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] demand = new long[items * ROWS];
        long[] capacity = new long[clusters * ROWS];
        for (int item = 0; item < items; item++) {
            int cluster = random.nextInt(clusters);
            for (int row = 0; row < ROWS; row++) {
                demand[item * ROWS + row] = 100 + random.nextLong(1900);
                capacity[cluster * ROWS + row] += demand[item * ROWS + row];
            }
        }
        for (int i = 0; i < capacity.length; i++) {
            capacity[i] += capacity[i] * sparePercent / 100;
        }
        long[] cost = new long[items * clusters];
        Arrays.setAll(cost, cell -> 1_000_000L * random.nextInt(20, 400));
        boolean[] allowed = new boolean[items * clusters];
        for (int cell = 0; cell < allowed.length; cell++) {
            allowed[cell] = true;
            for (int row = 0; row < ROWS; row++) {
                allowed[cell] &= demand[cell / clusters * ROWS + row] <= capacity[cell % clusters * ROWS + row];
            }
        }
        long[][] unary = {cost, new long[items * clusters], new long[items * clusters]};
        long[][] distance = {new long[clusters * clusters], {}, {}};
        ObjectiveVector objective = new ObjectiveVector(1, unary, new long[unary.length][clusters], distance);
        LinkTable links = new LinkTable.Builder(items, clusters).build(() -> new double[clusters * clusters]);
        return new AssignmentProblem(clusters, demand, capacity, allowed, objective, links, false);
    }
}
