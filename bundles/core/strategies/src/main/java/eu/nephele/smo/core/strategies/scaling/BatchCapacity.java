// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Usage of the clusters while a batch is decided group by group: decided groups count as decided, all others with their present
 * replicas. So no two groups get the same capacity.
 */
final class BatchCapacity {
    private final Map<ClusterId, ClusterCapacity> clusters = new HashMap<>();
    private final Map<ClusterId, List<Integer>> itemsOn = new HashMap<>();
    private final List<ScalingTarget> targets;
    private final int[] replicas;

    /** @param available clusters; free capacity includes what the present replicas of all targets use */
    BatchCapacity(List<ScalingTarget> targets, List<ClusterCapacity> available) {
        this.targets = List.copyOf(targets);
        this.replicas = targets.stream().mapToInt(ScalingTarget::replicas).toArray();
        available.forEach(cluster -> clusters.put(cluster.id(), cluster));
        for (int i = 0; i < targets.size(); i++) {
            itemsOn.computeIfAbsent(targets.get(i).cluster(), key -> new ArrayList<>())
                    .add(i);
        }
    }

    boolean knows(ClusterId cluster) {
        return clusters.containsKey(cluster);
    }

    /** The clusters of these items, with the capacity that the others leave them. */
    List<ClusterCapacity> roomFor(List<Integer> items) {
        Set<Integer> mine = new HashSet<>(items);
        return items.stream()
                .map(item -> targets.get(item).cluster())
                .distinct()
                .map(cluster -> roomOn(cluster, mine))
                .toList();
    }

    private ClusterCapacity roomOn(ClusterId id, Set<Integer> mine) {
        Resources others = Resources.NONE;
        for (int item : itemsOn.getOrDefault(id, List.of())) {
            if (!mine.contains(item)) {
                others = others.plus(targets.get(item).perReplica().times(replicas[item]));
            }
        }
        ClusterCapacity cluster = clusters.get(id);
        if (cluster == null) {
            throw new IllegalStateException("Cluster %s is not part of the batch".formatted(id));
        }
        return new ClusterCapacity(
                id,
                cluster.free().minusFloored(others),
                cluster.allocatable(),
                cluster.occupied(),
                cluster.labels(),
                cluster.energy(),
                cluster.signals());
    }

    void decided(int item, int newReplicas) {
        replicas[item] = newReplicas;
    }
}
