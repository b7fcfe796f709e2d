// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.Stores;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention with small limits on the real store. */
class OperationRetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final GraphId GRAPH = new GraphId("p", "g");
    private static final OperationRetention.RetentionSettings SMALL = new OperationRetention.RetentionSettings(
            Duration.ofDays(30), 5, Duration.ofHours(24), 3, Duration.ofHours(24), Duration.ofHours(1));

    private Stores stores;

    @BeforeEach
    void open() throws SQLException {
        stores = Stores.inMemory("retention-" + UUID.randomUUID());
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void prune(RevisionStore revisions, PlanStore plans) {
        try (OperationRetention retention = new OperationRetention(
                SMALL, stores.operations(), revisions, plans, Clock.fixed(NOW, ZoneOffset.UTC), System::nanoTime)) {
            retention.prune();
        }
    }

    private void prune() {
        prune(stores.revisions(), stores.plans());
    }

    @Test
    void operationsGoByAgeAndNumberButNoneThatIsStillOpen() {
        stores.operations()
                .save(List.of(
                        operation(1, State.RUNNING, NOW.minus(Duration.ofDays(400))),
                        operation(2, State.SUCCEEDED, NOW.minus(Duration.ofDays(31))),
                        operation(3, State.PENDING, NOW.minus(Duration.ofDays(31)))));
        stores.operations()
                .save(IntStream.range(10, 20)
                        .mapToObj(number -> operation(number, State.FAILED, NOW))
                        .toList());
        prune();
        assertThat(stores.operations().open()).extracting(Operation::id).containsExactly("op-01", "op-03");
        assertThat(stores.operations().find("op-02")).isEmpty();
        assertThat(IntStream.range(10, 20)
                        .mapToObj(number -> stores.operations().find("op-" + number))
                        .flatMap(Optional::stream)
                        .map(Operation::id))
                .containsExactly("op-15", "op-16", "op-17", "op-18", "op-19");
    }

    @Test
    void operationsOnResourcesOfAnyKindGoAsThoseOnGraphs() {
        ResourceRef rack = new ResourceRef("infrastructure", "", "rack.1");
        ResourceRef zone = new ResourceRef("zone", "p", "shop.example");
        stores.operations()
                .save(List.of(
                        operation(1, rack, State.SUCCEEDED, NOW.minus(Duration.ofDays(31))),
                        operation(2, zone, State.FAILED, NOW.minus(Duration.ofDays(31))),
                        operation(3, rack, State.RUNNING, NOW.minus(Duration.ofDays(31))),
                        operation(4, rack, State.SUCCEEDED, NOW.minus(Duration.ofDays(29)))));
        stores.operations()
                .save(IntStream.range(10, 15)
                        .mapToObj(number -> operation(number, State.FAILED, NOW))
                        .toList());
        prune();
        assertThat(stores.operations().find("op-01")).isEmpty();
        assertThat(stores.operations().find("op-02")).isEmpty();
        assertThat(stores.operations().find("op-03")).isPresent();
        assertThat(stores.operations().find("op-04"))
                .as("five of all kinds are kept")
                .isEmpty();
    }

    @Test
    void aRequestIsRecognisedByItsKeyForADay() {
        graph(Optional.of(new IdempotencyRecord("old", "f", "op-01", NOW.minus(Duration.ofHours(25)))));
        stores.graphs()
                .update(
                        desired(2, 1),
                        TransactionalWrites.NOTHING.with(
                                new IdempotencyRecord("young", "f", "op-02", NOW.minus(Duration.ofHours(23)))));
        prune();
        assertThat(stores.operations().findKey("old")).isEmpty();
        assertThat(stores.operations().findKey("young")).isPresent();
    }

    @Test
    void aClockThatIsSetAheadRemovesNothingBeforeTheNextTurn() {
        graph(Optional.of(new IdempotencyRecord("key", "f", "op-01", NOW)));
        AtomicReference<Instant> shown = new AtomicReference<>(NOW);
        AtomicLong passed = new AtomicLong();
        Clock clock = new Clock() {

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return shown.get();
            }
        };
        try (OperationRetention retention = new OperationRetention(
                SMALL, stores.operations(), stores.revisions(), stores.plans(), clock, passed::get)) {
            shown.set(NOW.plus(Duration.ofHours(25)));
            retention.prune();
            assertThat(stores.operations().findKey("key"))
                    .as("it was set ahead")
                    .isPresent();

            shown.set(NOW.plus(Duration.ofHours(1)));
            passed.addAndGet(Duration.ofHours(1).toNanos());
            retention.prune();
            assertThat(stores.operations().findKey("key"))
                    .as("it was set right")
                    .isPresent();

            shown.set(NOW.plus(Duration.ofHours(25)));
            passed.addAndGet(Duration.ofHours(24).toNanos());
            retention.prune();
            assertThat(stores.operations().findKey("key"))
                    .as("a day has passed")
                    .isEmpty();
        }
    }

    @Test
    void aClockThatStaysAheadIsBelievedFromTheNextTurnOn() {
        graph(Optional.of(new IdempotencyRecord("key", "f", "op-01", NOW.minus(Duration.ofHours(25)))));
        AtomicLong passed = new AtomicLong();
        try (OperationRetention retention = new OperationRetention(
                SMALL,
                stores.operations(),
                stores.revisions(),
                stores.plans(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                passed::get)) {
            // the clock shows two hours more than have passed
            passed.addAndGet(-Duration.ofHours(2).toNanos());
            retention.prune();
            assertThat(stores.operations().findKey("key")).isPresent();
            retention.prune();
            assertThat(stores.operations().findKey("key")).isEmpty();
        }
    }

    @Test
    void aGraphKeepsItsNewestDescriptorsThePresentOneAndTheOneItWouldGoBackTo() {
        graph(Optional.empty());
        for (int number = 2; number <= 10; number++) {
            stores.graphs().update(desired(number, number), TransactionalWrites.NOTHING.with(revision(number)));
        }
        stores.graphs().update(desired(11, 4), TransactionalWrites.NOTHING);
        stores.graphs()
                .observe(
                        GRAPH,
                        new ObservedGraph(GraphPhase.RUNNING, List.of(), Map.of(), 1, 1, 2, List.of()),
                        TransactionalWrites.NOTHING);
        prune();
        assertThat(stores.revisions().list(GRAPH)).extracting(Revision::number).containsExactly(10L, 9L, 8L, 4L, 2L);
    }

    @Test
    void aPlanIsKeptForADayAfterItHasExpired() {
        stores.plans().insert(plan("old", NOW.minus(Duration.ofHours(25))));
        stores.plans().insert(plan("expired", NOW.minus(Duration.ofHours(23))));
        stores.plans().insert(plan("valid", NOW.plus(Duration.ofHours(1))));
        prune();
        assertThat(stores.plans().find("old")).isEmpty();
        assertThat(stores.plans().find("expired")).isPresent();
        assertThat(stores.plans().find("valid")).isPresent();
    }

    @Test
    void aStoreThatFailsKeepsNoneOfTheOthersFromBeingPruned() {
        stores.operations().save(List.of(operation(1, State.SUCCEEDED, NOW.minus(Duration.ofDays(31)))));
        stores.plans().insert(plan("old", NOW.minus(Duration.ofHours(25))));
        prune(new Failing(), stores.plans());
        assertThat(stores.operations().find("op-01")).isEmpty();
        assertThat(stores.plans().find("old")).isEmpty();
    }

    private void graph(Optional<IdempotencyRecord> key) {
        TransactionalWrites transactionalWrites = TransactionalWrites.NOTHING.with(revision(1));
        stores.graphs().insert(desired(1, 1), key.map(transactionalWrites::with).orElse(transactionalWrites));
    }

    private static Desired desired(long revision, long descriptor) {
        return new Desired(
                GRAPH,
                revision,
                revision,
                DesiredState.RUNNING,
                new Declaration(JsonObject.EMPTY, List.of("a"), StrategyOverride.NONE, descriptor, List.of()),
                false,
                RequestedPlacement.of(1, PlaceRequest.replace()),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(NOW));
    }

    private static Revision revision(long number) {
        return new Revision(GRAPH, number, JsonObject.EMPTY, StrategyOverride.NONE, "update", "alice", NOW);
    }

    private static Operation operation(int number, State state, Instant at) {
        return operation(number, ResourceRef.of(GRAPH), state, at);
    }

    private static Operation operation(int number, ResourceRef target, State state, Instant at) {
        return new Operation(
                "op-%02d".formatted(number),
                target.kind().equals(ResourceRef.GRAPH) ? Operation.Kind.DEPLOY : Operation.Kind.APPLY,
                target,
                state,
                1,
                1,
                RequestOrigin.INTERNAL,
                Operation.Times.from(at).changed(at, state.isFinal()),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
    }

    private static PlanRecord plan(String id, Instant expiresAt) {
        Plan plan = new Plan(
                id,
                GRAPH,
                Operation.Kind.PLACE,
                new Plan.Validity(expiresAt.minusSeconds(900), expiresAt),
                true,
                new Plan.Services(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("a")),
                List.of(),
                Placement.NONE,
                Map.of(),
                JsonObject.EMPTY,
                List.of(),
                List.of());
        return new PlanRecord(
                plan, Optional.empty(), StrategyOverride.NONE, Optional.of(PlaceRequest.replace()), "1/1");
    }

    /** A database that does not answer. */
    private static final class Failing implements RevisionStore {

        @Override
        public Optional<Revision> find(GraphId graph, long number) {
            throw failure();
        }

        @Override
        public List<Revision> list(GraphId graph) {
            throw failure();
        }

        @Override
        public long prune(int perGraph) {
            throw failure();
        }

        private static SmoException failure() {
            return SmoException.of(
                    SmoException.Kind.UPSTREAM_FAILED, "database", "The database does not answer", Optional.empty());
        }
    }
}
