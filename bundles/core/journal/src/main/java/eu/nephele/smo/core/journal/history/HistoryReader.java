// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.history.FormerState;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.GraphHistory.Known;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.HistoryStore;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.contract.store.HistoryStore.RevisionMark;
import eu.nephele.smo.core.contract.store.OperationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the history of a graph. Of a graph that is gone, and of a former one of its name, nothing is told. */
final class HistoryReader {

    /** A reading of the load that is older says nothing of a moment. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    private static final int PAGE = 1_000;
    private static final int MOST_LOOKS = 5;
    private static final Set<String> SCALED = Set.of("scaled");
    private static final Set<String> ALL = Set.of("placed", "infeasible", "scaled", "unchanged", "kept");

    private final HistoryStore history;
    private final OperationStore operations;
    private final GraphStore graphs;

    HistoryReader(HistoryStore history, OperationStore operations, GraphStore graphs) {
        this.history = history;
        this.operations = operations;
        this.graphs = graphs;
    }

    GraphHistory read(GraphId graph, HistorySpan asked) {
        if (asked.until().isBefore(asked.from())) {
            throw invalid("from is %s, expected a time before to (%s)".formatted(asked.from(), asked.until()));
        }
        Instant created = graphs.find(graph)
                .filter(record -> record.desired().state() != DesiredState.REMOVED)
                .map(record -> record.desired().times().createdAt())
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s not found in project %s".formatted(graph.name(), graph.project())));
        List<RevisionMark> revisions = history.revisions(graph);
        Known known = new Known(
                created,
                history.firstPlacement(graph, created),
                history.firstEvent().map(first -> first.isAfter(created) ? first : created),
                revisions.stream().map(RevisionMark::at).findFirst());
        HistorySpan span = new HistorySpan(asked.from().isAfter(created) ? asked.from() : created, asked.until());
        FormerState before = before(graph, created, span.from(), revisions);
        GraphTimeline timeline = new GraphTimeline(history, operations);
        if (span.until().isAfter(span.from())) {
            timeline.collect(graph, span, revisions, HistoryService.MOST_CHANGES);
            if (timeline.changes() > HistoryService.MOST_CHANGES) {
                throw invalid("Graph %s changed more than %d times from %s to %s; ask for a shorter time"
                        .formatted(graph, HistoryService.MOST_CHANGES, asked.from(), asked.until()));
            }
            timeline.collectReadings(graph, span, HistoryService.MOST_READINGS);
        }
        return new GraphHistory(asked, known, before, timeline.moments(before));
    }

    private FormerState before(GraphId graph, Instant created, Instant at, List<RevisionMark> revisions) {
        FormerState state = new FormerState(
                phase(graph, created, at),
                revisions.stream()
                        .filter(revision -> revision.at().isBefore(at))
                        .map(RevisionMark::number)
                        .reduce((first, second) -> second),
                Optional.empty(),
                Map.of());
        Optional<DecisionRecord> placement = history.lastPlacement(graph, at)
                .filter(decision -> !decision.at().isBefore(created));
        if (placement.isEmpty()) {
            return state;
        }
        state = state.with(RecordedChanges.after(placement.get(), state));
        state = replayed(graph, new HistorySpan(placement.get().at(), at), SCALED, state);
        Instant fresh = at.minus(FRESH);
        return replayed(
                graph,
                new HistorySpan(
                        placement.get().at().isAfter(fresh) ? placement.get().at() : fresh, at),
                ALL,
                state);
    }

    /** The last event that tells a phase; some of these types tell one only now and then. */
    private Optional<GraphPhase> phase(GraphId graph, Instant created, Instant at) {
        Optional<StoredEvent> event = history.lastEvent(graph, PublishedPhases.TYPES, new HistorySpan(created, at));
        for (int looks = 1; looks < MOST_LOOKS && event.isPresent(); looks++) {
            Optional<GraphPhase> phase = event.flatMap(PublishedPhases::phase);
            if (phase.isPresent()) {
                return phase;
            }
            event = history.lastEvent(
                    graph,
                    PublishedPhases.TYPES,
                    new HistorySpan(created, event.get().time()));
        }
        return event.flatMap(PublishedPhases::phase);
    }

    /** The state after all decisions of a span; those on replicas say what they are, so that repeating them changes nothing. */
    private FormerState replayed(GraphId graph, HistorySpan span, Set<String> outcomes, FormerState first) {
        FormerState state = first;
        HistorySpan rest = span;
        List<DecisionRecord> page;
        do {
            page = history.decisions(graph, rest, outcomes, PAGE);
            for (DecisionRecord decision : page) {
                state = state.with(RecordedChanges.after(decision, state));
            }
            if (!page.isEmpty()) {
                rest = new HistorySpan(page.get(page.size() - 1).at().plusMillis(1), span.until());
            }
        } while (page.size() == PAGE);
        return state;
    }

    private static SmoException invalid(String message) {
        return SmoException.invalid("The query is not valid", List.of(new Violation("", message)));
    }
}
