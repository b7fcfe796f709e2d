// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.engine.work.ThreadScheduler;
import eu.nephele.smo.core.engine.work.WorkQueue;
import java.time.Duration;
import java.util.List;

/** Looks whether timers tick and passes begin. */
final class EngineProbe implements HealthProbe {

    /** Passes wait for outside systems that are silent, but not so long. */
    private static final Duration LONGEST_STUCK = Duration.ofSeconds(60);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final List<ThreadScheduler> schedulers;
    private final WorkQueue<?> queue;

    /** @param schedulers all threads that the engine has */
    EngineProbe(List<ThreadScheduler> schedulers, WorkQueue<?> queue) {
        this.schedulers = List.copyOf(schedulers);
        this.queue = queue;
    }

    @Override
    public String part() {
        return "engine";
    }

    @Override
    public Finding look() {
        for (ThreadScheduler scheduler : schedulers) {
            if (!scheduler.broken().isEmpty()) {
                return Finding.broken(scheduler.broken());
            } else if (scheduler.silence().compareTo(LONGEST_SILENCE) > 0) {
                return Finding.broken("the timers of the engine have been silent for %d s"
                        .formatted(scheduler.silence().toSeconds()));
            }
        }
        Duration stuck = queue.stuck();
        return stuck.compareTo(LONGEST_STUCK) > 0
                ? Finding.unwell("graphs are queued, and no pass has begun for %d s".formatted(stuck.toSeconds()))
                : Finding.well("the engine is there");
    }
}
