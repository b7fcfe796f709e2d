// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The calls that are inside a part of the server now. A part that goes, because it is exchanged or configured anew, turns new
 * calls away and lets those inside end: what they store is then there before the successor reads it, and what they still need of
 * their bundle is still there.
 */
public final class ShutdownGate {

    /** The part itself is one party: while it is there, the count of parties that have not arrived is never 0. */
    private final Phaser inside = new Phaser(1);

    private final AtomicBoolean closed = new AtomicBoolean();

    /** @return false when the part goes: the call must be turned away, and does not {@link #leave()} */
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

    /** Turns new calls away. */
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
