// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.OperationStore.Query;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations and keys of requests, on every database. */
abstract class OperationStoreContract {

    private static final GraphId GRAPH = Samples.graph("g");
    private static final Instant LONG_AGO = Samples.NOW.minusSeconds(1_000_000);

    private final TestDatabase kind;
    private Opened database;
    private OperationStore operations;

    OperationStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        operations = database.stores().operations();
    }

    private static Operation operation(int number, State state) {
        return LifecycleSamples.operation(GRAPH, number, state);
    }

    private static List<Operation> several(int from, int to, State state) {
        return IntStream.range(from, to)
                .mapToObj(number -> operation(number, state))
                .toList();
    }

    @Test
    void keepsEveryField() {
        Operation plain = operation(1, State.PENDING);
        operations.save(List.of(LifecycleSamples.drain(), plain, LifecycleSamples.upgrade()));

        assertThat(operations.find("op-drain")).contains(LifecycleSamples.drain());
        assertThat(operations.find(plain.id())).contains(plain);
        assertThat(operations.find("op-upgrade")).contains(LifecycleSamples.upgrade());
        assertThat(operations.find("nobody")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aFinalOperationIsLeftAsItIs(State state) {
        Operation stored = operation(1, state);
        Operation later = operation(2, State.RUNNING);
        Operation overwriting = new Operation(
                stored.id(),
                later.kind(),
                later.target(),
                later.state(),
                9,
                9,
                later.origin(),
                later.times(),
                later.steps(),
                later.stages(),
                later.error(),
                "overwritten");
        operations.save(List.of(stored));
        operations.save(List.of(overwriting));
        assertThat(operations.find(stored.id())).contains(state.isFinal() ? stored : overwriting);

        database.stores()
                .graphs()
                .insert(Samples.desired(GRAPH), TransactionalWrites.of(List.of(), List.of(overwriting)));
        assertThat(operations.find(stored.id())).contains(state.isFinal() ? stored : overwriting);
    }

    @Test
    void listsOpenOnesOldestFirstAndAllNewestFirstInPages() {
        operations.save(several(0, 4, State.SUCCEEDED));
        operations.save(List.of(operation(5, State.RUNNING), operation(4, State.PENDING)));
        operations.save(List.of(LifecycleSamples.operation(Samples.graph("h"), 6, State.FAILED)));

        assertThat(operations.open()).containsExactly(operation(4, State.PENDING), operation(5, State.RUNNING));
        assertThat(ids(new Query(Optional.empty(), Optional.empty(), false, 3))).containsExactly(6, 5, 4);
        assertThat(ids(new Query(
                        Optional.of(ResourceRef.of(GRAPH)), Optional.of(LifecycleSamples.operationId(5)), false, 2)))
                .containsExactly(4, 3);
        assertThat(ids(new Query(Optional.of(ResourceRef.of(GRAPH)), Optional.empty(), true, 10)))
                .containsExactly(5, 4);
        assertThat(ids(new Query(Optional.empty(), Optional.of(LifecycleSamples.operationId(5)), true, 10)))
                .containsExactly(4);
    }

    @Test
    void listsThoseOnResourcesOfOneKindInOneProject() {
        operations.save(several(0, 4, State.SUCCEEDED));
        operations.save(List.of(
                on(new ResourceRef("rack", "", "a"), 4, State.RUNNING),
                on(new ResourceRef("rack", "", "b"), 5, State.SUCCEEDED),
                on(new ResourceRef("rack", "p", "a"), 6, State.RUNNING),
                on(new ResourceRef("shelf", "", "a"), 7, State.RUNNING)));

        Optional<OperationStore.TargetKind> racks = Optional.of(new OperationStore.TargetKind("rack", ""));
        assertThat(ids(new Query(Optional.empty(), racks, Optional.empty(), false, 10)))
                .containsExactly(5, 4);
        assertThat(ids(new Query(Optional.empty(), racks, Optional.of(LifecycleSamples.operationId(5)), false, 10)))
                .containsExactly(4);
        assertThat(ids(new Query(Optional.empty(), racks, Optional.empty(), true, 10)))
                .containsExactly(4);
    }

    private static Operation on(ResourceRef target, int number, State state) {
        Operation like = operation(number, state);
        return new Operation(
                like.id(),
                Operation.Kind.APPLY,
                target,
                state,
                like.generation(),
                like.wish(),
                like.origin(),
                like.times(),
                like.steps(),
                like.stages(),
                like.error(),
                like.message());
    }

    private List<Integer> ids(Query query) {
        return operations.list(query).stream()
                .map(operation -> Integer.valueOf(operation.id().substring(3)))
                .toList();
    }

    @Test
    void prunesFinalOnesByAgeAndThenByCountAndKeysByAge() {
        operations.save(several(0, 10, State.SUCCEEDED));
        operations.save(List.of(operation(10, State.RUNNING)));
        database.stores()
                .graphs()
                .insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING.with(LifecycleSamples.key("k", 1)));

        assertThat(operations.prune(LONG_AGO, 10, LONG_AGO)).isZero();
        assertThat(operations.prune(Samples.NOW.plusSeconds(3), 10, Samples.NOW))
                .isEqualTo(3);
        assertThat(operations.findKey("k")).isPresent();
        assertThat(operations.prune(LONG_AGO, 4, Samples.NOW.plusMillis(1))).isEqualTo(3);
        assertThat(operations.findKey("k")).isEmpty();
        assertThat(ids(new Query(Optional.empty(), Optional.empty(), false, 100)))
                .containsExactly(10, 9, 8, 7, 6);
        assertThat(operations.prune(Samples.NOW.plusSeconds(1000), 0, LONG_AGO)).isEqualTo(4);
        assertThat(operations.open()).containsExactly(operation(10, State.RUNNING));
    }

    @Test
    void prunesManyStepByStep() {
        operations.save(new ArrayList<>(several(0, 2500, State.CANCELLED)));

        assertThat(operations.prune(Samples.NOW.plusSeconds(1200), 100, LONG_AGO))
                .isEqualTo(2400);
        assertThat(operations.find(LifecycleSamples.operationId(2399))).isEmpty();
        assertThat(operations.find(LifecycleSamples.operationId(2400))).isPresent();
    }
}
