// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.history.FormerState;
import eu.nephele.smo.core.contract.history.FormerState.FormerService;
import eu.nephele.smo.core.contract.history.FormerState.LoadReading;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.GraphHistory.Known;
import eu.nephele.smo.core.contract.history.GraphMoment;
import eu.nephele.smo.core.contract.history.GraphMoment.CauseSource;
import eu.nephele.smo.core.contract.history.GraphMoment.ChangeCause;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.store.HistoryStore.Activity;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
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
    volatile HistorySpan asked = new HistorySpan(Instant.EPOCH, Instant.EPOCH);

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
    public GraphHistory history(GraphId graph, HistorySpan span, CallContext call) {
        require(graph);
        asked = span;
        List<GraphMoment> all = List.of(
                moment(PLACED, CauseSource.DECISION, "deploy", Optional.empty(), 1, Optional.empty()),
                moment(
                        PLACED.plusSeconds(1),
                        CauseSource.EVENT,
                        "hdag.deployed",
                        Optional.of(GraphPhase.RUNNING),
                        0,
                        Optional.empty()),
                moment(
                        SCALED,
                        CauseSource.DECISION,
                        "scaling_interval",
                        Optional.empty(),
                        3,
                        Optional.of(new LoadReading(12.5, SCALED))));
        FormerState before = FormerState.UNKNOWN;
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
            Instant at,
            CauseSource source,
            String what,
            Optional<GraphPhase> phase,
            int replicas,
            Optional<LoadReading> load) {
        return new GraphMoment(
                at,
                new ChangeCause(source, "d1", what, "placed", Optional.empty(), "first-fit 1"),
                new FormerState(
                        phase,
                        phase.map(same -> 1L),
                        replicas > 0 ? Optional.of("d1") : Optional.empty(),
                        replicas > 0
                                ? Map.of(
                                        "web", new FormerService(List.of(new Share(InMemoryGraphs.C2, replicas)), load))
                                : Map.of()));
    }

    @Override
    public List<ActivityCount> activity(HistorySpan span, int parts, CallContext call) {
        asked = span;
        return List.of(
                new ActivityCount(0, "demo", Activity.PLACED, 2),
                new ActivityCount(0, "other", Activity.PLACED, 1),
                new ActivityCount(parts - 1, "demo", Activity.MOVED, 4));
    }

    @Override
    public LoadLine load(GraphId graph, String service, HistorySpan span, Duration step, CallContext call) {
        require(graph);
        return missing.isEmpty()
                ? new LoadLine(List.of(new LoadPoint(span.from(), 2.5)), "")
                : LoadLine.missing(missing);
    }
}
