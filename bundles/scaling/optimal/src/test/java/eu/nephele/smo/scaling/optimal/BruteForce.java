// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Tries every number of replicas of every service; one graph on one cluster, CPU only. */
final class BruteForce {

    private final List<ScalingTarget> targets;
    private final OptimalParameters parameters;
    private final long freeCpu;
    private double best = Double.POSITIVE_INFINITY;

    BruteForce(ScalingRequest request, OptimalParameters parameters) {
        this.targets = request.targets();
        this.parameters = parameters;
        this.freeCpu = request.clusters().get(0).free().cpuMillis();
        enumerate(new ArrayList<>(), 0);
    }

    OptionalDouble cheapest() {
        return Double.isInfinite(best) ? OptionalDouble.empty() : OptionalDouble.of(best);
    }

    /** For a single service. */
    OptionalInt smallestOfTheCheapest() {
        for (int replicas = 0; replicas <= targets.get(0).maxReplicas(); replicas++) {
            if (serves(targets.get(0), replicas) && cost(List.of(replicas)) <= best + 1e-12) {
                return OptionalInt.of(replicas);
            }
        }
        return OptionalInt.empty();
    }

    double cost(List<Integer> replicas) {
        double normaliser = targets.stream()
                .mapToDouble(target ->
                        (double) target.maxReplicas() * target.perReplica().cpuMillis())
                .max()
                .orElseThrow();
        double cost = 0;
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget target = targets.get(i);
            double use = parameters.mode() == Mode.REFERENCE
                    ? replicas.get(i) * target.perReplica().cpuMillis() / normaliser
                    : (double) replicas.get(i) / target.maxReplicas();
            double change = (double) Math.abs(replicas.get(i) - target.replicas()) / target.maxReplicas();
            cost += parameters.useWeight() * use + parameters.changeWeight() * change;
        }
        return cost;
    }

    private void enumerate(List<Integer> replicas, long cpu) {
        if (cpu > freeCpu) {
            return;
        }
        if (replicas.size() == targets.size()) {
            best = Math.min(best, cost(replicas));
            return;
        }
        ScalingTarget target = targets.get(replicas.size());
        for (int r = 0; r <= target.maxReplicas(); r++) {
            if (serves(target, r)) {
                replicas.add(r);
                enumerate(replicas, cpu + r * target.perReplica().cpuMillis());
                replicas.remove(replicas.size() - 1);
            }
        }
    }

    private boolean serves(ScalingTarget target, int replicas) {
        int least = Math.max(target.minReplicas(), parameters.mode() == Mode.REFERENCE ? 1 : 0);
        return replicas >= least && (suffices(target, replicas) || servesAPart(target, replicas));
    }

    /** Where the maximum is too small it is taken nevertheless, except by the reference. */
    private boolean servesAPart(ScalingTarget target, int replicas) {
        return parameters.mode() == Mode.DEFAULT
                && target.profile().alpha() > 0
                && replicas == target.maxReplicas()
                && !suffices(target, replicas);
    }

    private static boolean suffices(ScalingTarget target, int replicas) {
        return target.profile().alpha() * replicas + target.profile().beta()
                >= target.demandPerSecond().orElseThrow() - 1e-9;
    }
}
