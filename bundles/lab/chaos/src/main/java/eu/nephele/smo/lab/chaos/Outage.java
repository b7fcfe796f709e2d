// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.io.IOException;

/**
 * Something outside that fails and comes back.
 *
 * @param what for people
 * @param end does nothing when it has not begun
 */
record Outage(String what, Act begin, Act end) {

    /** What is done to the world. */
    @FunctionalInterface
    interface Act {
        void happen() throws IOException, InterruptedException;
    }
}
