// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import eu.nephele.smo.core.contract.health.HealthProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Probes whether timers tick and passes begin. */
public final class WorkProbe implements HealthProbe {

    /** Passes wait for outside systems that are silent, but not so long. */
    private static final Duration LONGEST_STUCK = Duration.ofSeconds(60);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final String part;
    private final List<ThreadScheduler> schedulers;
    private final WorkQueue<?> queue;

    /**
     * @param part whose work it is, lower case
     * @param schedulers all threads that it has
     */
    public WorkProbe(String part, List<ThreadScheduler> schedulers, WorkQueue<?> queue) {
        this.part = part;
        this.schedulers = List.copyOf(schedulers);
        this.queue = queue;
    }

    @Override
    public String part() {
        return part;
    }

    @Override
    public ProbeResult probe() {
        return threads(part, schedulers).orElseGet(this::passes);
    }

    private ProbeResult passes() {
        Duration stuck = queue.stuck();
        return stuck.compareTo(LONGEST_STUCK) > 0
                ? ProbeResult.unwell(
                        "%s: work is queued, and no pass has begun for %d s".formatted(part, stuck.toSeconds()))
                : ProbeResult.well("the %s is available".formatted(part));
    }

    /** Returns the problem of threads that only a restart mends; empty for none. */
    public static Optional<ProbeResult> threads(String part, List<ThreadScheduler> schedulers) {
        for (ThreadScheduler scheduler : schedulers) {
            if (!scheduler.broken().isEmpty()) {
                return Optional.of(ProbeResult.broken(scheduler.broken()));
            } else if (scheduler.silence().compareTo(LONGEST_SILENCE) > 0) {
                return Optional.of(ProbeResult.broken("the timers of the %s have been silent for %d s"
                        .formatted(part, scheduler.silence().toSeconds())));
            }
        }
        return Optional.empty();
    }
}
