// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

/**
 * The columns of an {@link IntegerProgram} as floating point numbers. The largest amount of each row is 1, so that bytes and cores are
 * alike.
 */
final class ScaledColumns {

    private final double[] cost;
    private final double[] amount;
    private final int[] row;
    private final int[] start;
    private final double[] least;

    ScaledColumns(IntegerProgram program) {
        int columns = program.columns();
        this.start = new int[columns + 1];
        this.cost = new double[columns];
        for (int j = 0; j < columns; j++) {
            cost[j] = program.cost(j);
            start[j + 1] = program.start(j + 1);
        }
        double[] largest = new double[program.rows()];
        this.row = new int[start[columns]];
        this.amount = new double[row.length];
        for (int e = 0; e < row.length; e++) {
            row[e] = program.row(e);
            largest[row[e]] = Math.max(largest[row[e]], Math.abs((double) program.amount(e)));
        }
        for (int e = 0; e < row.length; e++) {
            amount[e] = program.amount(e) / largest[row[e]];
        }
        this.least = new double[largest.length];
        for (int k = 0; k < least.length; k++) {
            least[k] = program.least(k) / (largest[k] == 0 ? 1 : largest[k]);
        }
    }

    int columns() {
        return cost.length;
    }

    int rows() {
        return least.length;
    }

    int entries() {
        return amount.length;
    }

    double cost(int column) {
        return cost[column];
    }

    double least(int atRow) {
        return least[atRow];
    }

    void add(int column, double factor, double[] sums) {
        for (int e = start[column]; e < start[column + 1]; e++) {
            sums[row[e]] += factor * amount[e];
        }
    }

    double dot(int column, double... rows) {
        double dot = 0;
        for (int e = start[column]; e < start[column + 1]; e++) {
            dot += amount[e] * rows[row[e]];
        }
        return dot;
    }

    void reducedCosts(double[] prices, double[] into) {
        for (int j = 0; j < into.length; j++) {
            into[j] = cost[j] - dot(j, prices);
        }
    }
}
