// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.HashMap;
import java.util.Map;

/** Free capacity beside the present replicas of all targets. What shrinks frees nothing: it is there until it has ended. */
final class RemainingCapacity {

    private final Map<ClusterId, Resources> left = new HashMap<>();

    RemainingCapacity(ScalingRequest request) {
        for (ClusterCapacity cluster : request.clusters()) {
            left.put(cluster.id(), cluster.free());
        }
        request.targets().forEach(target -> take(target, target.replicas()));
    }

    /** Takes the room for one replica; returns whether there was any. */
    boolean takeOne(ScalingTarget target) {
        boolean fits = target.perReplica().fitsInto(leftOn(target));
        if (fits) {
            take(target, 1);
        }
        return fits;
    }

    /** What is short for so many replicas more, for people. */
    String shortage(ScalingTarget target, int more) {
        String shortage = target.perReplica().times(more).shortage(leftOn(target));
        return "on %s: %s".formatted(target.cluster().name(), shortage);
    }

    private void take(ScalingTarget target, int replicas) {
        left.put(
                target.cluster(),
                leftOn(target).minusFloored(target.perReplica().times(replicas)));
    }

    private Resources leftOn(ScalingTarget target) {
        return left.getOrDefault(target.cluster(), Resources.NONE);
    }
}
