// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures how much memory a thread has allocated, where this Java runtime supports it. */
interface AllocationMeter {
    /** @return bytes since the thread began; 0 when the runtime does not count them */
    long allocatedBytes(long threadId);

    static AllocationMeter find() {
        Logger log = LoggerFactory.getLogger(AllocationMeter.class);
        try {
            return OfHotSpot.find();
        } catch (LinkageError | RuntimeException e) {
            // an optional package, and an optional ability of the runtime
            log.info("allocation of strategies is not limited in this Java runtime reason=\"{}\"", e.toString());
            return threadId -> 0;
        }
    }

    /** In a class of its own, because the package it needs may be missing. */
    final class OfHotSpot implements AllocationMeter {
        private final ThreadMXBean threads;

        private OfHotSpot(ThreadMXBean threads) {
            this.threads = threads;
        }

        static AllocationMeter find() {
            if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                    && threads.isThreadAllocatedMemorySupported()
                    && threads.isThreadAllocatedMemoryEnabled()) {
                return new OfHotSpot(threads);
            }
            throw new UnsupportedOperationException("it does not count");
        }

        @Override
        public long allocatedBytes(long threadId) {
            return Math.max(0, threads.getThreadAllocatedBytes(threadId));
        }
    }
}
