// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Numbers changes, so that readers can continue after an absence. Keeps the last ones only. A waiting reader
 * gets the changes of a moment together, so that a busy world does not answer per change.
 */
final class ChangeLog {

    private final int capacity;
    private final Gathering gathering;
    private final Deque<Optional<WorkloadRef>> entries = new ArrayDeque<>();
    private long last;

    /** Waits a moment for more changes. */
    interface Gathering {
        /** @param atMost longest wait of the reader */
        void pass(Duration atMost) throws InterruptedException;

        static Gathering of(Duration moment) {
            return atMost -> TimeUnit.NANOSECONDS.sleep(Math.min(moment.toNanos(), atMost.toNanos()));
        }
    }

    /**
     * @param next number after the last reported one
     * @param missed whether some were dropped, or the number is not of this log
     */
    record News(long next, boolean missed, boolean membership, Set<WorkloadRef> workloads) {}

    ChangeLog(int capacity, Gathering gathering) {
        this.capacity = capacity;
        this.gathering = gathering;
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

    News since(long number, Duration atMost) throws InterruptedException {
        if (awaitOther(number, atMost)) {
            gathering.pass(atMost);
        }
        return since(number);
    }

    /** Answer for a new reader: everything may have changed. */
    synchronized News everything() {
        return new News(last, true, true, Set.of());
    }

    /** @return whether a change is to be reported */
    private synchronized boolean awaitOther(long number, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); number == last && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return number != last;
    }

    private synchronized News since(long number) {
        if (number < last - entries.size() || number > last) {
            return everything();
        }
        boolean membership = false;
        Set<WorkloadRef> workloads = new LinkedHashSet<>();
        Iterator<Optional<WorkloadRef>> newestFirst = entries.descendingIterator();
        for (long untold = last - number; untold > 0; untold--) {
            Optional<WorkloadRef> entry = newestFirst.next();
            membership |= entry.isEmpty();
            entry.ifPresent(workloads::add);
        }
        return new News(last, false, membership, workloads);
    }
}
