// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes demands of the targets of a request. Targets that cannot be decided are answered and hold their present replicas. */
final class ServiceDemands {

    /** Replicas are divided one by one. */
    private static final int MOST_TOGETHER = 100_000;

    private final ScalingBatch batch;
    private final OptimalParameters parameters;
    private final Map<Integer, CapacityUse> uses;

    ServiceDemands(ScalingBatch batch, OptimalParameters parameters, Map<Integer, CapacityUse> uses) {
        this.batch = batch;
        this.parameters = parameters;
        this.uses = uses;
    }

    /** @param indices of targets, those of a service one after the other */
    List<ServiceDemand> of(List<Integer> indices) {
        List<ServiceDemand> demands = new ArrayList<>();
        for (int from = 0; from < indices.size(); ) {
            int to = from + 1;
            while (to < indices.size() && batch.isSameService(indices.get(from), indices.get(to))) {
                to++;
            }
            List<Integer> ofService = indices.subList(from, to);
            Optional<ServiceDemand> shared = ofService.size() == 1 ? Optional.empty() : shared(ofService);
            shared.ifPresentOrElse(
                    demands::add, () -> ofService.forEach(index -> single(index).ifPresent(demands::add)));
            from = to;
        }
        return demands;
    }

    /** Empty if the parts have to be decided one by one: without data, with other profiles, or too many for the bounds. */
    private Optional<ServiceDemand> shared(List<Integer> indices) {
        List<ScalingTarget> targets = indices.stream().map(batch::target).toList();
        long most = targets.stream().mapToLong(ScalingTarget::maxReplicas).sum();
        OptionalInt needed = ReplicaRange.neededTogether(targets, parameters.utilization());
        if (most > MOST_TOGETHER || needed.isEmpty() || needed.getAsInt() > most) {
            return Optional.empty();
        }
        double perReplica = 1.0 / Math.max(1, most);
        return Optional.of(new ServiceDemand(
                indices.stream()
                        .map(index -> {
                            ScalingTarget target = batch.target(index);
                            return variable(
                                    index,
                                    new ReplicaRange.Between(target.minReplicas(), target.maxReplicas()),
                                    perReplica);
                        })
                        .toList(),
                needed.getAsInt()));
    }

    private Optional<ServiceDemand> single(int index) {
        ScalingTarget target = batch.target(index);
        ReplicaRange range = ReplicaRange.of(target, 0, parameters.utilization());
        if (range instanceof ReplicaRange.Between between) {
            return Optional.of(single(index, between));
        } else if (range instanceof ReplicaRange.AboveMaximum above) {
            batch.isUnmet(index, above.unmet());
            return Optional.of(single(index, new ReplicaRange.Between(above.most(), above.most())));
        } else if (range instanceof ReplicaRange.NoData noData) {
            batch.answer(index, new Keep(noData.reason()));
        } else if (range instanceof ReplicaRange.Unreachable unreachable) {
            batch.answer(index, new Infeasible(unreachable.reason()));
        }
        CapacityUse use = use(index);
        use.hold(use.needOf(target), target.replicas());
        return Optional.empty();
    }

    private ServiceDemand single(int index, ReplicaRange.Between range) {
        // a maximum of 0 leaves no choice
        double perReplica = 1.0 / Math.max(1, batch.target(index).maxReplicas());
        ReplicaVariable variable = variable(index, range, perReplica);
        return new ServiceDemand(List.of(variable), variable.least());
    }

    private ReplicaVariable variable(int index, ReplicaRange.Between range, double perReplica) {
        ScalingTarget target = batch.target(index);
        CapacityUse use = use(index);
        return new ReplicaVariable(
                index,
                target,
                range.least(),
                range.most(),
                parameters.useWeight() * perReplica,
                parameters.changeWeight() * perReplica,
                use,
                use.needOf(target));
    }

    @SuppressWarnings("NullAway") // of all clusters of the targets
    private CapacityUse use(int index) {
        return uses.get(batch.cluster(index));
    }
}
