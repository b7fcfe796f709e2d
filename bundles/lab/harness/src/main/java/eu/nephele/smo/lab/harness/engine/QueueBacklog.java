// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A queue that fills at once and is worked off. One thread polls, another one waits. */
final class QueueBacklog {

    /** Number below which it is not a backlog: requests of a person wait in the same queue meanwhile. */
    private static final int FEW = 16;

    private static final int PERCENT = 100;
    /** Time without an observed backlog after which it counts as worked off before the first poll. */
    private static final double UNSEEN_SECONDS = 3;

    private final long few;
    private final CountDownLatch through = new CountDownLatch(1);
    private volatile long most;
    private volatile double throughSeconds;

    /** @param all number of due items; the queue is worked off when a hundredth of them is left */
    QueueBacklog(int all) {
        this.few = Math.max(FEW, all / PERCENT);
    }

    /** @param seconds since the queue was filled */
    void record(double seconds, long queued) {
        most = Math.max(most, queued);
        boolean seen = most > few || seconds > UNSEEN_SECONDS;
        if (seen && queued <= few && !isThrough()) {
            throughSeconds = seconds;
            through.countDown();
        }
    }

    boolean isThrough() {
        return through.getCount() == 0;
    }

    void awaitThrough() throws InterruptedException {
        through.await(BenchChange.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The longest observed length. */
    long most() {
        return most;
    }

    /** Time at which it was worked off; 0 before. */
    double throughSeconds() {
        return throughSeconds;
    }
}
