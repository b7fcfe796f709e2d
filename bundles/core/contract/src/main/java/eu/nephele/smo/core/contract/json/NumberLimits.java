// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import java.util.Optional;

/**
 * Limits of numbers from outside. {@code 1e999999999} has eleven characters, and a program that writes it out, compares it or
 * makes it an integer needs a gigabyte: so the text is checked before anything reads the value.
 */
public final class NumberLimits {

    /** Most characters of a number, sign, point and exponent included. */
    public static final int MAX_CHARACTERS = 100;

    /** Largest exponent with either sign: that of a double. */
    public static final int MAX_EXPONENT = 308;

    private NumberLimits() {}

    /**
     * @param text a number as JSON or YAML writes it
     * @return why it is refused; empty when it is not
     */
    public static Optional<String> refusal(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return Optional.of(
                    "is a number of %d characters, the limit is %d".formatted(text.length(), MAX_CHARACTERS));
        }
        int exponent = text.startsWith("0x") ? -1 : Math.max(text.indexOf('e'), text.indexOf('E'));
        if (exponent < 0 || isSmall(text.substring(exponent + 1))) {
            return Optional.empty();
        }
        return Optional.of(
                "is the number %s; its exponent is limited to -%d to %d".formatted(text, MAX_EXPONENT, MAX_EXPONENT));
    }

    private static boolean isSmall(String exponent) {
        try {
            return Math.abs((long) Integer.parseInt(exponent)) <= MAX_EXPONENT;
        } catch (NumberFormatException muchLarger) {
            return false;
        }
    }
}
