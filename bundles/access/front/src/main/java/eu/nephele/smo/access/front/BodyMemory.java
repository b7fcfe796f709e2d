// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.core.contract.access.ClientNetwork;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory budget for the bodies of all requests, from their first byte until they are answered. Who sends is not known yet, so those of one
 * network get half of it at most: nobody alone can leave nothing to others.
 */
final class BodyMemory {

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();
    private final Map<ClientNetwork, Long> byNetwork = new ConcurrentHashMap<>();

    BodyMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @param network of the client */
    MemoryShare share(ClientNetwork network) {
        return new MemoryShare(network);
    }

    long usedBytes() {
        return used.get();
    }

    /** Memory reserved by one request, released at its end. */
    final class MemoryShare {

        private final ClientNetwork network;
        private long taken;
        private boolean ended;

        MemoryShare(ClientNetwork network) {
            this.network = network;
        }

        /** @return false when the amount is not available; nothing is reserved then */
        synchronized boolean take(long bytes) {
            if (ended) {
                return false;
            }
            long ofNetwork = byNetwork.merge(network, bytes, Long::sum);
            if (used.addAndGet(bytes) > maxBytes || ofNetwork > maxBytes / 2) {
                back(bytes);
                return false;
            }
            taken += bytes;
            return true;
        }

        private void back(long bytes) {
            used.addAndGet(-bytes);
            byNetwork.computeIfPresent(network, (any, all) -> all > bytes ? all - bytes : null);
        }

        synchronized void giveBack() {
            ended = true;
            back(taken);
            taken = 0;
        }
    }
}
