// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Checks whether calls of a plug-in leave threads behind: any that runs its code, or more with every call. */
public final class ThreadCount {

    private static final int CALLS = 6;
    private static final long SETTLE_MILLIS = 1000;
    private static final String ADVICE =
            "\nA thread keeps the classes of its plug-in alive for ever. Compute on the calling thread, or end the thread before"
                    + " the call returns; a pool belongs to the component and ends in @Deactivate.";

    private ThreadCount() {}

    /**
     * Calls several times and compares.
     *
     * @throws FlawException when threads stay behind
     */
    public static String measure(ExaminationSession session, Runnable call) {
        LeftoverThreads leftovers = session.leftovers();
        call.run();
        int before = leftovers.started().size();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        for (long waited = 0; !isClean(leftovers, before) && waited < SETTLE_MILLIS; waited += 20) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        List<String> busy = leftovers.busy();
        if (!busy.isEmpty()) {
            throw new FlawException(
                    "Threads that its calls have started still run its code: %s%s".formatted(busy, ADVICE));
        }
        List<String> started = leftovers.started();
        if (started.size() > before) {
            throw new FlawException(
                    "%d calls left %d threads behind: %s%s".formatted(CALLS, started.size() - before, started, ADVICE));
        }
        return started.isEmpty() ? "none" : "%d idle ones, not more with every call".formatted(started.size());
    }

    private static boolean isClean(LeftoverThreads leftovers, int before) {
        return leftovers.busy().isEmpty() && leftovers.started().size() <= before;
    }
}
