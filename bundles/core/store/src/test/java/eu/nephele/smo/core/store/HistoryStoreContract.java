// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.HistoryStore;
import eu.nephele.smo.core.contract.store.HistoryStore.Activity;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was, on every database. */
abstract class HistoryStoreContract {

    private static final GraphId GRAPH = Samples.graph("g");
    private static final GraphId OTHER = Samples.graph("h");
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final HistorySpan HOUR = new HistorySpan(START, START.plusSeconds(3600));
    private static final Set<String> CHANGES = Set.of("placed", "scaled");

    private final TestDatabase kind;
    private Opened database;
    private HistoryStore history;

    HistoryStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        history = database.stores().history();
    }

    private static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private static DecisionRecord decision(GraphId graph, int minute, DecisionKind decided, String outcome) {
        return new DecisionRecord(
                "%016x%s"
                        .formatted(
                                minute(minute).toEpochMilli() << 16,
                                graph.name() + decided.name().charAt(0)),
                decided,
                graph,
                1,
                minute(minute),
                "deploy",
                new DecisionRecord.Strategy("first-fit", "1"),
                outcome,
                false,
                Duration.ofMillis(1),
                Optional.empty(),
                JsonObject.EMPTY);
    }

    private void decide(DecisionRecord... records) {
        database.stores().decisions().append(List.of(records));
    }

    private void publish(GraphId graph, int minute, String type) {
        database.stores()
                .events()
                .append(List.of(new EventDraft(
                        type,
                        minute(minute),
                        Optional.of(ResourceRef.of(graph)),
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        "",
                        "",
                        JsonObject.EMPTY)));
        database.stores().events().publish(10);
    }

    @Test
    void decisionsAreThoseOfAGraphInASpanByTime() {
        DecisionRecord first = decision(GRAPH, 1, DecisionKind.PLACEMENT, "placed");
        DecisionRecord scaled = decision(GRAPH, 2, DecisionKind.SCALING, "scaled");
        DecisionRecord last = decision(GRAPH, 60, DecisionKind.PLACEMENT, "placed");
        decide(
                last,
                scaled,
                first,
                decision(GRAPH, 3, DecisionKind.SCALING, "unchanged"),
                decision(OTHER, 2, DecisionKind.PLACEMENT, "placed"));

        assertThat(history.decisions(GRAPH, HOUR, CHANGES, 10)).containsExactly(first, scaled);
        assertThat(history.decisions(GRAPH, HOUR, CHANGES, 1)).containsExactly(first);
        assertThat(history.lastPlacement(GRAPH, minute(60))).contains(first);
        assertThat(history.lastPlacement(GRAPH, minute(61))).contains(last);
        assertThat(history.lastPlacement(GRAPH, START)).isEmpty();
        assertThat(history.firstPlacement(GRAPH, START)).contains(minute(1));
        assertThat(history.firstPlacement(GRAPH, minute(2))).contains(minute(60));
        assertThat(history.firstPlacement(Samples.graph("none"), START)).isEmpty();
    }

    @Test
    void samplesAreTheFirstOfEachPart() {
        for (int minute = 0; minute < 60; minute += 5) {
            decide(decision(GRAPH, minute, DecisionKind.SCALING, minute == 30 ? "kept" : "unchanged"));
        }
        assertThat(history.samples(GRAPH, HOUR, Set.of("unchanged"), Duration.ofMinutes(20)))
                .extracting(DecisionRecord::at)
                .containsExactly(minute(0), minute(20), minute(40));
        assertThat(history.samples(GRAPH, HOUR, Set.of("unchanged", "kept"), Duration.ofMinutes(1)))
                .hasSize(12);
        assertThat(history.samples(OTHER, HOUR, Set.of("unchanged"), Duration.ofMinutes(1)))
                .isEmpty();
    }

    @Test
    void eventsAreThoseOfAGraph() {
        assertThat(history.firstEvent()).isEmpty();
        publish(GRAPH, 0, "hdag.accepted");
        publish(OTHER, 1, "hdag.deployed");
        publish(GRAPH, 2, "hdag.deployed");
        publish(GRAPH, 70, "hdag.degraded");

        assertThat(history.events(GRAPH, HOUR, 10))
                .extracting(StoredEvent::type)
                .containsExactly("hdag.accepted", "hdag.deployed");
        assertThat(history.events(GRAPH, HOUR, 1)).hasSize(1);
        assertThat(history.lastEvent(
                        GRAPH, Set.of("hdag.accepted", "hdag.deployed"), new HistorySpan(START, minute(90))))
                .map(StoredEvent::time)
                .contains(minute(2));
        assertThat(history.lastEvent(GRAPH, Set.of("hdag.failed"), HOUR)).isEmpty();
        assertThat(history.firstEvent()).contains(START);
    }

    @Test
    void whatHappensIsCountedByPartAndProject() {
        GraphId elsewhere = new GraphId("p2", "g");
        decide(
                decision(GRAPH, 0, DecisionKind.PLACEMENT, "placed"),
                decision(OTHER, 9, DecisionKind.PLACEMENT, "placed"),
                decision(elsewhere, 11, DecisionKind.PLACEMENT, "infeasible"),
                decision(GRAPH, 12, DecisionKind.SCALING, "scaled"),
                decision(GRAPH, 13, DecisionKind.SCALING, "unchanged"),
                decision(GRAPH, 60, DecisionKind.PLACEMENT, "placed"));
        publish(GRAPH, 59, "service.moved");
        publish(GRAPH, 59, "service.scaled");
        Operation failed = LifecycleSamples.operation(GRAPH, 1, Operation.State.FAILED);
        database.stores().operations().save(List.of(failed));

        String project = GRAPH.project();
        assertThat(history.activity(HOUR, Duration.ofMinutes(10)))
                .containsExactlyInAnyOrder(
                        new ActivityCount(0, project, Activity.PLACED, 2),
                        new ActivityCount(1, "p2", Activity.INFEASIBLE, 1),
                        new ActivityCount(1, project, Activity.SCALED, 1),
                        new ActivityCount(5, project, Activity.MOVED, 1));
        assertThat(history.activity(
                        new HistorySpan(failed.updatedAt(), failed.updatedAt().plusSeconds(1)), Duration.ofSeconds(1)))
                .contains(new ActivityCount(0, project, Activity.FAILED, 1));
    }
}
