// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.util.List;

/** Scaling in a descriptor without a selected strategy that would do it. */
public final class UnsupportedScaling {

    private UnsupportedScaling() {}

    /** Warnings for people, with their remedies; empty when all requested scaling is in effect. */
    public static List<String> list(GraphRecord record, Graph graph, ScalingDecider decider) {
        List<String> services = graph.services().stream()
                .filter(service -> asksFor(service.scaling()))
                .filter(service -> !decider.scales(record.id().project(), ScalingPlan.wishes(record, graph, service)))
                .map(ServiceSpec::id)
                .toList();
        return services.isEmpty()
                ? List.of()
                : List.of(("scaling of %s has no effect: no scaling strategy is chosen; name one in the descriptor,"
                                + " or as scaling in eu.nephele.smo.core.strategies.cfg")
                        .formatted(String.join(", ", services)));
    }

    private static boolean asksFor(ServiceScaling wish) {
        return wish.profile().isPresent()
                || wish.metricQuery().isPresent()
                || wish.maxReplicas().orElse(1) > wish.minReplicas().orElse(1);
    }
}
