// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;

/** Tries all numbers of replicas of all services on one cluster. */
final class EnumeratedReplicas {

    private final ScalingRequest request;
    private final Resources free;
    private double best = Double.POSITIVE_INFINITY;

    private EnumeratedReplicas(ScalingRequest request) {
        this.request = request;
        this.free = request.clusters().get(0).free();
    }

    /** Returns the cost of the cheapest answer that serves all demands; infinite if there is none. */
    static double cheapest(ScalingRequest request) {
        EnumeratedReplicas all = new EnumeratedReplicas(request);
        all.enumerate(0, Resources.NONE, 0);
        return all.best;
    }

    private void enumerate(int next, Resources used, double cost) {
        if (!used.fitsInto(free)) {
            return;
        }
        if (next == request.targets().size()) {
            best = Math.min(best, cost);
            return;
        }
        ScalingTarget target = request.targets().get(next);
        for (int r = target.minReplicas(); r <= target.maxReplicas(); r++) {
            if (ScalingDecision.serves(target, r)) {
                enumerate(next + 1, used.plus(target.perReplica().times(r)), cost + ScalingDecision.cost(target, r));
            }
        }
    }
}
