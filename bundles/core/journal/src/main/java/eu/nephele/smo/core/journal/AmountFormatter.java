// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import java.math.BigDecimal;
import java.math.RoundingMode;

final class AmountFormatter {

    private static final int DECIMALS = 3;

    private AmountFormatter() {}

    /** At most three decimals, none for whole numbers. The value is a number, and finite. */
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
