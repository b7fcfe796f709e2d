// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Demand that decided replicas do not serve. */
final class UnmetDemand {

    /** Of a sum of parts. */
    private static final double ROUNDING = 1e-9;

    private UnmetDemand() {}

    static Optional<Unmet> of(Answer answer) {
        return answer instanceof Replicas replicas ? replicas.unmet() : Optional.empty();
    }

    /** What is short, for people; empty when all demand is served. */
    static Optional<String> reason(Answer answer) {
        return answer instanceof Infeasible
                ? Optional.of(answer.reason())
                : of(answer).map(Unmet::reason);
    }

    /** Services that need more replicas than fit where they are, and how many: reason for another placement. */
    static Map<String, Integer> starved(List<ScalingOutcome> outcomes) {
        Map<String, List<ScalingOutcome>> byService = new TreeMap<>();
        Set<String> unserved = new HashSet<>();
        for (ScalingOutcome outcome : outcomes) {
            String service = outcome.target().service();
            byService.computeIfAbsent(service, any -> new ArrayList<>()).add(outcome);
            if (reason(outcome.answer()).isPresent()) {
                unserved.add(service);
            }
        }
        byService.keySet().retainAll(unserved);
        Map<String, Integer> starved = new TreeMap<>();
        byService.forEach((service, shares) -> {
            int most = shares.stream()
                    .mapToInt(share -> share.target().maxReplicas())
                    .sum();
            // the parts of the demand are rounded up together: one replica of each cluster would be too many
            double exact = shares.stream().mapToDouble(UnmetDemand::needed).sum();
            int needed = (int) Math.min(most, Math.ceil(exact - ROUNDING));
            if (needed > shares.stream().mapToInt(UnmetDemand::decided).sum()) {
                starved.put(service, needed);
            }
        });
        return starved;
    }

    static int decided(ScalingOutcome outcome) {
        return outcome.answer() instanceof Replicas replicas
                ? replicas.replicas()
                : outcome.target().replicas();
    }

    /**
     * What the strategy says; else what serves the present demand by the capacity model, or what there is without any of both. Whoever
     * decides on a number by other metrics than the rate of requests, CPU for example, is not judged by it: many replicas may be needed
     * for few requests. Where there is no number at all, the rate is what is known.
     */
    private static double needed(ScalingOutcome outcome) {
        Optional<Unmet> unmet = of(outcome.answer());
        if (unmet.isPresent()) {
            return unmet.get().needed();
        }
        ScalingTarget target = outcome.target();
        boolean byRate = target.demandPerSecond().isPresent()
                && (target.metrics().isEmpty() || outcome.answer() instanceof Infeasible);
        return !byRate || target.profile().alpha() <= 0
                ? decided(outcome)
                : (target.demandPerSecond().getAsDouble() - target.profile().beta())
                        / target.profile().alpha();
    }
}
