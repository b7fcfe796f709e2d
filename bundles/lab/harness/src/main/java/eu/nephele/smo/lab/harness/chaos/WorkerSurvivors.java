// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Child processes of killed servers: none may live on. Thread-safe. */
final class WorkerSurvivors {

    /** Watchers that record the end of each process. */
    private final Map<ProcessHandle, Future<?>> left = new HashMap<>();

    private final AtomicLong longestNanos = new AtomicLong();

    /** @param processes whose server has been killed just now */
    synchronized void killed(List<ProcessHandle> processes) {
        long now = System.nanoTime();
        for (ProcessHandle process : processes) {
            left.put(
                    process,
                    process.onExit().thenRun(() -> longestNanos.accumulateAndGet(System.nanoTime() - now, Math::max)));
        }
    }

    long longestMillis() {
        return Duration.ofNanos(longestNanos.get()).toMillis();
    }

    synchronized List<ChaosFinding> findings() {
        left.keySet().removeIf(process -> !process.isAlive());
        return left.keySet().stream()
                .map(process -> ChaosFinding.orphaned(
                        "process " + process.pid(),
                        "ends with its server",
                        process.info().command().orElse("alive")))
                .toList();
    }
}
