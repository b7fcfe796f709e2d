// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.time;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * A thread as this Java runtime sees it.
 *
 * @param looksAtItself so that it cannot be seen to wait
 * @param measured whether the runtime told the processor time of the thread while it ran
 */
record ThreadMeter(Thread thread, boolean looksAtItself, boolean measured, ThreadMXBean threads)
        implements UsedTime.Meter {

    static ThreadMeter ofCurrentThread(boolean looksAtItself) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Thread thread = Thread.currentThread();
        boolean measured = threads.isThreadCpuTimeSupported() && threads.getThreadCpuTime(thread.getId()) >= 0;
        return new ThreadMeter(thread, looksAtItself, measured, threads);
    }

    @Override
    public long wallNanos() {
        return System.nanoTime();
    }

    @Override
    public long processorNanos() {
        // an ending thread loses its processor time before its state says that it has ended
        return measured && threads.isThreadCpuTimeEnabled()
                ? Math.max(0, threads.getThreadCpuTime(thread.getId()))
                : -1;
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
