// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Usage of the server's process so far, and the state of its graphs.
 *
 * @param nanos on the clock of {@link System#nanoTime()}
 * @param cpuMillis processor time of all its threads, user and system
 * @param databaseCpuMillis processor time of a database server; 0 without one
 * @param metrics its own metrics, by name and labels as in the text format of Prometheus
 */
public record UsageReading(
        long nanos, long cpuMillis, long residentMegabytes, long databaseCpuMillis, Metrics metrics) {

    /** Linux counts processor time in hundredths of a second, whatever its own clock is. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;
    private static final int KILO = 1024;
    private static final int PERCENT = 100;
    private static final int MILLIS_PER_SECOND = 1000;

    /** @throws IOException without such a process, or without {@code /proc} */
    public static UsageReading create(long pid, long databaseCpuMillis, Metrics metrics) throws IOException {
        return new UsageReading(System.nanoTime(), cpuMillis(pid), residentMegabytes(pid), databaseCpuMillis, metrics);
    }

    public static long cpuMillis(long pid) throws IOException {
        String[] fields = stat(pid);
        return ticks(fields, UTIME, STIME) * MILLIS_PER_TICK;
    }

    public static long ownCpuMillis() throws IOException {
        return cpuMillis(ProcessHandle.current().pid());
    }

    /** Processor time of a process and of its children, ended ones included. */
    public static long cpuMillisOfFamily(long pid) throws IOException {
        long ticks = ticks(stat(pid), UTIME, STIME, CUTIME, CSTIME);
        for (ProcessHandle child :
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).toList()) {
            ticks += ticksOfChild(child.pid());
        }
        return ticks * MILLIS_PER_TICK;
    }

    private static long ticksOfChild(long pid) throws IOException {
        try {
            return ticks(stat(pid), UTIME, STIME);
        } catch (NoSuchFileException e) {
            // it ended meanwhile: its parent has its time
            return 0;
        }
    }

    private static String[] stat(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
        // the name of the command may have blanks in it
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    private static long ticks(String[] fields, int... which) {
        return IntStream.of(which)
                .mapToLong(field -> Long.parseLong(fields[field]))
                .sum();
    }

    public static long residentMegabytes(long pid) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/%d/status".formatted(pid)));
        String line = lines.stream()
                .filter(it -> it.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow(() -> new IOException("The server has ended"));
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / KILO;
    }

    public double secondsSince(UsageReading before) {
        return (nanos - before.nanos) / 1e9;
    }

    public double cpuMillisSince(UsageReading before) {
        return cpuMillis - before.cpuMillis;
    }

    public double percentOfACoreSince(UsageReading before) {
        return PERCENT * cpuMillisSince(before) / MILLIS_PER_SECOND / secondsSince(before);
    }
}
