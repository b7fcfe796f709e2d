// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.demand.DemandQueries;
import eu.nephele.smo.core.engine.demand.GraphDemand;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The plans of running graphs and when they are due; in memory, as passes fill them again after a restart. */
public final class ScalingPlans {

    private final ScalingSchedule schedule;
    private final ScalingTally tally = new ScalingTally();
    private final Clock clock;
    private volatile Consumer<GraphId> forgetting = graph -> {};
    /** Cache of what a stored graph says for scaling, found again by its first pass. */
    private final Map<GraphId, ScalingPlan> plans = new ConcurrentHashMap<>();

    /** @param usual how often replicas are decided unless the descriptor says otherwise */
    public ScalingPlans(Duration usual, Clock clock) {
        this.schedule = new ScalingSchedule(usual);
        this.clock = clock;
    }

    public void record(GraphRecord record, Graph graph) {
        GraphPhase phase = record.observed().phase();
        if (phase == GraphPhase.RUNNING || phase == GraphPhase.WAITING) {
            keep(ScalingPlan.of(record, graph));
        } else {
            plans.remove(record.id());
        }
    }

    /** A graph is in this phase; its services are unknown until a pass notes them. */
    public void entered(GraphId id, GraphPhase phase, Graph graph) {
        plans.remove(id);
        schedule.schedule(id, phase, graph.scaling().intervalSeconds().orElse(0), clock.instant());
    }

    /**
     * Makes a graph due at once if one of its services may rest without replicas: who waits for it need not wait for the interval.
     *
     * @return whether that service may rest, in a graph that runs
     */
    public boolean hastenResting(GraphId graph, String service) {
        boolean mayRest = find(graph).filter(plan -> plan.mayRest(service)).isPresent();
        if (mayRest) {
            schedule.hasten(graph, clock.instant());
        }
        return mayRest;
    }

    public ScalingTally tally() {
        return tally;
    }

    /** Who else forgets a graph that is gone. */
    public void alsoForget(Consumer<GraphId> other) {
        forgetting = other;
    }

    public void forget(GraphId graph) {
        forgetting.accept(graph);
        schedule.forget(graph);
        plans.remove(graph);
    }

    void keep(ScalingPlan plan) {
        ScalingPlan before = plans.put(plan.graph(), plan);
        if (!plan.holds().isEmpty() && (before == null || !before.holds().equals(plan.holds()))) {
            // a person waits for it
            schedule.hasten(plan.graph(), clock.instant());
        }
    }

    /** The services of a graph, with what their demand is; none when it does not run. */
    public List<GraphDemand> demands(GraphId graph, DemandQueries queries) {
        return find(graph)
                .map(plan -> plan.services().stream()
                        .map(service -> new GraphDemand(
                                service.service(),
                                queries.rate(graph, service.service(), service.scaling()),
                                service.callers()))
                        .toList())
                .orElse(List.of());
    }

    private Optional<ScalingPlan> find(GraphId graph) {
        return Optional.ofNullable(plans.get(graph));
    }

    /** The plans of the graphs that are due now; they are due again an interval later. */
    List<ScalingPlan> due() {
        ScalingSchedule.Turn turn = schedule.take(clock.instant());
        tally.count(turn.graphs().size(), turn.missed());
        return turn.graphs().stream()
                .flatMap(graph -> Optional.ofNullable(plans.get(graph)).stream())
                .toList();
    }
}
