// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.math.BigInteger;
import java.util.stream.LongStream;

/**
 * Of the whole numbers of one row of the program: what they have in common is taken out, and the largest of the rest comes to between
 * 512 and 1024, so that the tolerances of a solver mean the same whatever the unit is. The factor is a power of two: products with
 * whole numbers, and their sums, are exact, so that what fits to the last unit does.
 *
 * @param common greatest common divisor of the numbers
 * @param factor of what is left
 */
record RowScaling(long common, double factor) {

    private static final int EXPONENT = 9;
    private static final double HALF = 0.5;

    /** A solver takes no notice of less; where a unit is less than this, it may say too much, and what it says is checked. */
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

    /** One of the numbers. */
    double coefficient(long number) {
        long multiple = number / common;
        return multiple * factor;
    }

    /** What their sum may not exceed: half a unit above it, and below the next. */
    double limit(long number) {
        return Math.floorDiv(number, common) * factor + Math.max(HALF * factor, LEAST_SLACK);
    }
}
