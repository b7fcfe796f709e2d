// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.LatencyMatrix;
import java.util.List;

/**
 * Part of the inputs shared by many decisions.
 *
 * @param clusters nothing is free on any of them and none is occupied: that is of one decision
 * @param latencies between the clusters, in their order
 */
record SharedClusterSnapshot(List<ClusterCapacity> clusters, LatencyMatrix latencies) {

    private static final long BYTES_PER_CLUSTER = 1_000;
    private static final long BYTES_PER_LABEL = 300;
    private static final long BYTES_PER_FORECAST_POINT = 80;

    SharedClusterSnapshot {
        clusters = List.copyOf(clusters);
    }

    /** About how many bytes of the heap it takes; no less than it does. */
    long bytes() {
        long pairs = latencies.equals(LatencyMatrix.UNKNOWN) ? 0 : (long) clusters.size() * clusters.size();
        return clusters.stream().mapToLong(SharedClusterSnapshot::bytes).sum() + pairs * Double.BYTES;
    }

    private static long bytes(ClusterCapacity cluster) {
        return BYTES_PER_CLUSTER
                + BYTES_PER_LABEL * cluster.labels().size()
                + BYTES_PER_FORECAST_POINT * cluster.signals().forecast().size();
    }
}
