// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Resources;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Allocated resources of each cluster beyond those of our own pods. A report of a cluster may be older than the
 * observation of our pods: foreign load decreases only as far as it does with any recent use of ours. Not thread-safe.
 */
final class ForeignLoad {

    /** Begins anew with each start and takeover, because the first poll of a cluster shows it. */
    private final Map<ClusterId, Resources> load = new HashMap<>();

    private final RecentUse recent = new RecentUse();

    Resources on(ClusterId cluster) {
        return load.getOrDefault(cluster, Resources.NONE);
    }

    /** Forgets these clusters: load that seemed foreign may have been ours. */
    void forget(Predicate<ClusterId> clusters) {
        load.keySet().removeIf(clusters);
        recent.forget(clusters);
    }

    /**
     * Updates the foreign load of a cluster. Where our pods changed in between, the larger of the last and the present
     * foreign load counts, so that no capacity is given out twice. The load of a cluster that is not ready is unknown:
     * its foreign load stays.
     *
     * @param before usage of our pods before the cluster was polled
     * @param after their usage afterwards
     */
    Resources estimate(ClusterState state, Resources before, Resources after) {
        ClusterId id = state.id();
        if (!state.ready() && load.containsKey(id)) {
            return load.get(id);
        }
        Resources present = state.allocated().minusFloored(after);
        if (!before.equals(after)) {
            present = state.allocated().minusFloored(before).max(present).max(on(id));
        } else {
            Resources most = state.allocated().minusFloored(ClusterInventory.smaller(after, recent.least(id)));
            present = present.max(ClusterInventory.smaller(on(id), most));
        }
        load.put(id, present);
        return present;
    }

    void record(Instant now, Map<ClusterId, ClusterState> states, Map<ClusterId, Resources> use) {
        recent.record(
                now,
                states.keySet(),
                states.values().stream()
                        .filter(ClusterState::ready)
                        .map(ClusterState::id)
                        .collect(Collectors.toSet()),
                use);
    }
}
