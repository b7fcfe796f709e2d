// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Branch and bound, depth first, by the relaxation; after each better answer the values that have become too dear are left out. */
final class TreeSearch {

    private static final double RELATIVE_TOLERANCE = 1e-11;
    private static final double WHOLE = 1e-6;
    private static final double HALF = 0.5;
    private static final int NODES_PER_ROUNDING = 16;

    private final IntegerProgram program;
    private final SearchEffort effort;
    private final int[] low;
    private final int[] high;
    private final BoundTrail trail;
    private final LinearRelaxation relaxation;
    private final Rounding rounding;
    private final Deque<OtherBranch> open = new ArrayDeque<>();
    private Optional<int[]> best = Optional.empty();
    private double bestCost;
    private double rootBound = Double.NEGATIVE_INFINITY;
    private int nodes;

    /** What is known of the present node before it is looked at: the bound of the one above it. */
    private double presentBound = Double.NEGATIVE_INFINITY;

    private boolean unfinished;

    /**
     * What is left of a node when its first branch has been searched.
     *
     * @param changes narrowed bounds at the node
     * @param bound of the node
     */
    private record OtherBranch(int column, int low, int high, int changes, double bound) {}

    /** @param below only answers that cost less are of interest */
    TreeSearch(IntegerProgram program, double below, SearchEffort effort) {
        this.program = program;
        this.effort = effort;
        this.bestCost = below;
        this.low = program.lows();
        this.high = program.highs();
        this.trail = new BoundTrail(low, high);
        this.relaxation = new LinearRelaxation(program, low, high, effort);
        this.rounding = new Rounding(program, low, high);
    }

    static double tolerance(double cost) {
        return Double.isInfinite(cost) ? 0 : RELATIVE_TOLERANCE * (1 + Math.abs(cost));
    }

    /**
     * Searches only the root: a bound, perhaps an answer, and narrower bounds of the variables. Returns whether there is more to
     * search.
     */
    boolean searchRoot() {
        boolean more = bound();
        rootBound = relaxation.bound();
        if (more) {
            offer(rounding.round(relaxation.values()));
            trail.narrowByCost(relaxation, bestCost - rootBound + tolerance(bestCost));
        }
        return more && rootBound < cutoff();
    }

    /** Searches everything, as long as there is effort. */
    void search() {
        boolean more = true;
        while (more && !effort.isOver()) {
            more = branch() || back();
        }
        unfinished = more;
    }

    /** Returns a better answer than what was asked for. */
    Optional<int[]> best() {
        return best;
    }

    double bestCost() {
        return bestCost;
    }

    /** Returns the lowest cost that an answer better than the best one could have; that of the best one if it is proven. */
    double lowestOpen() {
        double others = open.stream().mapToDouble(OtherBranch::bound).min().orElse(bestCost);
        return Math.min(bestCost, unfinished ? Math.min(presentBound, others) : others);
    }

    double rootBound() {
        return rootBound;
    }

    int[] low() {
        return low.clone();
    }

    int[] high() {
        return high.clone();
    }

    private double cutoff() {
        return bestCost - tolerance(bestCost);
    }

    /** Returns whether the present bounds allow a better answer. */
    private boolean bound() {
        LinearRelaxation.End end = relaxation.solve();
        return end != LinearRelaxation.End.INFEASIBLE && relaxation.bound() < cutoff();
    }

    /** Divides the present node; returns false if it is done. */
    private boolean branch() {
        if (!bound()) {
            return false;
        }
        double bound = relaxation.bound();
        double[] values = relaxation.values();
        if (nodes++ % NODES_PER_ROUNDING == 0) {
            offer(rounding.round(values));
        }
        int column = mostFractional(values);
        if (column < 0) {
            offer(whole(values));
        }
        if (bound >= cutoff()) {
            return false;
        }
        trail.narrowByCost(relaxation, bestCost - bound + tolerance(bestCost));
        if (column < 0 || low[column] == high[column]) {
            column = anyOpen();
        }
        if (column < 0) {
            return false;
        }
        divide(column, values[column], bound);
        return true;
    }

    private void divide(int column, double value, double bound) {
        int split = Math.max(low[column], Math.min(high[column] - 1, (int) Math.floor(value + WHOLE)));
        boolean up = value - split > HALF;
        presentBound = bound;
        open.push(
                new OtherBranch(column, up ? low[column] : split + 1, up ? split : high[column], trail.size(), bound));
        trail.narrow(column, up ? split + 1 : low[column], up ? high[column] : split);
    }

    /** Goes to the next branch that may have a better answer; returns whether there is one. */
    private boolean back() {
        while (!open.isEmpty()) {
            OtherBranch next = open.pop();
            trail.backTo(next.changes());
            if (next.bound() < cutoff()) {
                trail.narrow(next.column(), next.low(), next.high());
                presentBound = next.bound();
                return true;
            }
        }
        return false;
    }

    private int mostFractional(double... values) {
        int most = -1;
        double largest = WHOLE;
        for (int j = 0; j < values.length; j++) {
            double fraction = Math.abs(values[j] - Math.rint(values[j]));
            if (low[j] < high[j] && fraction > largest) {
                largest = fraction;
                most = j;
            }
        }
        return most;
    }

    /** The values may be whole and yet, exactly, violate a row, or the relaxation has no end: then any column is divided. */
    private int anyOpen() {
        for (int j = 0; j < low.length; j++) {
            if (low[j] < high[j]) {
                return j;
            }
        }
        return -1;
    }

    private Optional<int[]> whole(double... values) {
        int[] units = new int[values.length];
        for (int j = 0; j < units.length; j++) {
            units[j] = (int) Math.rint(values[j]);
        }
        return Optional.of(units).filter(program::isFeasible);
    }

    private void offer(Optional<int[]> found) {
        found.ifPresent(units -> {
            double cost = program.cost(units);
            if (cost < bestCost) {
                best = Optional.of(units.clone());
                bestCost = cost;
            }
        });
    }
}
