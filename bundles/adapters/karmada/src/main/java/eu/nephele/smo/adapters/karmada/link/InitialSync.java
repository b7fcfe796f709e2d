// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread fulfils. */
final class InitialSync {

    private static final long PAUSE_MILLIS = 20;

    private InitialSync() {}

    /** @param deadlineNanos of {@link System#nanoTime()}: not longer; also ends when the thread is interrupted */
    static void until(BooleanSupplier there, long deadlineNanos) {
        while (!there.getAsBoolean() && System.nanoTime() - deadlineNanos < 0) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
