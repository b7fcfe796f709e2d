// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import eu.nephele.smo.scaling.optimal.program.SearchEffort;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mode default: all targets, of all graphs, on clusters that hang together by services on several of them are one problem. Most often
 * that is one cluster. An unserved target does not affect the others.
 */
final class ComponentOptimizer {

    private final ScalingBatch batch;
    private final OptimalParameters parameters;

    ComponentOptimizer(ScalingBatch batch, OptimalParameters parameters) {
        this.batch = batch;
        this.parameters = parameters;
    }

    void decide(ClusterComponent component, SearchEffort effort) {
        Map<Integer, CapacityUse> uses = batch.uses(component);
        Set<Integer> apart = new HashSet<>();
        boolean decided = false;
        while (!decided) {
            uses.values().forEach(CapacityUse::clear);
            ServiceDemands source = new ServiceDemands(batch, parameters, uses);
            List<ServiceDemand> demands = source.of(component.targets(), apart);
            decided = decideFree(demands, uses) || decideScarce(source.withoutTooLarge(demands), uses, apart, effort);
        }
    }

    /** Decides if everybody may have what is cheapest alone. */
    private boolean decideFree(List<ServiceDemand> demands, Map<Integer, CapacityUse> uses) {
        List<int[]> cheapest = demands.stream().map(ServiceDemand::cheapest).toList();
        hold(demands, cheapest);
        if (uses.values().stream().anyMatch(CapacityUse::isOverfull)) {
            for (int i = 0; i < cheapest.size(); i++) {
                demands.get(i).release(cheapest.get(i));
            }
            return false;
        }
        batch.answer(demands, cheapest, List.of(), 0);
        return true;
    }

    private static void hold(List<ServiceDemand> demands, List<int[]> replicas) {
        for (int i = 0; i < replicas.size(); i++) {
            demands.get(i).hold(replicas.get(i));
        }
    }

    /** @param apart gets the services that cannot be served as a whole; then nothing is decided */
    private boolean decideScarce(
            List<ServiceDemand> demands, Map<Integer, CapacityUse> uses, Set<Integer> apart, SearchEffort effort) {
        JointCapacity joint = new JointCapacity(uses.values(), effort);
        CapacityAdmission admission = new CapacityAdmission(batch, joint::makeRoom);
        List<HeldDemand> admitted = admission.admit(demands);
        admission.apart().forEach(demand -> apart.add(demand.index()));
        if (!admission.apart().isEmpty()) {
            return false;
        }
        if (admitted.stream().anyMatch(held -> held.demand().isShared())) {
            joint.decide(admitted, batch);
        } else {
            int left = uses.size();
            for (CapacityUse use : uses.values()) {
                decideAlone(use, admitted, effort.part(left--));
            }
        }
        return true;
    }

    private void decideAlone(CapacityUse use, List<HeldDemand> admitted, SearchEffort effort) {
        List<ReplicaVariable> candidates = admitted.stream()
                .map(held -> held.demand().shares().get(0))
                .filter(candidate -> candidate.use() == use)
                .toList();
        Decision decision = new SharedCapacity(use, effort).decide(candidates);
        batch.answer(candidates, decision);
    }
}
