// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.api.model.ClusterId;
import java.time.Duration;
import java.util.Optional;

/** Unhealthy replicas of one service are replaced one at a time over all servers, with growing pauses. */
final class Replacements {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A server that went away in the middle of a replacement keeps the others no longer. */
    private static final long HELD_NANOS = Duration.ofMinutes(15).toNanos();

    private Optional<ClusterId> busy = Optional.empty();
    private long busyNanos = System.nanoTime();
    private GrowingPause pause = GrowingPause.none(System.nanoTime());

    synchronized boolean mayReplace(ClusterId server) {
        long now = System.nanoTime();
        boolean free = busy.map(server::equals).orElse(true) || now - busyNanos > HELD_NANOS;
        return free && pause.isOver(now);
    }

    /** @param interval pause after the first one */
    synchronized void begun(ClusterId server, Duration interval) {
        busy = Optional.of(server);
        busyNanos = System.nanoTime();
        pause = pause.next(System.nanoTime(), interval, LONGEST.compareTo(interval) < 0 ? interval : LONGEST);
    }

    /** Nothing is unhealthy there (any more). */
    synchronized void ended(ClusterId server) {
        if (busy.filter(server::equals).isPresent()) {
            busy = Optional.empty();
        }
    }
}
