// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With limits, a database stays small under any load, and referenced rows stay. */
class RetentionSizeTest {

    private static final int ROUNDS = 40;
    private static final int PER_ROUND = 500;
    private static final int KEPT = 200;
    private static final long MEBIBYTE = 1L << 20;
    private static final Instant LONG_AGO = Samples.NOW.minusSeconds(1_000_000);
    private static final GraphId GRAPH = Samples.graph("g");
    private static final DecisionRecord IN_FORCE =
            Samples.decision(GRAPH, 0, Optional.of(Samples.snapshot("in force")));
    private static final Operation OPEN = LifecycleSamples.operation(GRAPH, 0, State.RUNNING);

    @TempDir
    private Path directory;

    @Test
    void anH2FileStaysBelow160MebibytesUnderFullLoad() throws Exception {
        try (Stores stores = Stores.embedded(directory)) {
            long largest = run(stores, () -> size(directory.resolve("smo.mv.db")));
            System.out.printf("H2 file: at most %.1f MiB while open%n", (double) largest / MEBIBYTE);
            // H2 leaves what was freed alone for 45 s: all that this test writes is in the file.
            assertThat(largest).isLessThan(160 * MEBIBYTE);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void tablesOfPostgresqlStayBelowSixteenMebibytesWhenTheyAreVacuumed() {
        Opened database = Opened.at(TestDatabase.POSTGRESQL.newUrl());
        List<String> tables = List.of("operation", "event", "outbox", "decision", "snapshot", "revision", "delivery");
        long largest = run(database.stores(), () -> {
            // As autovacuum does by itself, without waiting for it.
            tables.forEach(table -> database.execute("vacuum " + table));
            return tables.stream()
                    .mapToLong(table -> database.number("select pg_total_relation_size('" + table + "')"))
                    .sum();
        });
        System.out.printf("PostgreSQL tables: at most %.1f MiB%n", (double) largest / MEBIBYTE);
        assertThat(largest).isLessThan(16 * MEBIBYTE);
        database.stores().close();
    }

    /** Lets much through in rounds with pruning, and gives the largest size after a round. */
    private static long run(Stores stores, LongSupplier size) {
        stores.graphs()
                .insert(
                        Samples.desired(GRAPH),
                        TransactionalWrites.of(List.of(), List.of(OPEN)).with(LifecycleSamples.revision(GRAPH, 1)));
        stores.graphs()
                .commit(
                        GRAPH,
                        1,
                        Samples.full(IN_FORCE.id()),
                        Map.of(),
                        Optional.of(IN_FORCE),
                        TransactionalWrites.NOTHING);
        stores.webhooks().insert(LifecycleSamples.webhook("w", new EventFilter(Set.of("cluster.left"), Set.of())));
        long largest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            write(stores, round * PER_ROUND + 1);
            prune(stores);
            largest = Math.max(largest, size.getAsLong());
        }
        requireWhatIsReferredTo(stores);
        return largest;
    }

    private static void write(Stores stores, int from) {
        List<Integer> numbers = IntStream.range(from, from + PER_ROUND).boxed().toList();
        // One by one as it comes, a tenth of it; the rest in bulk, to save time.
        numbers.subList(0, PER_ROUND / 10).forEach(number -> stores.graphs()
                .observe(
                        GRAPH,
                        Samples.observed(),
                        TransactionalWrites.of(
                                List.of(LifecycleSamples.event(GRAPH, number)),
                                List.of(LifecycleSamples.operation(GRAPH, number, State.SUCCEEDED)))));
        List<Integer> rest = numbers.subList(PER_ROUND / 10, PER_ROUND);
        stores.operations()
                .save(rest.stream()
                        .map(number -> LifecycleSamples.operation(GRAPH, number, State.SUCCEEDED))
                        .toList());
        stores.events()
                .append(rest.stream()
                        .map(number -> LifecycleSamples.event(GRAPH, number))
                        .toList());
        if (from == (ROUNDS - 3) * PER_ROUND + 1) {
            stores.events().append(List.of(LifecycleSamples.clusterEvent("cluster.left", from)));
        }
        stores.events().publish(10 * PER_ROUND);
        stores.decisions()
                .append(numbers.stream()
                        .map(number -> Samples.decision(GRAPH, number, Optional.of(Samples.snapshot("s" + number / 5))))
                        .toList());
        int revision = (from - 1) / PER_ROUND + 2;
        stores.graphs()
                .update(
                        Samples.descriptorRevision(Samples.desired(GRAPH, revision, List.of("g-service")), revision),
                        TransactionalWrites.NOTHING.with(LifecycleSamples.revision(GRAPH, revision)));
    }

    private static void prune(Stores stores) {
        stores.operations().prune(LONG_AGO, KEPT, LONG_AGO);
        stores.events().prune(LONG_AGO, KEPT);
        stores.decisions().prune(LONG_AGO, KEPT);
        stores.revisions().prune(5);
        stores.webhooks().prune(LONG_AGO);
    }

    private static void requireWhatIsReferredTo(Stores stores) {
        assertThat(stores.operations().open()).containsExactly(OPEN);
        assertThat(stores.decisions().find(GRAPH, IN_FORCE.id())).contains(IN_FORCE);
        assertThat(stores.decisions().count()).isEqualTo(KEPT + 1);
        // The third newest round has the event that the delivery waits for.
        assertThat(stores.webhooks().due(Samples.NOW.plusSeconds(1_000_000), Set.of(), 10))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.event().sequence())
                        .isEqualTo(stores.events().first()));
        assertThat(stores.events().last() - stores.events().first()).isLessThan(10L * KEPT);
        // Of the graph, and the one that it would go back to.
        assertThat(stores.revisions().list(GRAPH))
                .extracting(Revision::number)
                .containsExactly(41L, 40L, 39L, 38L, 37L, Samples.observed().goodRevision());
    }
}
