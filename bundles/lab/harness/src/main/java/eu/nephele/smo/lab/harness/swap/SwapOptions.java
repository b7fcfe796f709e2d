// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import java.util.List;

/**
 * Options of a run.
 *
 * @param seconds length of the run, 1 or more; of each half when a shadow is measured
 */
public record SwapOptions(SwapMode mode, int seconds, int leaks, int perSecond, List<String> server) {

    public enum SwapMode {
        /** decisions while plugins change */
        PAUSE,
        /** leaks of many changes */
        LEAKS,
        /** live decisions with and without a shadow */
        SHADOW
    }

    public SwapOptions {
        server = List.copyOf(server);
        if (seconds < 1 || leaks < 0 || perSecond < 1) {
            throw new IllegalArgumentException("seconds and rate are 1 or more, leaks 0 or more");
        }
    }
}
