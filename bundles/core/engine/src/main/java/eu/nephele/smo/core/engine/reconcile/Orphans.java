// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.TombstoneStore;
import eu.nephele.smo.core.contract.store.TombstoneStore.Tombstone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is outside and nobody wants: since when that is known of it, and whether its grace is over. */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private final TombstoneStore tombstones;
    private final Duration grace;
    private final Clock clock;

    Orphans(TombstoneStore tombstones, Duration grace, Clock clock) {
        this.tombstones = tombstones;
        this.grace = grace;
        this.clock = clock;
    }

    /** One that is found now. */
    Tombstone of(WorkloadRef workload, String kind) {
        return new Tombstone(workload, kind, clock.instant());
    }

    /**
     * Takes note of what was found.
     *
     * @param dead all that nobody wants now
     * @param kinds what was looked for: of the others nothing is known
     * @return those that nobody has wanted for as long as the grace
     */
    List<Tombstone> found(Set<Tombstone> dead, Set<String> kinds) {
        Instant now = clock.instant();
        List<Tombstone> due = new ArrayList<>();
        for (Tombstone known : tombstones.list()) {
            boolean looked = kinds.contains(known.kind());
            boolean still = dead.removeIf(found ->
                    found.workload().equals(known.workload()) && found.kind().equals(known.kind()));
            if (looked && !still) {
                tombstones.delete(known);
            } else if (known.foundAt().isAfter(now)) {
                // the clock was set back: the grace begins anew, it does not last until the clock shows that time again
                tombstones.delete(known);
                tombstones.put(new Tombstone(known.workload(), known.kind(), now));
            } else if (still && !known.foundAt().plus(grace).isAfter(now)) {
                due.add(known);
            }
        }
        dead.forEach(found -> {
            LOG.warn(
                    "workload={} {} has no owner; removed in {} s unless somebody wants it",
                    found.workload(),
                    found.kind(),
                    grace.toSeconds());
            tombstones.put(found);
        });
        return due;
    }

    /** It was removed, or somebody wants it after all. */
    void gone(Tombstone tombstone) {
        tombstones.delete(tombstone);
    }
}
