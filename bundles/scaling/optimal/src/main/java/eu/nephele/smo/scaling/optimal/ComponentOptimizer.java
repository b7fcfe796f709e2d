// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import eu.nephele.smo.scaling.optimal.program.SearchEffort;
import java.util.List;
import java.util.Map;

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
        List<ServiceDemand> demands = new ServiceDemands(batch, parameters, uses).of(component.targets());
        if (!decideFree(demands, uses)) {
            decideScarce(demands, uses, effort);
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

    private void decideScarce(List<ServiceDemand> demands, Map<Integer, CapacityUse> uses, SearchEffort effort) {
        JointCapacity joint = new JointCapacity(uses.values(), effort);
        CapacityAdmission admission = new CapacityAdmission(joint);
        List<HeldDemand> admitted = admission.admit(demands);
        if (admitted.stream().anyMatch(held -> held.demand().isShared())) {
            joint.decide(admitted, batch);
        } else {
            int left = uses.size();
            for (CapacityUse use : uses.values()) {
                decideAlone(use, admitted, effort.part(left--));
            }
        }
        answerLacking(admission.lacking());
    }

    /** The division of services over their clusters may have left room where there was none. */
    private void answerLacking(List<LackingDemand> lacking) {
        lacking.stream()
                .filter(LackingDemand::isServed)
                .map(LackingDemand::held)
                .forEach(held -> held.replace(held.secured()));
        lacking.stream()
                .map(LackingDemand::held)
                .filter(held -> held.grows() || held.total() < held.demand().needed())
                .forEach(held -> held.replace(held.part()));
        for (LackingDemand each : lacking) {
            if (each.isServed()) {
                batch.answer(List.of(each.held().demand()), List.of(each.held().held()), List.of(), 0);
            } else {
                batch.answer(each);
            }
        }
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
