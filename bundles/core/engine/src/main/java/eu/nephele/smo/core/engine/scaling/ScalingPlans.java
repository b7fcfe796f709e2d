// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The plans of the graphs that run. Kept in memory: passes fill them again after a restart. */
public final class ScalingPlans {

    private final Map<GraphId, ScalingPlan> plans = new ConcurrentHashMap<>();

    ScalingPlans() {}

    /** Takes note of a graph as a pass has left it. */
    public void note(GraphRecord record, Graph graph) {
        GraphPhase phase = record.observed().phase();
        if (phase == GraphPhase.RUNNING || phase == GraphPhase.WAITING) {
            keep(ScalingPlan.of(record, graph));
        } else {
            forget(record.id());
        }
    }

    /** A graph does not run any more. */
    public void forget(GraphId graph) {
        plans.remove(graph);
    }

    void keep(ScalingPlan plan) {
        plans.put(plan.graph(), plan);
    }

    List<ScalingPlan> of(List<GraphId> graphs) {
        return graphs.stream()
                .flatMap(graph -> Optional.ofNullable(plans.get(graph)).stream())
                .toList();
    }
}
