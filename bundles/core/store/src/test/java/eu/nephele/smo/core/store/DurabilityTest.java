// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.store.DecisionStore.Query;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that the embedded database acknowledged stay. */
class DurabilityTest {

    private static final Query ALL = new Query(Optional.empty(), Optional.empty(), 10);

    @TempDir
    private Path directory;

    @Test
    void everythingAcknowledgedSurvivesTheKillOfTheProcess() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (int lines : new int[] {7, 150, 600}) {
            acknowledged.addAll(writeAndKill(lines));
            requireAll(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(757);
    }

    /** Lets a process write until it has acknowledged so much, kills it with SIGKILL, and gives all that it acknowledged. */
    private Set<String> writeAndKill(int lines) throws IOException, InterruptedException {
        Set<String> acknowledged = new HashSet<>();
        KilledProcess.run(Writer.class, directory, line -> {
            acknowledged.add(line);
            return acknowledged.size() == lines;
        });
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(lines).noneMatch(line -> line.startsWith("refused"));
        return acknowledged;
    }

    private void requireAll(Set<String> acknowledged) throws SQLException {
        try (Stores stores = Stores.embedded(directory)) {
            Set<String> found = new HashSet<>();
            Set<String> decided = new HashSet<>();
            for (GraphRecord graph : stores.graphs().list()) {
                found.add("graph " + graph.id().name());
                if (graph.decided().isPresent()) {
                    found.add("commit " + graph.id().name());
                    decided.add(graph.id().name());
                }
                if (stores.decisions().list(graph.id(), ALL).size() == 2) {
                    found.add("decision " + graph.id().name());
                }
            }
            assertThat(found).containsAll(acknowledged);
            assertThat(stores.capacity().reserved()).isEqualTo(Samples.cpu(Samples.C1, 5L * decided.size()));
            requireWhatBelongsToDecisions(stores, decided);
        }
    }

    /** Each transaction is there as a whole or not at all. */
    private static void requireWhatBelongsToDecisions(Stores stores, Set<String> decided) {
        stores.events().publish(1_000_000);
        assertThat(stores.events().after(0, EventFilter.ALL, 1_000_000))
                .extracting(event -> event.graph().orElseThrow().name())
                .containsExactlyInAnyOrderElementsOf(decided);
        assertThat(stores.operations()
                        .list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, 1_000_000)))
                .extracting(Operation::id)
                .containsExactlyInAnyOrderElementsOf(decided);
    }

    @Test
    void aThreadThatIsInterruptedDoesNotCloseTheDatabaseForTheOthers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Stores stores = Stores.embedded(directory)) {
            for (int i = 0; i < 40; i++) {
                String name = "g" + i;
                Future<?> task = threads.submit(() -> {
                    Thread.currentThread().interrupt();
                    stores.graphs().insert(Samples.desired(Samples.graph(name)), TransactionalWrites.NOTHING);
                });
                stores.decisions().append(List.of(Samples.decision(Samples.graph(name), i, Optional.empty())));
                awaitEnd(task);
            }
            assertThat(stores.decisions().count()).isEqualTo(40);
        } finally {
            threads.shutdownNow();
        }
        try (Stores stores = Stores.embedded(directory)) {
            assertThat(stores.decisions().count()).isEqualTo(40);
        }
    }

    private static void awaitEnd(Future<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(SmoException.class);
        }
    }
}
