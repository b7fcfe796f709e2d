// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import java.util.List;

/**
 * What many decisions have seen alike.
 *
 * @param clusters nothing is free on any of them and none is occupied: that is of one decision
 * @param latencies those that are known
 */
record Federation(List<ClusterCapacity> clusters, List<Latency> latencies) {

    private static final long BYTES_PER_CLUSTER = 1_000;
    private static final long BYTES_PER_LABEL = 300;
    private static final long BYTES_PER_FORECAST_POINT = 80;
    private static final long BYTES_PER_LATENCY = 40;

    /**
     * @param from index of a cluster
     * @param to index of another one
     * @param millis on the way, in ms
     */
    record Latency(int from, int to, double millis) {}

    Federation {
        clusters = List.copyOf(clusters);
        latencies = List.copyOf(latencies);
    }

    /** About how many bytes of the heap it takes; no less than it does. */
    long bytes() {
        return clusters.stream().mapToLong(Federation::bytes).sum() + BYTES_PER_LATENCY * latencies.size();
    }

    private static long bytes(ClusterCapacity cluster) {
        return BYTES_PER_CLUSTER
                + BYTES_PER_LABEL * cluster.labels().size()
                + BYTES_PER_FORECAST_POINT * cluster.signals().forecast().size();
    }
}
