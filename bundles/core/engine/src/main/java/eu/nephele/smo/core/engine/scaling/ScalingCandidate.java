// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;

/** A service on a cluster whose replicas are due to be decided. */
record ScalingCandidate(ScalingPlan plan, ScalingPlan.ScaledService service, Share share) {

    GraphId graph() {
        return plan.graph();
    }

    /** Lower bound here: the part of the service's that is in proportion, rounded down. */
    int minReplicas() {
        EffectiveService needs = service.needs();
        return isWhole()
                ? needs.minReplicas()
                : Math.min(needs.division().minPerCluster(), (int) Math.floor(needs.minReplicas() * portion()));
    }

    /** Upper bound here: the part of the service's that is in proportion, rounded up. The limit of a cluster counts afterwards. */
    int maxReplicas() {
        int all = service.needs().maxReplicas();
        return isWhole() ? all : Math.max(minReplicas(), (int) Math.ceil(all * portion()));
    }

    private boolean isWhole() {
        return service.shares().size() == 1;
    }

    /** The part of the service's requests that goes to this cluster. */
    double portion() {
        int total = service.totalReplicas();
        return total == 0 ? 1 : (double) share.replicas() / total;
    }
}
