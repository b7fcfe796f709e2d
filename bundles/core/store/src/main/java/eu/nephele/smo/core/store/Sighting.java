// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A candidate's sighting of another server's lease, and since when it has been unchanged, by the candidate's own monotonic
 * clock: each renewal changes it. No clock of another machine decides about the end of a lease, so that no jumping clock makes
 * two owners, or keeps everybody out. Not thread-safe.
 */
final class Sighting {

    private final Duration own;
    private final LongSupplier nanos;
    private String version = "";
    private Duration lease;
    private long since;

    /** @param own lease of the candidate: used for an owner whose lease is unknown */
    Sighting(Duration own, LongSupplier nanos) {
        this.own = own;
        this.nanos = nanos;
        this.lease = own;
        this.since = nanos.getAsLong();
    }

    /**
     * Called after each poll: the row was written before, so that a whole lease from now on ends after that of its
     * owner.
     */
    boolean isOver(LeaseRow.SeenLease seen) {
        if (!version.equals(seen.version())) {
            version = seen.version();
            lease = seen.length().filter(it -> it.compareTo(own) > 0).orElse(own);
            since = nanos.getAsLong();
        }
        return rest().isZero();
    }

    /** Zero when it has been the same for long enough. */
    Duration rest() {
        Duration rest = lease.minusNanos(nanos.getAsLong() - since);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
