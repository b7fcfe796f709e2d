// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.history.FormerState;
import eu.nephele.smo.core.contract.history.GraphMoment;
import eu.nephele.smo.core.contract.history.GraphMoment.CauseSource;
import eu.nephele.smo.core.contract.history.GraphMoment.ChangeCause;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.HistoryStore;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.contract.store.HistoryStore.RevisionMark;
import eu.nephele.smo.core.contract.store.OperationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What is kept about a graph, collected and put into one order. */
final class GraphTimeline {

    /** Outcomes that change a graph, or say why it could not be changed. */
    static final Set<String> CHANGES = Set.of("placed", "infeasible", "scaled");

    /** Outcomes that change nothing: what they have is the load. */
    static final Set<String> READINGS = Set.of("unchanged", "kept");

    /** Events that say what a decision says. */
    private static final Set<String> DECIDED =
            Set.of("placement.decision_made", "placement.failed", "scaling.decision_made");

    private static final Comparator<Happening> ORDER =
            Comparator.comparing(Happening::at).thenComparing(Happening::rank);

    private enum Rank {
        REVISION,
        BEGIN,
        DECISION,
        EVENT,
        END,
        LOAD
    }

    /** @param change of the state that it finds */
    private record Happening(Instant at, Rank rank, ChangeCause cause, UnaryOperator<FormerState> change) {}

    private final HistoryStore history;
    private final OperationStore operations;
    private final List<Happening> happenings = new ArrayList<>();
    private int changes;

    GraphTimeline(HistoryStore history, OperationStore operations) {
        this.history = history;
        this.operations = operations;
    }

    /** Each source is asked for one more than there may be. */
    void collect(GraphId graph, HistorySpan span, List<RevisionMark> revisions, int most) {
        history.decisions(graph, span, CHANGES, most + 1)
                .forEach(decision -> add(decision.at(), Rank.DECISION, cause(decision), decided(decision)));
        history.events(graph, span, most + 1).stream()
                .filter(event -> !DECIDED.contains(event.type()))
                .forEach(event -> add(event.time(), Rank.EVENT, cause(event), published(event)));
        OperationStore.Query all =
                new OperationStore.Query(Optional.of(ResourceRef.of(graph)), Optional.empty(), false, most + 1);
        operations.list(all).forEach(operation -> add(operation, span));
        revisions.stream()
                .filter(revision -> isIn(span, revision.at()))
                .forEach(revision -> add(revision.at(), Rank.REVISION, cause(revision), revised(revision)));
    }

    /** Readings of the load, so many at most. */
    void collectReadings(GraphId graph, HistorySpan span, int most) {
        history.samples(graph, span, READINGS, span.part(most))
                .forEach(decision -> happenings.add(new Happening(
                        decision.at(),
                        Rank.LOAD,
                        new ChangeCause(CauseSource.LOAD, decision.id(), decision.reason(), "", Optional.empty(), ""),
                        decided(decision))));
    }

    private void add(Operation operation, HistorySpan span) {
        if (isIn(span, operation.createdAt())) {
            add(operation.createdAt(), Rank.BEGIN, cause(operation, "ACCEPTED"), state -> FormerState.UNKNOWN);
        }
        operation
                .finishedAt()
                .filter(at -> isIn(span, at))
                .ifPresent(at ->
                        add(at, Rank.END, cause(operation, operation.state().name()), state -> FormerState.UNKNOWN));
    }

    private void add(Instant at, Rank rank, ChangeCause cause, UnaryOperator<FormerState> change) {
        happenings.add(new Happening(at, rank, cause, change));
        changes++;
    }

    private static boolean isIn(HistorySpan span, Instant at) {
        return !at.isBefore(span.from()) && at.isBefore(span.until());
    }

    /** Number of changes, without readings of the load. */
    int changes() {
        return changes;
    }

    List<GraphMoment> moments(FormerState before) {
        happenings.sort(ORDER);
        List<GraphMoment> moments = new ArrayList<>(happenings.size());
        FormerState state = before;
        for (Happening happening : happenings) {
            FormerState change = happening.change().apply(state);
            state = state.with(change);
            moments.add(new GraphMoment(happening.at(), happening.cause(), change));
        }
        return moments;
    }

    private static UnaryOperator<FormerState> decided(DecisionRecord decision) {
        return before -> RecordedChanges.after(decision, before);
    }

    private static UnaryOperator<FormerState> published(StoredEvent event) {
        return before -> new FormerState(
                PublishedPhases.phase(event).filter(phase -> !before.phase().equals(Optional.of(phase))),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private static UnaryOperator<FormerState> revised(RevisionMark revision) {
        return before -> new FormerState(Optional.empty(), Optional.of(revision.number()), Optional.empty(), Map.of());
    }

    private static ChangeCause cause(DecisionRecord decision) {
        return new ChangeCause(
                CauseSource.DECISION,
                decision.id(),
                decision.reason(),
                decision.outcome(),
                Optional.empty(),
                decision.strategy().id() + " " + decision.strategy().version());
    }

    private static ChangeCause cause(StoredEvent event) {
        return new ChangeCause(
                CauseSource.EVENT,
                Long.toString(event.sequence()),
                event.type(),
                "",
                event.service(),
                event.data().get("message").flatMap(JsonValue::asString).orElse(""));
    }

    private static ChangeCause cause(Operation operation, String state) {
        return new ChangeCause(
                CauseSource.OPERATION,
                operation.id(),
                operation.kind().name(),
                state,
                Optional.empty(),
                operation.origin().principal());
    }

    private static ChangeCause cause(RevisionMark revision) {
        return new ChangeCause(
                CauseSource.REVISION,
                Long.toString(revision.number()),
                revision.cause(),
                "",
                Optional.empty(),
                revision.principal());
    }
}
