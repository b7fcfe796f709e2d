// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import java.util.concurrent.Semaphore;

/** Permits whose number follows the configuration. Fair: who waits longest is next. */
final class ResizableSemaphore extends Semaphore {
    private static final long serialVersionUID = 1L;

    private int size;

    ResizableSemaphore(int size) {
        super(size, true);
        this.size = size;
    }

    /** Permits in use stay in use; fewer permits take effect as they come back. */
    synchronized void resize(int newSize) {
        if (newSize > size) {
            release(newSize - size);
        } else if (newSize < size) {
            reducePermits(size - newSize);
        }
        size = newSize;
    }
}
