// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The calls that are inside a part of the server now. A part that stops, because it is exchanged or configured again,
 * rejects new calls and lets those inside end: their writes are stored before the successor reads, and their bundle is
 * still there while they need it.
 */
public final class ShutdownGate {

    /** The part itself is one party: while it is there, the count of parties that have not arrived is never 0. */
    private final Phaser inside = new Phaser(1);

    private final AtomicBoolean closed = new AtomicBoolean();

    /** @return false when the part stops: the call must be rejected, and does not {@link #leave()} */
    public boolean enter() {
        return !closed.get() && inside.register() >= 0;
    }

    /** Once for each call that has entered. */
    public void leave() {
        inside.arriveAndDeregister();
    }

    /** Returns whether the part goes: who waits inside for something else has to stop waiting. */
    public boolean isClosed() {
        return closed.get();
    }

    /** Rejects new calls. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            inside.arriveAndDeregister();
        }
    }

    /**
     * Waits for those inside, after {@link #close()}.
     *
     * @return how many are still inside after that time, or when the thread is interrupted, which it stays
     */
    public int awaitLast(Duration atMost) {
        try {
            inside.awaitAdvanceInterruptibly(0, atMost.toMillis(), TimeUnit.MILLISECONDS);
            return 0;
        } catch (TimeoutException slow) {
            return inside.getRegisteredParties();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return inside.getRegisteredParties();
        }
    }
}
