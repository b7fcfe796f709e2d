// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A queue that fills at once and is worked off. One looks, another one waits. */
final class QueueBacklog {

    /** So few are not a backlog: what a person asks for meanwhile waits in the same queue. */
    private static final int FEW = 16;

    private static final int PERCENT = 100;
    /** It is taken for worked off before anybody looked when it is not seen that long. */
    private static final double UNSEEN_SECONDS = 3;

    private final long few;
    private final CountDownLatch through = new CountDownLatch(1);
    private volatile long most;
    private volatile double throughSeconds;

    /** @param all that are due; it is worked off when a hundredth of them is left */
    QueueBacklog(int all) {
        this.few = Math.max(FEW, all / PERCENT);
    }

    /**
     * @param seconds since it was filled
     * @param queued now
     */
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

    /** Waits until it is worked off, with a limit. */
    void awaitThrough() throws InterruptedException {
        through.await(BenchChange.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The longest that was seen. */
    long most() {
        return most;
    }

    /** When it was worked off; 0 as long as it is not. */
    double throughSeconds() {
        return throughSeconds;
    }
}
