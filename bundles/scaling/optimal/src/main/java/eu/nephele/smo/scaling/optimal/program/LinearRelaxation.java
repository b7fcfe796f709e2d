// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.Arrays;

/**
 * The relaxation of an {@link IntegerProgram} to numbers that are not whole, by the dual simplex method for bounded variables with the
 * long-step ratio test (Maros, "Computational Techniques of the Simplex Method", 2003, chapter 10). Bounds may change between calls:
 * since every variable has two bounds, the last basis is a start for the next call. Each row has a logical variable, its value.
 *
 * <p>The prices of the rows are a bound by themselves, whatever the quality of the basis: see {@link #bound}.
 */
final class LinearRelaxation {

    enum End {
        OPTIMAL,
        INFEASIBLE,
        /** No end within the effort or the limit of iterations, or a pivot too small: only the bound counts. */
        GIVEN_UP
    }

    private static final double TOLERANCE = 1e-9;

    /** Slopes below are zero, rounded. */
    private static final double NOISE = 1e-13;

    private static final double LEAST_PIVOT = 1e-8;
    private static final int ITERATIONS = 60;

    /** Some tenths of a millisecond, which there is always time for. */
    private static final int LEAST_ITERATIONS = 30;

    private static final int ITERATIONS_PER_ROW = 20;

    private final ScaledColumns columns;
    private final int[] low;
    private final int[] high;
    private final boolean[] atHigh;
    private final BasisInverse basis;
    private final EnteringCandidates candidates;
    private double[] basicValue;
    private double[] price;
    private double[] reducedCost;

    /** The most by which the variables whose slope counted as none could lessen the violation. */
    private double byNegligible;

    private final SearchEffort effort;

    /** @param low lower bounds, which the caller may change between calls, as the upper ones */
    LinearRelaxation(IntegerProgram program, int[] low, int[] high, SearchEffort effort) {
        this.columns = new ScaledColumns(program);
        this.low = low;
        this.high = high;
        this.atHigh = new boolean[program.columns()];
        this.basis = new BasisInverse(columns);
        this.candidates = new EnteringCandidates(program.columns() + program.rows());
        this.basicValue = new double[program.rows()];
        this.price = new double[program.rows()];
        this.reducedCost = new double[program.columns()];
        this.effort = effort;
    }

    End solve() {
        int limit = ITERATIONS + ITERATIONS_PER_ROW * columns.rows();
        for (int iteration = 0; iteration < limit; iteration++) {
            effort.spend(columns.entries() + columns.columns() + 3L * columns.rows() * columns.rows());
            price = basis.prices();
            columns.reducedCosts(price, reducedCost);
            chooseBounds();
            basicValue = basis.values(nonbasicActivity());
            int leaving = mostViolated();
            if (leaving < 0) {
                return End.OPTIMAL;
            }
            if (!enter(leaving)) {
                return candidates.withoutEnd() > byNegligible ? End.INFEASIBLE : End.GIVEN_UP;
            }
            if (iteration >= LEAST_ITERATIONS && effort.isOver()) {
                return End.GIVEN_UP;
            }
        }
        return End.GIVEN_UP;
    }

    /** The cheaper bound of each variable outside the basis: that makes it dual feasible. */
    private void chooseBounds() {
        for (int j = 0; j < reducedCost.length; j++) {
            if (Math.abs(reducedCost[j]) > TOLERANCE) {
                atHigh[j] = reducedCost[j] < 0;
            }
        }
    }

    private double[] nonbasicActivity() {
        double[] activity = new double[columns.rows()];
        for (int j = 0; j < atHigh.length; j++) {
            int value = atHigh[j] ? high[j] : low[j];
            if (value != 0 && !basis.isBasic(j)) {
                columns.add(j, value, activity);
            }
        }
        for (int k = 0; k < activity.length; k++) {
            if (!basis.isBasic(columns.columns() + k)) {
                activity[k] -= columns.least(k);
            }
        }
        return activity;
    }

    private int mostViolated() {
        int most = -1;
        double largest = TOLERANCE;
        for (int r = 0; r < basicValue.length; r++) {
            double violation = violation(r) / (1 + Math.abs(basicValue[r]));
            if (violation > largest) {
                largest = violation;
                most = r;
            }
        }
        return most;
    }

    private double violation(int r) {
        int variable = basis.variable(r);
        if (variable >= columns.columns()) {
            return columns.least(variable - columns.columns()) - basicValue[r];
        }
        return Math.max(low[variable] - basicValue[r], basicValue[r] - high[variable]);
    }

    /** Exchanges the variable of a row of the basis for another one; returns whether there was one. */
    private boolean enter(int leaving) {
        int out = basis.variable(leaving);
        boolean above = out < columns.columns() && basicValue[leaving] > high[out];
        double[] inverseRow = basis.row(leaving);
        candidates.clear();
        byNegligible = 0;
        for (int j = 0; j < atHigh.length; j++) {
            if (low[j] < high[j] && !basis.isBasic(j)) {
                double slope = columns.dot(j, inverseRow) * (above ? -1 : 1);
                if (Math.abs(slope) <= TOLERANCE) {
                    byNegligible += Math.abs(slope) * ((double) high[j] - low[j]);
                } else if (atHigh[j] == slope > 0) {
                    candidates.add(j, Math.abs(reducedCost[j] / slope), Math.abs(slope), (double) high[j] - low[j]);
                }
            }
        }
        for (int k = 0; k < inverseRow.length; k++) {
            double slope = above ? inverseRow[k] : -inverseRow[k];
            if (slope < -NOISE && slope >= -TOLERANCE && !basis.isBasic(columns.columns() + k)) {
                byNegligible = Double.POSITIVE_INFINITY;
            } else if (slope < -TOLERANCE && !basis.isBasic(columns.columns() + k)) {
                candidates.add(columns.columns() + k, Math.max(0, price[k]) / -slope, -slope, Double.POSITIVE_INFINITY);
            }
        }
        int entering = candidates.take(violation(leaving), j -> atHigh[j] = !atHigh[j]);
        if (entering < 0 || !basis.exchange(leaving, entering, LEAST_PIVOT)) {
            return false;
        }
        if (out < columns.columns()) {
            atHigh[out] = above;
        }
        return true;
    }

    /**
     * Returns a lower bound of the cost within the present bounds: that of the Lagrangian relaxation at the prices of the rows. It
     * holds for any prices of 0 or more, so no rounding of the basis matters.
     */
    double bound() {
        double[] safe = Arrays.stream(price).map(one -> Math.max(0, one)).toArray();
        columns.reducedCosts(safe, reducedCost);
        double bound = 0;
        for (int k = 0; k < safe.length; k++) {
            bound += safe[k] * columns.least(k);
        }
        for (int j = 0; j < reducedCost.length; j++) {
            bound += reducedCost[j] * (reducedCost[j] > 0 ? low[j] : high[j]);
        }
        return bound;
    }

    /** Returns what a unit away from the cheaper bound costs, as of the last {@link #bound}. */
    double reducedCost(int column) {
        return reducedCost[column];
    }

    double[] values() {
        double[] values = new double[atHigh.length];
        for (int j = 0; j < values.length; j++) {
            values[j] = atHigh[j] ? high[j] : low[j];
        }
        for (int r = 0; r < basicValue.length; r++) {
            int variable = basis.variable(r);
            if (variable < values.length) {
                values[variable] = Math.max(low[variable], Math.min(high[variable], basicValue[r]));
            }
        }
        return values;
    }
}
