// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

final class ProgressPoller {

    private static final long LOOK_MILLIS = 250;
    private static final int TENTHS = 10;

    private final DoneCounter done;
    private final int all;
    private final long patienceSeconds;
    private final List<PolledProgress> seen = new ArrayList<>();

    interface DoneCounter {

        long count() throws IOException, InterruptedException;
    }

    private record PolledProgress(double seconds, long done) {}

    /** @param patienceSeconds longest wait for the next item */
    ProgressPoller(DoneCounter done, int all, long patienceSeconds) {
        this.done = done;
        this.all = all;
        this.patienceSeconds = patienceSeconds;
    }

    /**
     * Returns when all are done, or after too long without progress.
     *
     * @param beginNanos when the work was begun, on the clock of {@link System#nanoTime()}
     */
    boolean await(long beginNanos) throws IOException, InterruptedException {
        long before = -1;
        long changed = System.nanoTime();
        while (true) {
            long now = done.count();
            seen.add(new PolledProgress((System.nanoTime() - beginNanos) / 1e9, now));
            if (now >= all) {
                return true;
            }
            if (now != before) {
                before = now;
                changed = System.nanoTime();
            } else if (System.nanoTime() - changed > TimeUnit.SECONDS.toNanos(patienceSeconds)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    long done() {
        return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).done;
    }

    double seconds() {
        return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).seconds;
    }

    double perSecond() {
        return done() / seconds();
    }

    /** Rate without the first tenth, in which a new server is still slow. */
    double perSecondBehindFirstTenth() {
        return (done() - all / (double) TENTHS) / (seconds() - at(all / TENTHS));
    }

    double perSecondInFirstTenth() {
        return all / (double) TENTHS / at(all / TENTHS);
    }

    double perSecondInLastTenth() {
        return all / (double) TENTHS / (seconds() - at(all - all / TENTHS));
    }

    /** Time at which that many were done, interpolated between two polls. */
    private double at(long wanted) {
        PolledProgress before = new PolledProgress(0, 0);
        for (PolledProgress look : seen) {
            if (look.done >= wanted) {
                double share = (double) (wanted - before.done) / Math.max(1, look.done - before.done);
                return before.seconds + share * (look.seconds - before.seconds);
            }
            before = look;
        }
        return before.seconds;
    }
}
