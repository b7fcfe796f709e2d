// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Tries all numbers of replicas of all targets; any resources and clusters, mode default, services on several clusters as one. */
final class FullEnumeration {

    private final ScalingRequest request;
    private final OptimalParameters parameters;
    private final Map<String, Integer> mostOfService = new HashMap<>();
    private double best = Double.POSITIVE_INFINITY;

    FullEnumeration(ScalingRequest request, OptimalParameters parameters) {
        this.request = request;
        this.parameters = parameters;
        request.targets().forEach(target -> mostOfService.merge(service(target), target.maxReplicas(), Integer::sum));
    }

    /** Empty if nothing serves all demands within the capacities. */
    OptionalDouble cheapest() {
        enumerate(new ArrayList<>(), 0);
        return Double.isInfinite(best) ? OptionalDouble.empty() : OptionalDouble.of(best);
    }

    double cost(List<Integer> replicas) {
        double cost = 0;
        for (int i = 0; i < replicas.size(); i++) {
            ScalingTarget target = request.targets().get(i);
            int most = Math.max(1, mostOfService.get(service(target)));
            cost += (parameters.useWeight() * replicas.get(i)
                            + parameters.changeWeight() * Math.abs(replicas.get(i) - target.replicas()))
                    / most;
        }
        return cost;
    }

    private void enumerate(List<Integer> replicas, double cost) {
        if (cost >= best) {
            return;
        }
        int next = replicas.size();
        if (next == request.targets().size()) {
            best = serves(replicas) && fits(replicas) ? cost : best;
            return;
        }
        ScalingTarget target = request.targets().get(next);
        for (int r = target.minReplicas(); r <= target.maxReplicas(); r++) {
            replicas.add(r);
            if (mostOfService.get(service(target)) > target.maxReplicas() || serves(target, r)) {
                enumerate(replicas, cost(replicas));
            }
            replicas.remove(next);
        }
    }

    private static boolean serves(ScalingTarget target, int replicas) {
        return target.profile().alpha() * replicas + target.profile().beta()
                >= target.demandPerSecond().orElseThrow() - 1e-9;
    }

    boolean serves(List<Integer> replicas) {
        Map<String, Double> lacking = new HashMap<>();
        for (int i = 0; i < replicas.size(); i++) {
            ScalingTarget target = request.targets().get(i);
            lacking.merge(
                    service(target),
                    target.demandPerSecond().orElseThrow()
                            - target.profile().alpha() * replicas.get(i)
                            - target.profile().beta(),
                    Double::sum);
        }
        return lacking.values().stream().allMatch(rest -> rest <= 1e-9);
    }

    boolean fits(List<Integer> replicas) {
        for (ClusterCapacity cluster : request.clusters()) {
            Resources used = Resources.NONE;
            for (int i = 0; i < replicas.size(); i++) {
                ScalingTarget target = request.targets().get(i);
                if (target.cluster().equals(cluster.id())) {
                    used = used.plus(target.perReplica().times(replicas.get(i)));
                }
            }
            if (!used.fitsInto(cluster.free())) {
                return false;
            }
        }
        return true;
    }

    private static String service(ScalingTarget target) {
        return target.graph() + "/" + target.service();
    }
}
