// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.time.Duration;

/**
 * @param strategy id of the placement strategy
 * @param maxMoves budget of services that move
 * @param budget time for the search
 * @param blockServices most services that are solved together
 * @param validity how long a plan can be applied
 * @param kept plans that are kept; the oldest goes first
 * @param atOnce steps of a plan that run at the same time
 */
public record FleetSettings(
        String strategy, int maxMoves, Duration budget, int blockServices, Duration validity, int kept, int atOnce) {

    /** The defaults of the configuration. */
    public static final FleetSettings STANDARD =
            new FleetSettings("auto", 50, Duration.ofSeconds(15), 2_000, Duration.ofMinutes(15), 20, 10);
}
