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

/** Mode default: all targets of a cluster, of whatever graph, are one problem. Who cannot be served does not hinder the others. */
final class WholeCluster {

    private final Batch batch;
    private final OptimalParameters parameters;
    private final BooleanSupplier stop;

    WholeCluster(Batch batch, OptimalParameters parameters, BooleanSupplier stop) {
        this.batch = batch;
        this.parameters = parameters;
        this.stop = stop;
    }

    void decide(ClusterCapacity cluster, List<Integer> indices) {
        CapacityUse use =
                new CapacityUse(cluster, indices.stream().map(batch::target).toList());
        List<Candidate> candidates = new ArrayList<>();
        for (int index : indices) {
            ScalingTarget target = batch.target(index);
            ReplicaRange range = ReplicaRange.of(target, 0);
            if (range instanceof ReplicaRange.Between between) {
                candidates.add(candidate(index, target, between, use.needOf(target)));
            } else if (range instanceof ReplicaRange.Unknown unknown) {
                batch.answer(index, new Keep(unknown.reason()));
                use.hold(use.needOf(target), target.replicas());
            } else if (range instanceof ReplicaRange.Empty empty) {
                batch.answer(index, new Infeasible(empty.reason()));
                use.hold(use.needOf(target), target.replicas());
            }
        }
        candidates.removeIf(candidate -> refuseWhenTooBig(candidate, use));
        List<Candidate> admitted = new Admission(use, batch::refuse).admit(candidates);
        batch.answer(admitted, new SharedCapacity(use, stop).decide(admitted));
    }

    private boolean refuseWhenTooBig(Candidate candidate, CapacityUse use) {
        OptionalInt row = use.tooSmallFor(candidate.need(), candidate.least());
        if (row.isEmpty()) {
            return false;
        }
        String text = use.shortageText(row.getAsInt(), candidate.need(), candidate.least());
        batch.refuse(candidate, Admission.shortage(candidate, text));
        use.hold(candidate.need(), candidate.present());
        return true;
    }

    private Candidate candidate(int index, ScalingTarget target, ReplicaRange.Between range, Need need) {
        // with a maximum of 0 there is nothing to choose
        double perReplica = 1.0 / Math.max(1, target.maxReplicas());
        return new Candidate(
                index,
                target,
                range.least(),
                range.most(),
                parameters.useWeight() * perReplica,
                parameters.changeWeight() * perReplica,
                need);
    }
}
