// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Processes of servers that have been killed: none may live on. Thread-safe. */
final class Workers {

    private final List<ProcessHandle> left = new ArrayList<>();
    private final AtomicLong longestNanos = new AtomicLong();

    /** @param processes whose server has been killed just now */
    synchronized void killed(List<ProcessHandle> processes) {
        long now = System.nanoTime();
        for (ProcessHandle process : processes) {
            left.add(process);
            process.onExit().thenRun(() -> longestNanos.accumulateAndGet(System.nanoTime() - now, Math::max));
        }
    }

    /** How long one has lived on at most. */
    long longestMillis() {
        return Duration.ofNanos(longestNanos.get()).toMillis();
    }

    /** Those that still do. */
    synchronized List<Finding> findings() {
        left.removeIf(process -> !process.isAlive());
        return left.stream()
                .map(process -> Finding.orphaned(
                        "process " + process.pid(),
                        "ends with its server",
                        process.info().command().orElse("alive")))
                .toList();
    }
}
