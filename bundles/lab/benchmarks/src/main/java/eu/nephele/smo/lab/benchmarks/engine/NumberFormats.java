// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

/** How numbers are told. */
final class NumberFormats {

    private static final double HUNDREDTHS = 100;

    private NumberFormats() {}

    /** To hundredths; 0 for what is no number. */
    static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * HUNDREDTHS) / HUNDREDTHS : 0;
    }
}
