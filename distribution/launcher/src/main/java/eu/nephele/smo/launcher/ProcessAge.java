// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Uptime of this process. */
final class ProcessAge {

    private static final int STATE_FIELD = 3;
    private static final int START_FIELD = 22;
    private static final int MILLIS_PER_TICK = 10;
    private static final int SECOND = 1_000;

    private ProcessAge() {}

    /**
     * On Linux, Java reports the start of a process with a precision of a second, because it adds the ticks since the
     * boot to a boot time in whole seconds; the kernel's own uptime is exact. It is not used where it contradicts Java,
     * as in containers with an uptime of their own.
     */
    static long millis() {
        Instant now = Instant.now();
        long known = Duration.between(
                        ProcessHandle.current().info().startInstant().orElse(now), now)
                .toMillis();
        try {
            long exact =
                    millis(Files.readString(Path.of("/proc/uptime")), Files.readString(Path.of("/proc/self/stat")));
            return exact >= 0 && Math.abs(exact - known) <= SECOND ? exact : known;
        } catch (IOException | NumberFormatException noLinux) {
            return known;
        }
    }

    /**
     * @param uptime text of {@code /proc/uptime}
     * @param stat text of {@code /proc/<process>/stat}; the name in parentheses may contain anything
     */
    static long millis(String uptime, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        double uptimeSeconds = Double.parseDouble(uptime.split(" ", 2)[0]);
        return Math.round(uptimeSeconds * SECOND) - Long.parseLong(fields[START_FIELD - STATE_FIELD]) * MILLIS_PER_TICK;
    }
}
