// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * @param owners numbers of owners, one row each
 * @param sensitivity whether each parameter is varied to measure its influence
 * @param runs file with lines of {@code bench engine --json}; empty: those of the program
 */
record ScaleOptions(
        List<Integer> owners,
        Size size,
        boolean sensitivity,
        Map<String, Double> changes,
        Optional<Path> runs,
        long seed) {

    private static final int MOST_OWNERS = 256;

    ScaleOptions {
        owners = List.copyOf(owners);
        changes = Map.copyOf(changes);
        if (owners.stream().anyMatch(number -> number < 1 || number > MOST_OWNERS)) {
            throw new IllegalArgumentException("--owners: each is between 1 and " + MOST_OWNERS);
        }
    }

    /**
     * @param services number of services of all graphs together
     * @param perGraph services of each
     * @param clusters of all regions together
     * @param databases that regions are divided among
     */
    record Size(int services, int perGraph, int clusters, int databases) {

        Size {
            if (perGraph < 1 || services < perGraph || clusters < 1 || databases < 1) {
                throw new IllegalArgumentException("services, clusters and databases are 1 or more");
            }
        }

        int graphs() {
            return services / perGraph;
        }
    }
}
