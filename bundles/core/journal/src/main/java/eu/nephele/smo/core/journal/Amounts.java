// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.Resources;
import java.util.Locale;

/** Amounts of resources in words. */
final class Amounts {

    private static final double GIBI = 1024.0 * 1024 * 1024;

    private Amounts() {}

    /** For example {@code needs 8 cores, 3.5 free}. */
    static String text(String resource, long need, long free) {
        return switch (resource) {
            case Resources.CPU -> "needs %s cores, %s free".formatted(number(need / 1000.0), number(free / 1000.0));
            case Resources.MEMORY, Resources.STORAGE ->
                "needs %s GiB of %s, %s free".formatted(number(need / GIBI), resource, number(free / GIBI));
            case Resources.GPU -> "needs %d GPU, %d free".formatted(need, free);
            default -> "needs %d of %s, %d free".formatted(need, resource, free);
        };
    }

    /** At most three decimals, none where they say nothing. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
