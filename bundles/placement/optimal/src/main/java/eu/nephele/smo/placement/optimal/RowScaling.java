// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.math.BigInteger;
import java.util.stream.LongStream;

/**
 * Scaling of the integers of one row: they are divided by their common divisor, and the largest of the rest becomes a
 * number between 512 and 1024, so that the tolerances of a solver mean the same for every unit. The factor is a power of two:
 * products with integers, and their sums, are exact.
 *
 * @param common greatest common divisor of the numbers
 * @param factor of what is left
 */
record RowScaling(long common, double factor) {

    private static final int EXPONENT = 9;
    private static final double HALF = 0.5;

    /** Tolerance of a solver; where a unit is less than this, the solver may claim too much, and its result is checked. */
    private static final double LEAST_SLACK = 0.005;

    static RowScaling from(LongStream numbers) {
        long[] of = numbers.filter(number -> number != 0).toArray();
        long common = LongStream.of(of)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger::gcd)
                .map(BigInteger::abs)
                .map(BigInteger::longValueExact)
                .orElse(1L);
        long largest = LongStream.of(of).map(Math::abs).max().orElse(common) / common;
        return new RowScaling(common, Math.scalb(1.0, EXPONENT - Math.getExponent((double) largest)));
    }

    double coefficient(long number) {
        long multiple = number / common;
        return multiple * factor;
    }

    /** Returns the limit of their sum: half a unit above the number, and below the next. */
    double limit(long number) {
        return Math.floorDiv(number, common) * factor + Math.max(HALF * factor, LEAST_SLACK);
    }
}
