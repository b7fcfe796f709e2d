// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.PriorityQueue;

/**
 * A first assignment: always the item that would lose most if its cheapest cluster were gone goes there, at the capacity prices and with
 * the traffic to items that are placed. An item that fits nowhere goes where it exceeds least. How often the items are compared anew has
 * a limit, beyond which the order is that of older comparisons. Used once.
 */
final class RegretConstruction {

    private static final double FITS_NOWHERE = Double.MAX_VALUE;
    private static final double ONLY_ONE = Double.MAX_VALUE / 2;
    private static final int QUEUED_AGAIN_PER_ITEM = 8;
    private static final long MOST_PAIRS_AGAIN = 2_000_000;

    /** An item by its regret when it was queued; the regret may have changed since. */
    private record QueuedItem(double regret, int item) implements Comparable<QueuedItem> {
        @Override
        public int compareTo(QueuedItem other) {
            int order = Double.compare(other.regret, regret);
            return order == 0 ? Integer.compare(item, other.item) : order;
        }
    }

    private final AssignmentProblem problem;
    private final CapacityPrices prices;
    private final Assignment assignment;
    private final long[] distance;
    private int cheapest = Assignment.NOWHERE;

    RegretConstruction(AssignmentProblem problem, CapacityPrices prices) {
        this.problem = problem;
        this.prices = prices;
        this.assignment = new Assignment(problem);
        this.distance = problem.objective.distance[problem.objective.searchLevel];
    }

    /** Returns a complete assignment that may exceed capacities and break constraints of links. */
    int[] build() {
        PriorityQueue<QueuedItem> open = new PriorityQueue<>(Math.max(1, problem.items));
        for (int item = 0; item < problem.items; item++) {
            open.add(new QueuedItem(regret(item), item));
        }
        long again = Math.min(
                (long) QUEUED_AGAIN_PER_ITEM * problem.items, MOST_PAIRS_AGAIN / Math.max(1, problem.clusters));
        while (!open.isEmpty()) {
            QueuedItem first = open.remove();
            double regret = regret(first.item());
            QueuedItem next = open.peek();
            if (next != null && regret < first.regret() && regret < next.regret() && again > 0) {
                again--;
                open.add(new QueuedItem(regret, first.item()));
            } else {
                int cluster = cheapest == Assignment.NOWHERE ? assignment.leastOverflow(first.item()) : cheapest;
                assignment.put(first.item(), cluster);
            }
        }
        return assignment.at;
    }

    /** Sets the cheapest cluster on which the item fits. */
    private double regret(int item) {
        double least = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        cheapest = Assignment.NOWHERE;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            if (assignment.admits(item, cluster)) {
                double cost = prices.priced(item, cluster) + traffic(item, cluster);
                if (cost < least) {
                    second = least;
                    least = cost;
                    cheapest = cluster;
                } else {
                    second = Math.min(second, cost);
                }
            }
        }
        if (cheapest == Assignment.NOWHERE) {
            return FITS_NOWHERE;
        }
        return second == Double.POSITIVE_INFINITY ? ONLY_ONE : second - least;
    }

    private double traffic(int item, int cluster) {
        LinkTable links = problem.links;
        double sum = 0;
        for (int entry = links.start[item]; distance.length > 0 && entry < links.start[item + 1]; entry++) {
            int there = assignment.at[links.other[entry]];
            if (there != Assignment.NOWHERE) {
                sum += links.exactCost(entry, distance, cluster, there);
            }
        }
        return sum;
    }
}
