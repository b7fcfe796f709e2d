// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.concurrent.atomic.AtomicLong;

/** Memory budget for the bodies of all requests, from their first byte until they are answered. */
final class BodyMemory {

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    BodyMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    MemoryShare share() {
        return new MemoryShare();
    }

    long usedBytes() {
        return used.get();
    }

    /** Memory reserved by one request, released at its end. */
    final class MemoryShare {

        private long taken;
        private boolean ended;

        /** @return false when the amount is not available; nothing is reserved then */
        synchronized boolean take(long bytes) {
            if (ended || used.addAndGet(bytes) > maxBytes) {
                used.addAndGet(ended ? 0 : -bytes);
                return false;
            }
            taken += bytes;
            return true;
        }

        synchronized void giveBack() {
            ended = true;
            used.addAndGet(-taken);
            taken = 0;
        }
    }
}
