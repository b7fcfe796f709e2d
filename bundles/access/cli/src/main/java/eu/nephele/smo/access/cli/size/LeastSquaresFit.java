// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Coefficients from measurements: the smallest sum of squared relative deviations with no coefficient below zero.
 * Effects that the runs do not separate are distributed among the terms; so runs that differ in graphs, services and
 * clusters are most useful.
 */
final class LeastSquaresFit {

    private static final int ROUNDS = 200_000;

    private LeastSquaresFit() {}

    /** @throws IllegalArgumentException when no run has measured a figure */
    static Coefficients fit(List<BenchMeasurement> runs, String source) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (SizingFigure figure : SizingFigure.values()) {
            double[] solution = figure(figure, runs);
            for (int term = 0; term < solution.length; term++) {
                values.put(Coefficients.key(figure, figure.terms().get(term)), solution[term]);
            }
        }
        return new Coefficients(source, values);
    }

    /** In the order of the terms. */
    private static double[] figure(SizingFigure figure, List<BenchMeasurement> runs) {
        List<BenchMeasurement> those =
                runs.stream().filter(run -> run.figure(figure) > 0).toList();
        if (those.isEmpty()) {
            throw new IllegalArgumentException("No run has measured %s".formatted(figure.key()));
        }
        List<SizingTerm> terms = figure.terms();
        double[][] rows = new double[those.size()][terms.size()];
        for (int run = 0; run < rows.length; run++) {
            for (int term = 0; term < terms.size(); term++) {
                rows[run][term] = terms.get(term).valueFor(those.get(run).fleet())
                        / those.get(run).figure(figure);
            }
        }
        return solved(rows, terms.size());
    }

    /** The target of all sums is 1; one term after the other is set to its best value while the others are fixed. */
    private static double[] solved(double[][] rows, int terms) {
        double[] solution = new double[terms];
        double[] missing = new double[rows.length];
        Arrays.fill(missing, 1);
        for (int round = 0; round < ROUNDS; round++) {
            for (int term = 0; term < terms; term++) {
                double slope = 0;
                double curve = 0;
                for (int row = 0; row < rows.length; row++) {
                    slope += rows[row][term] * missing[row];
                    curve += rows[row][term] * rows[row][term];
                }
                double moved = Math.max(0, solution[term] + slope / curve);
                for (int row = 0; row < rows.length; row++) {
                    missing[row] -= rows[row][term] * (moved - solution[term]);
                }
                solution[term] = moved;
            }
        }
        return solution;
    }
}
