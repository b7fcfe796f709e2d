// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

final class NumberFormats {

    private static final double HUNDREDTHS = 100;

    private NumberFormats() {}

    /** Rounds to hundredths; 0 for values that are not numbers. */
    static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * HUNDREDTHS) / HUNDREDTHS : 0;
    }
}
