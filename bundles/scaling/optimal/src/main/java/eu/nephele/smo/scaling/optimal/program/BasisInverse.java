// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.Arrays;

/**
 * A basis of a linear program and its inverse matrix, dense because there are few rows. Variables are the columns and, after them, one
 * logical variable for each row, whose column is -1 in that row. At first the basis is the logical ones.
 */
final class BasisInverse {

    /** Exchanges after which the inverse is computed anew, because each adds to the rounding. */
    private static final int REFRESH = 100;

    private static final int NOT_BASIC = -1;

    private final ScaledColumns columns;
    private final int[] variable;
    private final int[] position;
    private double[][] inverse;
    private int exchanges;

    BasisInverse(ScaledColumns columns) {
        this.columns = columns;
        this.variable = new int[columns.rows()];
        this.position = new int[columns.columns() + columns.rows()];
        Arrays.fill(position, NOT_BASIC);
        this.inverse = new double[variable.length][variable.length];
        for (int r = 0; r < variable.length; r++) {
            variable[r] = columns.columns() + r;
            position[variable[r]] = r;
            inverse[r][r] = -1;
        }
    }

    int variable(int row) {
        return variable[row];
    }

    boolean isBasic(int of) {
        return position[of] != NOT_BASIC;
    }

    double[] row(int row) {
        return inverse[row].clone();
    }

    /** Returns the prices of the rows of the program at this basis. */
    double[] prices() {
        double[] prices = new double[variable.length];
        for (int r = 0; r < prices.length; r++) {
            double cost = variable[r] < columns.columns() ? columns.cost(variable[r]) : 0;
            for (int k = 0; k < prices.length && cost != 0; k++) {
                prices[k] += cost * inverse[r][k];
            }
        }
        return prices;
    }

    /** @param activity of the variables outside the basis, per row of the program */
    double[] values(double... activity) {
        double[] values = new double[variable.length];
        for (int r = 0; r < values.length; r++) {
            values[r] = -dot(inverse[r], activity);
        }
        return values;
    }

    /** Returns whether the pivot was large enough. */
    boolean exchange(int leaving, int entering, double leastPivot) {
        double[] direction = new double[variable.length];
        for (int r = 0; r < direction.length; r++) {
            direction[r] = entering < columns.columns()
                    ? columns.dot(entering, inverse[r])
                    : -inverse[r][entering - columns.columns()];
        }
        if (Math.abs(direction[leaving]) < leastPivot) {
            return false;
        }
        eliminate(inverse, leaving, direction);
        position[variable[leaving]] = NOT_BASIC;
        variable[leaving] = entering;
        position[entering] = leaving;
        if (++exchanges % REFRESH == 0) {
            refresh();
        }
        return true;
    }

    private static void eliminate(double[][] matrix, int pivotRow, double... direction) {
        double[] pivot = matrix[pivotRow];
        for (int k = 0; k < pivot.length; k++) {
            pivot[k] /= direction[pivotRow];
        }
        for (int r = 0; r < matrix.length; r++) {
            double factor = direction[r];
            if (r != pivotRow && factor != 0) {
                for (int k = 0; k < pivot.length; k++) {
                    matrix[r][k] -= factor * pivot[k];
                }
            }
        }
    }

    /** Gauss-Jordan elimination with partial pivoting; the rows get an order of their own. */
    private void refresh() {
        int rows = variable.length;
        double[][] fresh = new double[rows][rows];
        int[] order = variable.clone();
        boolean[] done = new boolean[rows];
        for (int r = 0; r < rows; r++) {
            fresh[r][r] = 1;
        }
        for (int each : order) {
            double[] column = new double[rows];
            if (each < columns.columns()) {
                columns.add(each, 1, column);
            } else {
                column[each - columns.columns()] = -1;
            }
            double[] direction = new double[rows];
            int pivotRow = -1;
            for (int r = 0; r < rows; r++) {
                direction[r] = dot(fresh[r], column);
                boolean larger = pivotRow < 0 || Math.abs(direction[r]) > Math.abs(direction[pivotRow]);
                pivotRow = !done[r] && larger ? r : pivotRow;
            }
            done[pivotRow] = true;
            eliminate(fresh, pivotRow, direction);
            variable[pivotRow] = each;
            position[each] = pivotRow;
        }
        inverse = fresh;
    }

    private static double dot(double[] one, double... other) {
        double dot = 0;
        for (int k = 0; k < one.length; k++) {
            dot += one[k] * other[k];
        }
        return dot;
    }
}
