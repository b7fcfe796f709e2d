// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

/**
 * @param graphs number of graphs
 * @param services of each graph
 * @param maxMoves budget of services that move
 * @param seconds time for the search
 * @param seed of the fleet
 */
record FleetOptions(int graphs, int services, int clusters, int maxMoves, int seconds, long seed) {

    private static final int MOST_SECONDS = 600;
    private static final long MOST_SERVICES = 1_000_000;

    FleetOptions {
        if (graphs < 1 || services < 1 || clusters < 1) {
            throw new IllegalArgumentException("--graphs, --services and --clusters are 1 or more");
        }
        if ((long) graphs * services > MOST_SERVICES) {
            throw new IllegalArgumentException("--graphs times --services is at most %d, not %d"
                    .formatted(MOST_SERVICES, (long) graphs * services));
        }
        if (maxMoves < 0) {
            throw new IllegalArgumentException("--max-moves is 0 or more, not " + maxMoves);
        }
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "--seconds is between 1 and %d, not %d".formatted(MOST_SECONDS, seconds));
        }
    }
}
