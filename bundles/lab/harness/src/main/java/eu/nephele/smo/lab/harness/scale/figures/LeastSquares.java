// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Non-negative least squares. For a handful of columns: all subsets of them are tried. */
final class LeastSquares {

    private static final double SMALLEST_PIVOT = 1e-9;

    private LeastSquares() {}

    /**
     * Each deviation counts relative to the measurement.
     *
     * @param rows one per measurement, one column per coefficient
     * @param measured positive
     */
    static double[] fit(double[][] rows, double[] measured) {
        int columns = rows[0].length;
        double[][] relative = new double[rows.length][];
        double[] ones = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            double scale = measured[row];
            relative[row] = Arrays.stream(rows[row]).map(value -> value / scale).toArray();
            ones[row] = 1;
        }
        double[] best = new double[columns];
        double least = deviation(relative, ones, best);
        for (int subset = 1; subset < 1 << columns; subset++) {
            double[] found = solve(relative, ones, subset);
            if (Arrays.stream(found).allMatch(value -> value >= 0)) {
                double deviation = deviation(relative, ones, found);
                if (deviation < least) {
                    least = deviation;
                    best = found;
                }
            }
        }
        return best;
    }

    private static double deviation(double[][] rows, double[] measured, double[] coefficients) {
        double sum = 0;
        for (int row = 0; row < rows.length; row++) {
            double difference = measured[row];
            for (int column = 0; column < coefficients.length; column++) {
                difference -= rows[row][column] * coefficients[column];
            }
            sum += difference * difference;
        }
        return sum;
    }

    /** The normal equations of the columns of a subset; the others are 0. All are negative where these columns do not determine them. */
    private static double[] solve(double[][] rows, double[] measured, int subset) {
        int[] chosen = IntStream.range(0, rows[0].length)
                .filter(column -> (subset & 1 << column) != 0)
                .toArray();
        int size = chosen.length;
        double[][] matrix = new double[size][size + 1];
        for (int i = 0; i < size; i++) {
            for (int row = 0; row < rows.length; row++) {
                for (int j = 0; j < size; j++) {
                    matrix[i][j] += rows[row][chosen[i]] * rows[row][chosen[j]];
                }
                matrix[i][size] += rows[row][chosen[i]] * measured[row];
            }
        }
        double[] result = new double[rows[0].length];
        if (!eliminate(matrix)) {
            Arrays.fill(result, -1);
            return result;
        }
        for (int i = 0; i < size; i++) {
            result[chosen[i]] = matrix[i][size] / matrix[i][i];
        }
        return result;
    }

    private static boolean eliminate(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            double scale = Arrays.stream(matrix[i]).map(Math::abs).max().orElse(0);
            if (Math.abs(matrix[i][i]) <= SMALLEST_PIVOT * scale) {
                return false;
            }
            for (int other = 0; other < matrix.length; other++) {
                if (other != i) {
                    double factor = matrix[other][i] / matrix[i][i];
                    for (int column = i; column < matrix[other].length; column++) {
                        matrix[other][column] -= factor * matrix[i][column];
                    }
                }
            }
        }
        return true;
    }
}
