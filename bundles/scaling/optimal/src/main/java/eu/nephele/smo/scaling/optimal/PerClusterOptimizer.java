// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Mode default: all targets of a cluster, of all graphs, are one problem. An unserved target does not affect the others. */
final class PerClusterOptimizer {

    private final ScalingBatch batch;
    private final OptimalParameters parameters;
    private final BooleanSupplier stop;
    private final long steps;

    PerClusterOptimizer(ScalingBatch batch, OptimalParameters parameters, BooleanSupplier stop, long steps) {
        this.batch = batch;
        this.parameters = parameters;
        this.stop = stop;
        this.steps = steps;
    }

    void decide(ClusterCapacity cluster, List<Integer> indices) {
        CapacityUse use =
                new CapacityUse(cluster, indices.stream().map(batch::target).toList());
        List<ReplicaVariable> candidates = new ArrayList<>();
        for (int index : indices) {
            ScalingTarget target = batch.target(index);
            ReplicaRange range = ReplicaRange.of(target, 0);
            if (range instanceof ReplicaRange.Between between) {
                candidates.add(candidate(index, target, between, use.needOf(target)));
            } else if (range instanceof ReplicaRange.NoData noData) {
                batch.answer(index, new Keep(noData.reason()));
                use.hold(use.needOf(target), target.replicas());
            } else if (range instanceof ReplicaRange.Unreachable unreachable) {
                batch.answer(index, new Infeasible(unreachable.reason()));
                use.hold(use.needOf(target), target.replicas());
            }
        }
        candidates.removeIf(replicaVariable -> refuseWhenTooBig(replicaVariable, use));
        List<ReplicaVariable> admitted = new CapacityAdmission(use, batch::refuse).admit(candidates);
        batch.answer(admitted, new SharedCapacity(use, stop, steps).decide(admitted));
    }

    private boolean refuseWhenTooBig(ReplicaVariable replicaVariable, CapacityUse use) {
        OptionalInt row = use.tooSmallFor(replicaVariable.need(), replicaVariable.least());
        if (row.isEmpty()) {
            return false;
        }
        String text = use.shortageText(row.getAsInt(), replicaVariable.need(), replicaVariable.least());
        batch.refuse(replicaVariable, CapacityAdmission.shortage(replicaVariable, text));
        use.hold(replicaVariable.need(), replicaVariable.present());
        return true;
    }

    private ReplicaVariable candidate(int index, ScalingTarget target, ReplicaRange.Between range, ReplicaNeed need) {
        // a maximum of 0 leaves no choice
        double perReplica = 1.0 / Math.max(1, target.maxReplicas());
        return new ReplicaVariable(
                index,
                target,
                range.least(),
                range.most(),
                parameters.useWeight() * perReplica,
                parameters.changeWeight() * perReplica,
                need);
    }
}
