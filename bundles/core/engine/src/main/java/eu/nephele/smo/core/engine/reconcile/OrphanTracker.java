// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.TombstoneStore;
import eu.nephele.smo.core.contract.store.TombstoneStore.Tombstone;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orphans: objects outside without a desired state, since when they are known, and whether their grace is over. */
final class OrphanTracker {

    /** Subject of a tombstone. */
    private record Thing(WorkloadRef workload, String kind) {

        static Thing from(Tombstone tombstone) {
            return new Thing(tombstone.workload(), tombstone.kind());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(OrphanTracker.class);

    private final TombstoneStore tombstones;
    private final Duration grace;
    private final Clock clock;
    private final SeenTime time;
    /** Begins anew with each start, because only seen time ends a grace. Seen time when each was found. */
    private final Map<Thing, Duration> since = new ConcurrentHashMap<>();

    /** @param time that the grace is counted by; the clock is only for instants */
    OrphanTracker(TombstoneStore tombstones, Duration grace, Clock clock, SeenTime time) {
        this.tombstones = tombstones;
        this.grace = grace;
        this.clock = clock;
        this.time = time;
    }

    /** Returns whether this process has seen the grace pass; what a former one has found is found now. */
    private boolean isOver(Thing thing) {
        Duration from = since.computeIfAbsent(thing, any -> time.now());
        return time.since(from).compareTo(grace) >= 0;
    }

    Tombstone create(WorkloadRef workload, String kind) {
        return new Tombstone(workload, kind, clock.instant());
    }

    /**
     * @param dead all objects that no graph claims now
     * @param kinds the kinds that were listed: others are unknown
     * @return objects without an owner for as long as the grace
     */
    List<Tombstone> found(Set<Tombstone> dead, Set<String> kinds) {
        List<Tombstone> due = new ArrayList<>();
        for (Tombstone known : tombstones.list()) {
            boolean looked = kinds.contains(known.kind());
            Thing thing = Thing.from(known);
            boolean still = dead.removeIf(each -> Thing.from(each).equals(thing));
            if (looked && !still) {
                gone(known);
            } else if (still && isOver(thing)) {
                due.add(known);
            }
        }
        dead.forEach(each -> {
            LOG.warn(
                    "orphan found workload={} kind={}; it is removed in {} s unless a graph claims it",
                    each.workload(),
                    each.kind(),
                    grace.toSeconds());
            tombstones.put(each);
            since.put(Thing.from(each), time.now());
        });
        return due;
    }

    /** It was removed, or a graph claims it after all. */
    void gone(Tombstone tombstone) {
        tombstones.delete(tombstone);
        since.remove(Thing.from(tombstone));
    }
}
