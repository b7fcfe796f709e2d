// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The inputs of placements as they are stored. Data of the clusters is the same for thousands of decisions, and far
 * larger than their own data: it is written and digested again only when it has changed.
 */
final class PlacementInputs {

    private volatile Optional<InputClusters> last = Optional.empty();

    /**
     * @param seen a request that was made with it
     * @param snapshot clusters without what changes from decision to decision, and how far they are from each other
     */
    private record InputClusters(PlacementRequest seen, Snapshot snapshot) {

        private boolean isThatOf(PlacementRequest other) {
            List<ClusterCapacity> clusters = seen.clusters();
            List<ClusterCapacity> others = other.clusters();
            int count = clusters.size();
            return count == others.size()
                    && IntStream.range(0, count).allMatch(c -> lasts(clusters.get(c), others.get(c)))
                    && seen.latencies().equals(other.latencies());
        }

        private static boolean lasts(ClusterCapacity one, ClusterCapacity other) {
            return one.id().equals(other.id())
                    && one.allocatable().equals(other.allocatable())
                    && one.signals().equals(other.signals())
                    && one.labels().equals(other.labels())
                    && one.energy().equals(other.energy());
        }
    }

    Snapshot create(PlacementRequest request) {
        return InputDigests.snapshot(PlacementSnapshotJson.own(request), Optional.of(federation(request)));
    }

    private Snapshot federation(PlacementRequest request) {
        Optional<InputClusters> same = last.filter(known -> known.isThatOf(request));
        if (same.isPresent()) {
            return same.get().snapshot();
        }
        Snapshot snapshot = InputDigests.snapshot(PlacementSnapshotJson.federation(request));
        last = Optional.of(new InputClusters(request, snapshot));
        return snapshot;
    }
}
