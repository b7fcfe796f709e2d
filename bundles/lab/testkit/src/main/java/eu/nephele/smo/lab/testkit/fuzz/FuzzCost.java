// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.lifecycle.FalsifiedSample;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;

/** What the inputs of one target have cost. */
final class FuzzCost {

    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final long MEGABYTE = 1L << 20;

    private final long begin = System.nanoTime();
    private final List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicLong mostAllocated = new AtomicLong();
    private final AtomicBoolean hung = new AtomicBoolean();

    FuzzCost() {
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    void add(Duration took, long allocatedBytes) {
        slowestNanos.accumulateAndGet(took.toNanos(), Math::max);
        mostAllocated.accumulateAndGet(allocatedBytes, Math::max);
    }

    void hang() {
        hung.set(true);
    }

    boolean hung() {
        return hung.get();
    }

    /** One line of JSON, which {@code ./smo fuzz} collects. */
    void write(String target, PropertyExecutionResult result) {
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        String line = String.format(
                Locale.ROOT,
                "{\"target\":\"%s\",\"seed\":\"%s\",\"cases\":%d,\"findings\":%d,\"seconds\":%.1f,"
                        + "\"slowestMillis\":%d,\"mostAllocatedMegabytes\":%d,\"peakHeapMegabytes\":%d}%n",
                target,
                result.seed().orElse(""),
                result.countTries(),
                result.status() == Status.FAILED ? 1 : 0,
                (System.nanoTime() - begin) / 1e9,
                slowestNanos.get() / 1_000_000,
                mostAllocated.get() / MEGABYTE,
                peak / MEGABYTE);
        try {
            Files.writeString(Files.createDirectories(FOLDER).resolve(target + ".json"), line);
            Path finding = FOLDER.resolve(target + ".txt");
            Files.deleteIfExists(finding);
            if (result.status() == Status.FAILED) {
                Files.writeString(finding, finding(target, result));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The smallest input, and what it has done. */
    private static String finding(String target, PropertyExecutionResult result) {
        List<Object> input = result.shrunkSample()
                .map(FalsifiedSample::parameters)
                .or(result::falsifiedParameters)
                .orElse(List.of());
        StringWriter text = new StringWriter();
        text.append(
                "%s, seed %s, case %d: %s%n".formatted(target, result.seed().orElse(""), result.countTries(), input));
        result.throwable().ifPresent(thrown -> thrown.printStackTrace(new PrintWriter(text, true)));
        return text.toString();
    }
}
