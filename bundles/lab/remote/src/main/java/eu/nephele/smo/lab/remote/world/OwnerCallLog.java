// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Log of callers, as each call identifies itself: the holder of a lease, its epoch, and the time at which the call began. A
 * write with a lower epoch than the highest seen comes from a former owner; one without an epoch, after one with it, comes from
 * a process that does not own the database. A write that began during its lease and before the first call of the successor is
 * late: its process stalled between its last check and the network. All of them are executed and counted, because a refusal
 * would hide them. Thread-safe.
 */
final class OwnerCallLog {

    private static final Set<String> WRITES = Set.of("PUT", "DELETE");
    private static final int REMEMBERED = 20;

    private final Clock clock;
    private final Map<Long, Long> byEpoch = new TreeMap<>();
    /** When the first call of an epoch came, in milliseconds. */
    private final TreeMap<Long, Long> firstCalls = new TreeMap<>();

    private final List<String> first = new ArrayList<>();
    private long former;
    private long late;
    private long nobodys;

    OwnerCallLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void called(String method, String path, CallingServer caller) {
        boolean write = WRITES.contains(method);
        if (caller.epoch().isEmpty()) {
            if (write && !firstCalls.isEmpty()) {
                nobodys++;
                remember("%s %s without an epoch, after epoch %d".formatted(method, path, firstCalls.lastKey()));
            }
            return;
        }
        long epoch = caller.epoch().get();
        firstCalls.putIfAbsent(epoch, clock.millis());
        if (!write) {
            return;
        }
        byEpoch.merge(epoch, 1L, Long::sum);
        Optional<Long> successor =
                firstCalls.tailMap(epoch, false).values().stream().min(Long::compare);
        boolean begunInTime = caller.leftNanos() > 0
                && successor.filter(at -> caller.begunMillis() > at).isEmpty();
        if (!begunInTime) {
            former++;
            remember("%s %s of %s, epoch %d, begun when it no longer owned the database"
                    .formatted(method, path, caller.holder(), epoch));
        } else if (successor.isPresent()) {
            late++;
        }
    }

    // guarded by this
    private void remember(String what) {
        if (first.size() < REMEMBERED) {
            first.add(what);
        }
    }

    synchronized OwnerReport report() {
        return new OwnerReport(firstCalls.isEmpty() ? 0 : firstCalls.lastKey(), byEpoch, former, late, nobodys, first);
    }
}
