// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.model.GraphId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Finds the graphs that have not run for a while: while one is updated, what is known of it stays. */
final class LongAbsence {

    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Supplier<Set<GraphId>> known;
    private final Predicate<GraphId> runs;
    private final Clock clock;
    /** Begins anew with each start, because what it forgets does. */
    private Set<GraphId> absent = Set.of();

    private Instant next;

    LongAbsence(Supplier<Set<GraphId>> known, Predicate<GraphId> runs, Clock clock) {
        this.known = known;
        this.runs = runs;
        this.clock = clock;
        this.next = clock.instant().plus(GRACE);
    }

    /** Looks now and then; returns whether it was time to. */
    boolean forget(Consumer<GraphId> forget) {
        Instant now = clock.instant();
        boolean setBack = next.isAfter(now.plus(GRACE));
        if (next.isAfter(now) && !setBack) {
            return false;
        }
        next = now.plus(GRACE);
        Set<GraphId> missing = new HashSet<>(known.get());
        missing.removeIf(runs);
        missing.stream().filter(absent::contains).forEach(forget);
        absent = missing;
        return true;
    }
}
