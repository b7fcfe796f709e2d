// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import java.util.Locale;

/** Figures in words. */
final class Amounts {

    private Amounts() {}

    /** At most three decimals, none where they say nothing. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
