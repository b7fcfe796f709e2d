// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.GraphHistory.Known;
import eu.nephele.smo.core.contract.history.GraphMoment;
import eu.nephele.smo.core.contract.history.GraphMoment.Cause;
import eu.nephele.smo.core.contract.history.GraphMoment.Source;
import eu.nephele.smo.core.contract.history.GraphState;
import eu.nephele.smo.core.contract.history.GraphState.Load;
import eu.nephele.smo.core.contract.history.GraphState.ServiceState;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.store.HistoryStore.Activity;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history of three moments: a placement, its event, and replicas that follow the load. */
final class InMemoryHistory implements HistoryService, LoadService {

    static final Instant PLACED = Instant.parse("2026-11-01T00:00:01Z");
    static final Instant SCALED = PLACED.plusSeconds(60);

    private final InMemoryGraphs graphs;

    /** What was asked for. */
    volatile Span asked = new Span(Instant.EPOCH, Instant.EPOCH);

    /** Why there is no load; "" when there is one. */
    volatile String missing = "";

    InMemoryHistory(InMemoryGraphs graphs) {
        this.graphs = graphs;
    }

    private void require(GraphId graph) {
        if (graphs.find(graph, CallContext.INTERNAL).isEmpty()) {
            throw SmoException.notFound("Graph %s not found".formatted(graph));
        }
    }

    @Override
    public GraphHistory history(GraphId graph, Span span, CallContext call) {
        require(graph);
        asked = span;
        List<GraphMoment> all = List.of(
                moment(PLACED, Source.DECISION, "deploy", Optional.empty(), 1, Optional.empty()),
                moment(
                        PLACED.plusSeconds(1),
                        Source.EVENT,
                        "hdag.deployed",
                        Optional.of(GraphPhase.RUNNING),
                        0,
                        Optional.empty()),
                moment(
                        SCALED,
                        Source.DECISION,
                        "scaling_interval",
                        Optional.empty(),
                        3,
                        Optional.of(new Load(12.5, SCALED))));
        GraphState before = GraphState.UNKNOWN;
        for (GraphMoment moment : all) {
            before = moment.at().isBefore(span.from()) ? before.with(moment.after()) : before;
        }
        return new GraphHistory(
                span,
                new Known(PLACED, Optional.of(PLACED), Optional.empty(), Optional.of(PLACED)),
                before,
                all.stream()
                        .filter(moment -> !moment.at().isBefore(span.from())
                                && moment.at().isBefore(span.until()))
                        .toList());
    }

    private static GraphMoment moment(
            Instant at, Source source, String what, Optional<GraphPhase> phase, int replicas, Optional<Load> load) {
        return new GraphMoment(
                at,
                new Cause(source, "d1", what, "placed", Optional.empty(), "first-fit 1"),
                new GraphState(
                        phase,
                        phase.map(same -> 1L),
                        replicas > 0 ? Optional.of("d1") : Optional.empty(),
                        replicas > 0
                                ? Map.of("web", new ServiceState(List.of(new Share(InMemoryGraphs.C2, replicas)), load))
                                : Map.of()));
    }

    @Override
    public List<ActivityCount> activity(Span span, int parts, CallContext call) {
        asked = span;
        return List.of(
                new ActivityCount(0, "demo", Activity.PLACED, 2),
                new ActivityCount(0, "other", Activity.PLACED, 1),
                new ActivityCount(parts - 1, "demo", Activity.MOVED, 4));
    }

    @Override
    public LoadLine load(GraphId graph, String service, Span span, Duration step, CallContext call) {
        require(graph);
        return missing.isEmpty()
                ? new LoadLine(List.of(new LoadPoint(span.from(), 2.5)), "")
                : LoadLine.missing(missing);
    }
}
