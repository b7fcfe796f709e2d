// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.command;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What figures were measured on, for people. */
public final class MachineText {

    private MachineText() {}

    public static String text() {
        return "%s with %d processors and Java %d"
                .formatted(
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature());
    }

    /** Returns the machine, and the load of the last minute; negative where the system tells none. */
    public static String textWithLoad() {
        return "%s, load %s".formatted(text(), String.format(Locale.ROOT, "%.1f", load()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
