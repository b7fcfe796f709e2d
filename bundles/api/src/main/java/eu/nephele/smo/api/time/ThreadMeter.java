// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.time;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * A thread as this Java runtime sees it.
 *
 * @param looksAtItself so that it cannot be seen to wait
 */
record ThreadMeter(Thread thread, boolean looksAtItself, ThreadMXBean threads) implements UsedTime.Meter {

    static ThreadMeter ofCurrentThread(boolean looksAtItself) {
        return new ThreadMeter(Thread.currentThread(), looksAtItself, ManagementFactory.getThreadMXBean());
    }

    @Override
    public long wallNanos() {
        return System.nanoTime();
    }

    @Override
    public long processorNanos() {
        long nanos = threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads.getThreadCpuTime(thread.getId())
                : -1;
        return nanos < 0 && thread.getState() == Thread.State.TERMINATED ? 0 : nanos;
    }

    /** One that reads from a socket or a file runs as far as Java can tell, and uses no processor time meanwhile. */
    @Override
    public boolean waits() {
        return looksAtItself
                || switch (thread.getState()) {
                    case BLOCKED, WAITING, TIMED_WAITING -> true;
                    case NEW, RUNNABLE, TERMINATED -> false;
                };
    }
}
