// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Pauses of commands that look again and again. */
final class Pauses {

    private Pauses() {}

    /** Whether the pause was as long as wished; not when the command is to end. */
    static boolean pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
