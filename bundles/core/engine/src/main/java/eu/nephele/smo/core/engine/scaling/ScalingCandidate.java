// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.WorkloadRef;

/** A service on a cluster whose replicas are due to be decided. */
record ScalingCandidate(ScalingPlan plan, ScalingPlan.ScaledService service, Share share) {

    GraphId graph() {
        return plan.graph();
    }

    /** The workload whose requests count for it. */
    WorkloadRef measured() {
        return new WorkloadRef(graph(), service.scaling().metricService().orElse(service.service()));
    }

    /** The part of the service's requests that goes to this cluster. */
    double portion() {
        int total = service.totalReplicas();
        return total == 0 ? 1 : (double) share.replicas() / total;
    }
}
