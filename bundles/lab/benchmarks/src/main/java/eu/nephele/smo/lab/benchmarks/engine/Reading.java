// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the server's process has used so far, and how its graphs are.
 *
 * @param nanos on the clock of {@link System#nanoTime()}
 * @param cpuMillis processor time of all its threads, user and system
 * @param residentMegabytes now
 * @param metrics its own counts, by name and labels as in the text format of Prometheus
 */
record Reading(long nanos, long cpuMillis, long residentMegabytes, Metrics metrics) {

    /** Linux counts processor time in hundredths of a second, whatever its own clock is. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int KILO = 1024;

    /** @throws IOException when there is no such process, or no {@code /proc} */
    static Reading of(long pid, Metrics metrics) throws IOException {
        return new Reading(System.nanoTime(), cpuMillis(pid), residentMegabytes(pid), metrics);
    }

    /** Processor time of a process. */
    static long cpuMillis(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
        // the name of the command may have blanks in it
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MILLIS_PER_TICK;
    }

    static long residentMegabytes(long pid) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/%d/status".formatted(pid)));
        String line = lines.stream()
                .filter(it -> it.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow(() -> new IOException("The server has ended"));
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / KILO;
    }

    double secondsSince(Reading before) {
        return (nanos - before.nanos) / 1e9;
    }

    double cpuMillisSince(Reading before) {
        return cpuMillis - before.cpuMillis;
    }
}
