// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.engine.scaling.ScalingPlan.ScaledService;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A graph whose turn it is.
 *
 * @param held services whose replicas a person has set
 * @param scaled services of which a strategy decides, even if no cluster of theirs is ready now
 */
record DueGraph(ScalingPlan plan, List<ScaledService> held, List<ScaledService> scaled) {

    boolean isDecided() {
        return !held.isEmpty() || !scaled.isEmpty();
    }

    /**
     * Services of whose demand nothing is known now: what was said of it last holds, whatever is decided without.
     *
     * @param unanswered services of which a metrics source has told nothing because it failed
     */
    Set<String> unknown(Collection<ScalingOutcome> outcomes, Set<WorkloadRef> unanswered) {
        Set<String> decided = outcomes.stream()
                .map(ScalingOutcome::target)
                .map(ScalingTarget::service)
                .collect(Collectors.toSet());
        return Stream.concat(
                        held.stream().filter(service -> !decided.contains(service.service())),
                        scaled.stream()
                                .filter(service -> unanswered.contains(new WorkloadRef(plan.graph(), service.service()))
                                        || !decided.contains(service.service())))
                .map(ScaledService::service)
                .collect(Collectors.toSet());
    }
}
