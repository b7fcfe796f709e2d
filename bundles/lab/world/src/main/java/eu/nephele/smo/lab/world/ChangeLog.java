// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Numbers what changes, so that readers who went away can go on where they were. Remembers the last ones only. */
final class ChangeLog {

    private final int capacity;
    private final Deque<Optional<WorkloadRef>> entries = new ArrayDeque<>();
    private long last;

    /**
     * @param next number after the last one told
     * @param missed whether some were forgotten, or the number is not of this log
     * @param membership whether clusters changed
     */
    record News(long next, boolean missed, boolean membership, Set<WorkloadRef> workloads) {}

    ChangeLog(int capacity) {
        this.capacity = capacity;
    }

    void workloadChanged(WorkloadRef ref) {
        add(Optional.of(ref));
    }

    void clustersChanged() {
        add(Optional.empty());
    }

    private synchronized void add(Optional<WorkloadRef> change) {
        entries.addLast(change);
        last++;
        if (entries.size() > capacity) {
            entries.removeFirst();
        }
        notifyAll();
    }

    /** What came after a number; waits for the first such change if there is none yet. */
    synchronized News since(long number, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); number == last && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        long forgotten = last - entries.size();
        if (number < forgotten || number > last) {
            return new News(last, true, true, Set.of());
        }
        boolean membership = false;
        Set<WorkloadRef> workloads = new LinkedHashSet<>();
        for (Optional<WorkloadRef> entry :
                entries.stream().skip(number - forgotten).toList()) {
            membership |= entry.isEmpty();
            entry.ifPresent(workloads::add);
        }
        return new News(last, false, membership, workloads);
    }
}
