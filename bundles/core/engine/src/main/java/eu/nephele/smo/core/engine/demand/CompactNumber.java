// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

/**
 * Measured amounts in 16 bits: 6 bits of exponent and 10 of mantissa, so 2<sup>-15</sup> to 2<sup>48</sup> with an error of at most
 * 0.05 %; 0 is exact. What is smaller counts as 0, what is larger as the largest.
 */
final class CompactNumber {

    /** No value. */
    static final short GAP = (short) 0xFFFF;

    private static final int MANTISSA_BITS = 10;
    private static final int FLOAT_MANTISSA_BITS = 23;
    private static final int FLOAT_BIAS = 127;
    private static final int LOWEST_EXPONENT = -15;
    private static final int DROPPED = FLOAT_MANTISSA_BITS - MANTISSA_BITS;
    /** The one before the gap. */
    private static final int LARGEST = 0xFFFE;

    private CompactNumber() {}

    /** @param value 0 or more, or NaN */
    static short encode(double value) {
        if (Double.isNaN(value)) {
            return GAP;
        }
        // rounding may carry into the exponent, which is right
        int bits = Float.floatToIntBits((float) value) + (1 << (DROPPED - 1));
        int code = (bits >> DROPPED) - ((FLOAT_BIAS + LOWEST_EXPONENT) << MANTISSA_BITS) + 1;
        return (short) (value <= 0 ? 0 : Math.max(0, Math.min(LARGEST, code)));
    }

    static double decode(short code) {
        if (code == GAP) {
            return Double.NaN;
        }
        int positive = code & 0xFFFF;
        return positive == 0
                ? 0
                : Float.intBitsToFloat((positive - 1 + ((FLOAT_BIAS + LOWEST_EXPONENT) << MANTISSA_BITS)) << DROPPED);
    }
}
