// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

final class PageFormats {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int FEW = 5;

    private PageFormats() {}

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    static String share(long part, long whole) {
        return whole == 0 ? "–" : "%d of %d (%d %%)".formatted(part, whole, Math.round(100.0 * part / whole));
    }

    /** The first items, and the number of the others. */
    static String few(List<String> all) {
        if (all.isEmpty()) {
            return "–";
        }
        String shown = String.join(", ", all.subList(0, Math.min(FEW, all.size())));
        return all.size() > FEW ? "%s and %d more".formatted(shown, all.size() - FEW) : shown;
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
