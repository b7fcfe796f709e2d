// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * Prices of the capacities and the lower bound that they prove: for any prices of 0 or more, the sum over the items of the least
 * priced cost, minus the price of all capacity (Lagrangian relaxation; see M. L. Fisher, "The Lagrangian relaxation method for solving
 * integer programming problems", Management Science 27, 1981). The prices follow subgradient steps with a deflected direction. Traffic
 * counts as far as {@link TrafficMessages} have shifted it to the items, and else for nothing. Not thread-safe.
 */
final class CapacityPrices {

    private static final double FIRST_STEP = 1.5;
    private static final double STEP_AGAIN = 0.3;
    private static final double LEAST_STEP = 1e-4;
    private static final double STEP_DECAY = 0.6;
    private static final int PATIENCE = 12;
    private static final double DEFLECTION = 0.25;
    private static final double LEAST_GAP = 0.002;
    private static final double LEAST_NORM = 1e-18;

    private static final double FURTHER_TERMS = 8;

    /** Pairs of item and cluster that a pass looks at for one unit of work. */
    private static final int PAIRS_PER_UNIT = 128;

    private final AssignmentProblem problem;
    private final long[] unary;
    private final long[] open;
    private final boolean opens;
    private final long unitsPerPass;
    private final double[] price;
    private final double[] best;
    private final double[] direction;
    private final double[] excess;

    /** By item and cluster: what messages add to the cost; empty without any. */
    private double[] messages = {};

    private double keptByPairs;
    private double magnitudeOfMessages;
    private double bound = Double.NEGATIVE_INFINITY;
    private double step = FIRST_STEP;
    private int withoutGain;
    private double magnitude;

    /** @param problem each item of it is allowed somewhere */
    CapacityPrices(AssignmentProblem problem) {
        ObjectiveVector objective = problem.objective;
        this.problem = problem;
        this.unary = objective.unary[objective.searchLevel];
        this.open = objective.open[objective.searchLevel];
        this.opens = Arrays.stream(open).anyMatch(cost -> cost != 0);
        this.unitsPerPass = 1 + (long) problem.items * problem.clusters / PAIRS_PER_UNIT;
        this.price = new double[problem.capacity.length];
        this.best = new double[price.length];
        this.direction = new double[price.length];
        this.excess = new double[price.length];
    }

    /** Returns a cost of the level that is searched which no feasible assignment is below; 0 or more. */
    long bound() {
        ObjectiveVector objective = problem.objective;
        return objective.roundedUp(objective.searchLevel, bound);
    }

    /** Returns what the rounding of a sum of priced costs may have added, if these are so much together. */
    static double rounding(AssignmentProblem problem, double magnitude) {
        int terms = problem.capacity.length + 2 * problem.items + problem.links.other.length;
        return magnitude * (FURTHER_TERMS + terms) * Math.ulp(1.0);
    }

    /** Returns whether further passes would hardly help. */
    boolean converged() {
        return step < LEAST_STEP;
    }

    /** Returns the price of the pass with the best bound, by cluster and row. */
    double price(int index) {
        return best[index];
    }

    /** Returns the cost of an item on a cluster with the capacity that it takes. */
    double priced(int item, int cluster) {
        return priced(best, item, cluster);
    }

    /** The same with the messages of its traffic. */
    double pricedWithTraffic(int item, int cluster) {
        return priced(best, item, cluster) + message(item, cluster);
    }

    private double message(int item, int cluster) {
        return messages.length == 0 ? 0 : messages[item * problem.clusters + cluster];
    }

    /**
     * From now on the bound counts traffic as these messages do; the prices go on from the best ones. To be called again after each update of
     * the messages, before prices are improved.
     */
    void use(TrafficMessages traffic) {
        keptByPairs = traffic.settle();
        messages = traffic.sums();
        magnitudeOfMessages = traffic.magnitude();
        System.arraycopy(best, 0, price, 0, price.length);
        Arrays.fill(direction, 0);
        step = Math.max(step, STEP_AGAIN);
        withoutGain = 0;
    }

    /** Goes on from other prices, by cluster and row; for a bound without messages. */
    void startFrom(double[] others) {
        System.arraycopy(others, 0, price, 0, price.length);
        Arrays.fill(direction, 0);
    }

    /** Returns the price of the capacity that the item takes there. */
    double ofDemand(int item, int cluster) {
        double sum = 0;
        int demandAt = problem.demandAt(item, cluster);
        int rowAt = cluster * problem.rows;
        for (int row = 0; row < problem.rows; row++) {
            sum += best[rowAt + row] * problem.demand[demandAt + row];
        }
        return sum;
    }

    /** Returns the price of all capacity together. */
    double ofCapacity() {
        double sum = 0;
        for (int i = 0; i < best.length; i++) {
            sum += best[i] * problem.capacity[i];
        }
        return sum;
    }

    private double priced(double[] prices, int item, int cluster) {
        double sum = unary[item * problem.clusters + cluster];
        int demandAt = problem.demandAt(item, cluster);
        int rowAt = cluster * problem.rows;
        for (int row = 0; row < problem.rows; row++) {
            sum += prices[rowAt + row] * problem.demand[demandAt + row];
        }
        return sum;
    }

    /**
     * @param target cost of a known assignment, or a guess
     * @return passes before convergence or the end of the work
     */
    int improve(int passes, double target, WorkBudget work) {
        int done = 0;
        while (done < passes && !converged() && work.spend(unitsPerPass)) {
            pass(target);
            done++;
        }
        return done;
    }

    /** One pass: the bound at the present prices, and a step from there. */
    void pass(double target) {
        double value = relaxed();
        double proven = value - rounding(problem, magnitude);
        if (proven > bound) {
            bound = proven;
            System.arraycopy(price, 0, best, 0, price.length);
            withoutGain = 0;
        } else if (++withoutGain >= PATIENCE) {
            step *= STEP_DECAY;
            withoutGain = 0;
        }
        double norm = 0;
        for (int i = 0; i < price.length; i++) {
            direction[i] = (1 - DEFLECTION) * excess[i] + DEFLECTION * direction[i];
            double scale = Math.max(1, problem.capacity[i]);
            if (price[i] > 0 || direction[i] > 0) {
                norm += direction[i] * direction[i] / scale / scale;
            }
        }
        if (norm < LEAST_NORM) {
            step = 0;
            return;
        }
        double length = step * (Math.max(target, bound * (1 + LEAST_GAP) + 1) - value) / norm;
        for (int i = 0; i < price.length; i++) {
            double scale = Math.max(1, problem.capacity[i]);
            price[i] = Math.max(0, price[i] + length * direction[i] / scale / scale);
        }
    }

    /** Fills in the excess over each capacity when each item is on its cheapest cluster at these prices. */
    private double relaxed() {
        double value = 0;
        double gross = 0;
        double priceOfCapacity = 0;
        double dearestOpening = 0;
        for (int i = 0; i < price.length; i++) {
            excess[i] = -problem.capacity[i];
            priceOfCapacity += price[i] * problem.capacity[i];
        }
        for (int item = 0; item < problem.items; item++) {
            double least = Double.POSITIVE_INFINITY;
            double leastWithOpening = Double.POSITIVE_INFINITY;
            int cheapest = 0;
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                if (problem.allowed[item * problem.clusters + cluster]) {
                    double priced = priced(price, item, cluster) + message(item, cluster);
                    leastWithOpening = Math.min(leastWithOpening, priced + open[cluster]);
                    if (priced < least) {
                        least = priced;
                        cheapest = cluster;
                    }
                }
            }
            value += least;
            gross += Math.abs(least);
            if (opens) {
                dearestOpening = Math.max(dearestOpening, leastWithOpening - least);
            }
            int demandAt = problem.demandAt(item, cheapest);
            for (int row = 0; row < problem.rows; row++) {
                excess[cheapest * problem.rows + row] += problem.demand[demandAt + row];
            }
        }
        boolean whole = priceOfCapacity == 0 && messages.length == 0 && value + dearestOpening < ObjectiveVector.EXACT;
        magnitude = whole ? 0 : gross + priceOfCapacity + dearestOpening + magnitudeOfMessages;
        return value + keptByPairs - priceOfCapacity + dearestOpening;
    }
}
