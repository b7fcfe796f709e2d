// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import java.util.Comparator;
import java.util.List;

/** The one implementation of a scaling request. */
record ScalingProblem(List<ScalingTarget> targets, List<ClusterCapacity> clusters) implements ScalingRequest {

    ScalingProblem {
        targets = targets.stream()
                .sorted(Comparator.comparing(ScalingTarget::graph)
                        .thenComparing(ScalingTarget::service)
                        .thenComparing(ScalingTarget::cluster))
                .toList();
        clusters = clusters.stream()
                .sorted(Comparator.comparing(ClusterCapacity::id))
                .toList();
    }
}
