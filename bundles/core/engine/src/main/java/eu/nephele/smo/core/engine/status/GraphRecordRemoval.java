// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.graph.Census;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.graph.Happenings;
import eu.nephele.smo.core.engine.graph.Views;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.scaling.ScalingPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The end of a graph's record, and of all that is remembered of it. */
public final class Endings {

    private final Graphs graphs;
    private final Views views;
    private final Operations operations;
    private final Happenings happenings;
    private final Census census;
    private final ScalingPlans plans;
    private final Holdings holdings;

    public Endings(
            Graphs graphs,
            Views views,
            Operations operations,
            Happenings happenings,
            Census census,
            ScalingPlans plans,
            Holdings holdings) {
        this.graphs = graphs;
        this.views = views;
        this.operations = operations;
        this.happenings = happenings;
        this.census = census;
        this.plans = plans;
        this.holdings = holdings;
    }

    /**
     * Removes a graph, and everything that is remembered of it.
     *
     * @param left what could not be removed outside, for people; "" when it is gone there
     */
    public void delete(GraphRecord record, String left) {
        List<Operation> due = operations.due(record);
        List<Operation> done = due.stream()
                .map(operation -> operations.ended(
                        operation, State.SUCCEEDED, Optional.empty(), left.isEmpty() ? "" : "Left outside: " + left))
                .toList();
        List<String> services = record.observed().services().entrySet().stream()
                .filter(entry -> Happenings.isThere(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        List<EventDraft> events = new ArrayList<>(happenings.removed(record, services, Happenings.latest(due)));
        events.add(happenings.of(
                "hdag.removed", record, Happenings.latest(due), left.isEmpty() ? Map.of() : Map.of("left", left)));
        graphs.delete(record.id(), Alongside.of(events, done));
        forget(record.id());
        operations.stored(done, () -> Optional.of(views.of(record)), Optional.empty());
    }

    /** Nothing is kept of a graph that could not be deployed. */
    public void reject(GraphRecord record, SmoException why, List<EventDraft> news) {
        List<Operation> due = operations.due(record);
        List<Operation> failed = operations.failing(record, why);
        List<EventDraft> events = new ArrayList<>(news);
        events.add(happenings.of("hdag.failed", record, Happenings.latest(due), Map.of("message", why.getMessage())));
        graphs.delete(record.id(), Alongside.of(events, failed));
        forget(record.id());
        operations.stored(failed, Optional::empty, Optional.of(why));
    }

    /** Nothing is remembered of a graph any more. */
    public void forget(GraphId graph) {
        holdings.forget(graph);
        graphs.forget(graph);
        census.forget(graph);
        plans.forget(graph);
    }
}
