// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replicas that find no room where a service is, as a wish for them: a strategy knows the clusters with shares only, and a service with
 * weights may have clusters without any. The bounds of the graph and of its project count afterwards, as for every wish.
 */
final class WeightedDemand {

    private WeightedDemand() {}

    /** The outcomes, in order; those of services without weights as they are. */
    static List<ScalingOutcome> wished(ScalingPlan plan, List<ScalingOutcome> outcomes) {
        Set<String> weighted = plan.services().stream()
                .filter(service -> service.needs().division().proportion() == Proportion.WEIGHTS)
                .map(ScalingPlan.ScaledService::service)
                .collect(Collectors.toSet());
        if (weighted.isEmpty()) {
            return outcomes;
        }
        Map<String, Integer> missing = missing(weighted, outcomes);
        List<ScalingOutcome> wished = new ArrayList<>();
        for (ScalingOutcome outcome : outcomes) {
            String service = outcome.target().service();
            boolean concerned = missing.containsKey(service);
            // the first cluster asks for all of them, and the division says who gets them
            int more = concerned ? missing.put(service, 0) : 0;
            wished.add(concerned ? wish(outcome, more) : outcome);
        }
        return wished;
    }

    /** Service → replicas beyond those that its clusters take. */
    private static Map<String, Integer> missing(Set<String> weighted, List<ScalingOutcome> outcomes) {
        Map<String, Integer> missing = new HashMap<>(UnmetDemand.starved(outcomes));
        missing.keySet().retainAll(weighted);
        missing.replaceAll((service, needed) -> needed
                - outcomes.stream()
                        .filter(outcome -> outcome.target().service().equals(service))
                        .mapToInt(UnmetDemand::decided)
                        .sum());
        return missing;
    }

    private static ScalingOutcome wish(ScalingOutcome outcome, int more) {
        ScalingTarget target = outcome.target();
        Answer answer = outcome.answer();
        boolean decides = answer instanceof Replicas || answer instanceof Infeasible;
        return decides || more > 0
                ? DividedReplicas.with(
                        outcome,
                        new Replicas(
                                UnmetDemand.decided(outcome) + more,
                                answer.reason(),
                                // what the bounds refuse stays refused
                                UnmetDemand.of(answer).filter(unmet -> unmet.needed() > target.maxReplicas())))
                : outcome;
    }
}
