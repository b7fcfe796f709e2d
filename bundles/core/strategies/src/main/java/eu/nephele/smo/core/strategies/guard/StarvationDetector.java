// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import java.lang.Thread.State;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * Checks whether the wall-clock limit has ended a call because the machine was too busy to run it, or the process was stopped.
 * Such a call is abandoned as any other, but its service is not ejected: an overloaded machine would eject the
 * product's own handlers one after the other.
 */
final class StarvationDetector {
    /** Divisor of the elapsed time: a thread with a smaller share of a processor has hardly been run. */
    private static final int SHARE = 8;

    /** So many threads per processor want to run on a machine that is too busy. */
    private static final double CROWD = 2;

    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

    /**
     * @param state of the thread; one that waits or sleeps does so by itself
     * @param stalledNanos for how long the process stood still or had no core to check the call
     */
    boolean explains(State state, long processorNanos, long stalledNanos, long elapsedNanos) {
        double perProcessor =
                system.getSystemLoadAverage() / Runtime.getRuntime().availableProcessors();
        return explains(state, processorNanos, elapsedNanos, perProcessor) || stalledNanos > elapsedNanos / 2;
    }

    static boolean explains(State state, long processorNanos, long elapsedNanos, double loadPerProcessor) {
        return state == State.RUNNABLE
                && processorNanos >= 0
                && processorNanos < elapsedNanos / SHARE
                && loadPerProcessor > CROWD;
    }
}
