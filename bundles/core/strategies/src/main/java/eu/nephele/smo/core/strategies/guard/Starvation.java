// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import java.lang.Thread.State;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;

/**
 * Whether a call ran out of time because the machine was too busy to run it. Such a call is given up as any other, but nobody is
 * ejected for it: an overloaded machine would take the product's own handlers away one after the other.
 */
final class Starvation {
    /** Who had less than this share of the time a processor has hardly been run. */
    private static final int SHARE = 8;

    /** So many threads per processor want to run on a machine that is too busy. */
    private static final double CROWD = 2;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

    /** Processor time of a thread so far, nanoseconds; -1 when nobody can tell. */
    long processorNanos(long threadId) {
        return threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads.getThreadCpuTime(threadId)
                : -1;
    }

    /**
     * @param state of the thread; one that waits or sleeps does so by itself
     * @param processorNanos processor time of the call, less than 0 when nobody can tell
     */
    boolean explains(State state, long processorNanos, long elapsedNanos) {
        double perProcessor =
                system.getSystemLoadAverage() / Runtime.getRuntime().availableProcessors();
        return explains(state, processorNanos, elapsedNanos, perProcessor);
    }

    static boolean explains(State state, long processorNanos, long elapsedNanos, double loadPerProcessor) {
        return state == State.RUNNABLE
                && processorNanos >= 0
                && processorNanos < elapsedNanos / SHARE
                && loadPerProcessor > CROWD;
    }
}
