// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.model.ContainerSpec.Health;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.time.Duration;

/**
 * What is known of the health of one running replica: so many good answers in a row make it ready, so many bad ones
 * unhealthy, and bad
 * ones of the first while do not count.
 *
 * @param presumed whether it ran before this adapter did, so that requests may go to it until the first answer says
 *     otherwise
 * @param good answers in a row
 * @param bad answers in a row
 * @param sinceNanos when it was first seen running
 */
record ReplicaHealth(ReplicaPhase phase, boolean presumed, int good, int bad, long sinceNanos) {

    /** Requests may wait for a replica that has just begun, and most begin within a moment. */
    private static final Duration BEGINNING = Duration.ofSeconds(5);

    private static final Duration WHEN_BEGUN = Duration.ofMillis(200);

    /** Somebody waits for a replica that starts, and bad answers cost it nothing. */
    private static final Duration WHILE_STARTING = Duration.ofSeconds(1);

    static ReplicaHealth begun(boolean presumed, long nowNanos) {
        return new ReplicaHealth(ReplicaPhase.STARTING, presumed, 0, 0, nowNanos);
    }

    ReplicaHealth answered(boolean well, Health health, long nowNanos) {
        if (well) {
            boolean ready = phase == ReplicaPhase.READY || presumed || good + 1 >= health.rise();
            return new ReplicaHealth(
                    ready ? ReplicaPhase.READY : phase, false, Math.min(good + 1, health.rise()), 0, sinceNanos);
        }
        int counted = isBeginning(health, nowNanos) ? 0 : Math.min(bad + 1, health.fall());
        boolean fallen = counted >= health.fall();
        return new ReplicaHealth(fallen ? ReplicaPhase.UNHEALTHY : phase, presumed && !fallen, 0, counted, sinceNanos);
    }

    /** Between two questions: the interval, or less while a replica starts that is well, or need not be yet. */
    Duration pause(Health health, long nowNanos) {
        boolean soon = phase == ReplicaPhase.STARTING
                && !presumed
                && bad == 0
                && (good > 0 || nowNanos - sinceNanos < health.grace().toNanos());
        Duration often = nowNanos - sinceNanos < BEGINNING.toNanos() ? WHEN_BEGUN : WHILE_STARTING;
        return soon && health.interval().compareTo(often) > 0 ? often : health.interval();
    }

    /** Whether bad answers do not count yet. */
    private boolean isBeginning(Health health, long nowNanos) {
        return phase == ReplicaPhase.STARTING
                && !presumed
                && nowNanos - sinceNanos < health.grace().toNanos();
    }

    /** Whether requests may be sent to it. */
    boolean serves() {
        return phase == ReplicaPhase.READY || presumed;
    }
}
