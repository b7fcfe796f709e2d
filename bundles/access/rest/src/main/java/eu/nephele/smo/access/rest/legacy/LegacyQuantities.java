// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import eu.nephele.smo.api.model.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Amounts as the reference writes them. */
final class LegacyQuantities {

    private static final long KIB = 1024;
    private static final long MIB = KIB * 1024;
    private static final long GIB = MIB * 1024;

    /** Units of descriptors, the preferred one first. */
    private static final List<Unit> EXACT = List.of(
            new Unit("GiB", GIB),
            new Unit("MiB", MIB),
            new Unit("GB", 1_000_000_000),
            new Unit("MB", 1_000_000),
            new Unit("KiB", KIB));

    private static final List<Unit> BINARY = List.of(new Unit("GiB", GIB), new Unit("MiB", MIB), new Unit("KiB", KIB));

    private record Unit(String name, long bytes) {}

    private LegacyQuantities() {}

    /** {@code 500MiB}, {@code 10GB}: in the first unit that divides it; plain bytes when none does. */
    static String exact(long bytes) {
        return EXACT.stream()
                .filter(unit -> bytes != 0 && bytes % unit.bytes() == 0)
                .findFirst()
                .map(unit -> bytes / unit.bytes() + unit.name())
                .orElseGet(() -> Long.toString(bytes));
    }

    /** {@code 48.00 GiB}: in the largest binary unit of which there is one at least, with two decimals. */
    static String display(long bytes) {
        if (bytes == 0) {
            return "0 Bytes";
        }
        return BINARY.stream()
                .filter(unit -> bytes >= unit.bytes())
                .findFirst()
                .map(unit -> String.format(Locale.ROOT, "%.2f %s", (double) bytes / unit.bytes(), unit.name()))
                .orElseGet(() -> String.format(Locale.ROOT, "%.2f Bytes", (double) bytes));
    }

    static double cores(Resources amount) {
        return amount.cpuMillis() / 1000.0;
    }

    /** A Prometheus duration, {@code 1h30m}; {@code 0s} for none. */
    static String prometheus(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
