// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactional writes of a graph change are stored with it or not at all, on every database. */
abstract class AlongsideContract {

    private static final GraphId GRAPH = Samples.graph("g");

    private final TestDatabase kind;
    private final AtomicInteger told = new AtomicInteger();
    private Opened database;
    private GraphStore graphs;

    AlongsideContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        graphs = database.stores().graphs();
        database.stores().publisher(told::incrementAndGet);
    }

    @AfterEach
    void nobodyListens() {
        database.stores().publisher(CommitListener.NONE);
    }

    /** An event, an operation, a revision and a key, all with this number. */
    private static TransactionalWrites everything(int number) {
        return TransactionalWrites.of(
                        List.of(LifecycleSamples.event(GRAPH, number)),
                        List.of(LifecycleSamples.operation(GRAPH, number, State.PENDING)))
                .with(LifecycleSamples.revision(GRAPH, number))
                .with(LifecycleSamples.key("k" + number, number));
    }

    private static TransactionalWrites small(int number) {
        return TransactionalWrites.of(
                List.of(LifecycleSamples.event(GRAPH, number)),
                List.of(LifecycleSamples.operation(GRAPH, number, State.RUNNING)));
    }

    private void requireWritten(long events, long operations, long revisions, long keys) {
        assertThat(database.rows("outbox")).as("events").isEqualTo(events);
        assertThat(database.rows("operation")).as("operations").isEqualTo(operations);
        assertThat(database.rows("revision")).as("revisions").isEqualTo(revisions);
        assertThat(database.rows("idempotency_key")).as("keys").isEqualTo(keys);
    }

    @Test
    void everyChangeWritesWhatBelongsToIt() {
        graphs.insert(Samples.desired(GRAPH), everything(1));
        assertThat(graphs.update(Samples.desired(GRAPH, 2, List.of("a")), everything(2)))
                .isTrue();
        assertThat(graphs.commit(GRAPH, 2, Samples.decided(1), Map.of(), Optional.empty(), everything(3)))
                .isEqualTo(CommitResult.STORED);
        graphs.observe(GRAPH, Samples.observed(), everything(4));
        requireWritten(4, 4, 4, 4);
        graphs.delete(GRAPH, small(5));

        requireWritten(5, 5, 0, 4);
        assertThat(told).hasValue(5);
        assertThat(database.stores().events().publish(10))
                .extracting(event -> event.correlationId())
                .containsExactly("corr-1", "corr-2", "corr-3", "corr-4", "corr-5");
        assertThat(database.stores().operations().findKey("k2")).contains(LifecycleSamples.key("k2", 2));
    }

    @Test
    void aChangeThatIsRefusedWritesNothing() {
        graphs.insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        graphs.insert(Samples.desired(Samples.graph("h"), 1, List.of("taken")), TransactionalWrites.NOTHING);

        assertThatThrownBy(() -> graphs.insert(Samples.desired(GRAPH), everything(1)))
                .hasMessageStartingWith("Graph 'g' exists already");
        assertThatThrownBy(() -> graphs.insert(Samples.desired(Samples.graph("i"), 1, List.of("taken")), everything(1)))
                .hasMessageStartingWith("Service 'taken' belongs to graph 'h'");
        assertThat(graphs.update(Samples.desired(GRAPH, 5, List.of()), everything(1)))
                .isFalse();
        assertThatThrownBy(() -> graphs.update(Samples.desired(GRAPH, 2, List.of("taken")), everything(1)))
                .hasMessageStartingWith("Service 'taken' belongs to graph 'h'");
        assertThat(graphs.commit(GRAPH, 9, Samples.decided(1), Map.of(), Optional.empty(), everything(1)))
                .isEqualTo(CommitResult.STALE);
        assertThat(graphs.commit(
                        GRAPH,
                        1,
                        Samples.decided(1),
                        Samples.cpu(Samples.C1, 1),
                        Optional.of(Samples.decision(GRAPH, 1, Optional.empty())),
                        everything(1)))
                .isEqualTo(CommitResult.NO_CAPACITY);
        requireWritten(0, 0, 0, 0);
        assertThat(told).hasValue(0);
    }

    @Test
    void aGraphThatIsGoneIsLeftGoneWithoutEvents() {
        graphs.observe(GRAPH, Samples.observed(), small(1));
        graphs.delete(GRAPH, small(2));

        requireWritten(0, 0, 0, 0);
        assertThat(graphs.find(GRAPH)).isEmpty();
        assertThat(told).hasValue(0);
    }

    @Test
    void aDuplicateKeyRollsBackTheWholeChange() {
        IdempotencyRecord taken = LifecycleSamples.key("k", 1);
        graphs.insert(Samples.desired(Samples.graph("first")), TransactionalWrites.NOTHING.with(taken));
        graphs.insert(Samples.desired(Samples.graph("h")), TransactionalWrites.NOTHING);
        TransactionalWrites again = small(2).with(LifecycleSamples.key("k", 2));

        requireConflict(() -> graphs.insert(Samples.desired(GRAPH), again));
        requireConflict(() -> graphs.update(Samples.desired(Samples.graph("h"), 2, List.of("a")), again));
        requireConflict(() -> graphs.commit(
                Samples.graph("h"),
                1,
                Samples.decided(1),
                Map.of(),
                Optional.of(Samples.decision(GRAPH, 1, Optional.empty())),
                again));
        requireWritten(0, 0, 0, 1);
        assertThat(graphs.find(GRAPH)).isEmpty();
        assertThat(graphs.find(Samples.graph("h")).orElseThrow().desired().revision())
                .isEqualTo(1);
        assertThat(graphs.find(Samples.graph("h")).orElseThrow().decided()).isEmpty();
        assertThat(database.rows("decision")).isZero();
        assertThat(database.stores().operations().findKey("k")).contains(taken);
    }

    private static void requireConflict(org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessageContaining("idempotency key 'k'");
    }

    @Test
    void anEqualRequestThatIsSlowerHearsOfItsKeyAndNotOfTheName() {
        TransactionalWrites transactionalWrites = TransactionalWrites.NOTHING.with(LifecycleSamples.key("k", 1));
        graphs.insert(Samples.desired(GRAPH), transactionalWrites);

        requireConflict(() -> graphs.insert(Samples.desired(GRAPH), transactionalWrites));
    }

    @Test
    void theIdOfAServiceThatIsRetiringStaysTakenUntilItIsGone() {
        graphs.insert(Samples.desired(GRAPH, 1, List.of("old", "kept")), TransactionalWrites.NOTHING);
        graphs.update(
                Samples.retiring(Samples.desired(GRAPH, 2, List.of("kept", "new")), Map.of("old", "HELM")),
                TransactionalWrites.NOTHING);

        assertThatThrownBy(() -> graphs.insert(
                        Samples.desired(Samples.graph("h"), 1, List.of("old")), TransactionalWrites.NOTHING))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessage("Service 'old' is just being removed from graph 'g' of project 'p1' and keeps its id until"
                        + " it is gone. Try again then.");
        assertThat(graphs.update(Samples.desired(GRAPH, 3, List.of("kept", "new")), TransactionalWrites.NOTHING))
                .isTrue();
        graphs.insert(Samples.desired(Samples.graph("h"), 1, List.of("old")), TransactionalWrites.NOTHING);
        assertThat(database.rows("service")).isEqualTo(3);
    }

    @Test
    void aPublisherThatFailsDoesNotRollBackOrRepeatWhatIsStored() {
        database.stores().publisher(() -> {
            told.incrementAndGet();
            throw new IllegalStateException("closing");
        });
        graphs.insert(Samples.desired(GRAPH), everything(1));
        graphs.observe(GRAPH, Samples.observed(), TransactionalWrites.NOTHING);

        assertThat(told).hasValue(1);
        requireWritten(1, 1, 1, 1);
    }
}
