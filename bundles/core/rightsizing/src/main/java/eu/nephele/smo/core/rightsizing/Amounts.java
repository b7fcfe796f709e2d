// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Amounts for people. */
final class Amounts {

    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Amounts() {}

    /** Three digits. */
    static String number(double amount) {
        return BigDecimal.valueOf(amount).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
