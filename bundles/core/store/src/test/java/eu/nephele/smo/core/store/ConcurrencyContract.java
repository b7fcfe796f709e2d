// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many at once, on every database. */
abstract class ConcurrencyContract {

    private static final int THREADS = 16;
    private static final List<ClusterId> CLUSTERS = List.of(Samples.C1, Samples.C2, Samples.OTHER_C1);

    private final TestDatabase kind;
    private Opened database;

    ConcurrencyContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
    }

    private static <T> List<T> together(int tasks, IntFunction<Callable<T>> task)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result :
                    threads.invokeAll(IntStream.range(0, tasks).mapToObj(task).toList())) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<GraphId> insert(int count) {
        List<GraphId> ids = IntStream.range(0, count)
                .mapToObj(number -> Samples.graph("g" + number))
                .toList();
        ids.forEach(id -> database.stores().graphs().insert(Samples.desired(id), TransactionalWrites.NOTHING));
        return ids;
    }

    @Test
    void exactlyAsManyGraphsWinAsFit() throws Exception {
        List<GraphId> ids = insert(200);
        database.stores().capacity().setLimits(Map.of(Samples.C1, new Resources(150 * 7, 150 * 3, 0, 0)));

        List<CommitResult> results = together(
                200,
                number -> () -> database.stores()
                        .graphs()
                        .commit(
                                ids.get(number),
                                1,
                                Samples.decided(1),
                                Map.of(Samples.C1, new Resources(7, 3, 0, 0)),
                                Optional.of(Samples.decision(
                                        ids.get(number), number, Optional.of(Samples.snapshot("same")))),
                                TransactionalWrites.NOTHING));

        assertThat(results).filteredOn(CommitResult.STORED::equals).hasSize(150);
        assertThat(results).filteredOn(CommitResult.NO_CAPACITY::equals).hasSize(50);
        assertThat(database.stores().capacity().reserved())
                .isEqualTo(Map.of(Samples.C1, new Resources(1050, 450, 0, 0)));
        assertThat(database.stores().decisions().count()).isEqualTo(150);
        assertThat(database.rows("snapshot")).isEqualTo(1);
        assertThat(database.rows("decided")).isEqualTo(150);
    }

    @Test
    void movesReleasesLimitsAndRebuildsAtOnceNeverExceedALimitAndTheSumsStayRight() throws Exception {
        List<GraphId> ids = insert(12);
        Map<ClusterId, Resources> limits = new HashMap<>();
        CLUSTERS.forEach(cluster -> limits.put(cluster, new Resources(40, 40, 0, 0)));
        database.stores().capacity().setLimits(limits);
        AtomicInteger exceeded = new AtomicInteger();

        together(THREADS, thread -> () -> {
            Random random = new Random(thread);
            for (int i = 0; i < 40; i++) {
                step(ids.get(random.nextInt(ids.size())), random, limits);
                exceeded.addAndGet((int)
                        database.number("select count(*) from capacity where reserved > upper_limit or reserved < 0"));
            }
            return thread;
        });

        assertThat(exceeded).hasValue(0);
        Map<ClusterId, Resources> sums = new HashMap<>();
        ids.forEach(id -> database.stores()
                .capacity()
                .reservedBy(id)
                .forEach((cluster, amount) -> sums.merge(cluster, amount, Resources::plus)));
        assertThat(sums).isNotEmpty();
        assertThat(database.stores().capacity().reserved()).isEqualTo(sums);
    }

    @Test
    void aReadOfAGraphSeesEveryEarlierCommit() throws Exception {
        List<GraphId> ids = insert(4);
        Map<GraphId, AtomicLong> written = new ConcurrentHashMap<>();
        ids.forEach(id -> written.put(id, new AtomicLong()));
        AtomicInteger late = new AtomicInteger();

        together(THREADS, thread -> () -> {
            Random random = new Random(thread);
            for (int i = 0; i < 150; i++) {
                GraphId graph = ids.get(random.nextInt(ids.size()));
                if (random.nextInt(4) == 0) {
                    observeNext(graph, written.get(graph));
                } else {
                    long before = written.get(graph).get();
                    long seen = random.nextBoolean() ? generation(graph) : listed(graph);
                    late.addAndGet(seen < before ? 1 : 0);
                }
                if (random.nextInt(20) == 0) {
                    database.stores().forget();
                }
            }
            return thread;
        });

        assertThat(late).hasValue(0);
        assertThat(ids).allSatisfy(id -> {
            long kept = generation(id);
            assertThat(listed(id)).isEqualTo(kept);
            database.stores().forget();
            assertThat(kept)
                    .isEqualTo(listed(id))
                    .isEqualTo(generation(id))
                    .isEqualTo(written.get(id).get());
        });
    }

    /** Observers of one graph take turns, as its reconcile passes do. */
    private void observeNext(GraphId graph, AtomicLong written) {
        synchronized (written) {
            long next = written.get() + 1;
            ObservedGraph observed =
                    new ObservedGraph(GraphPhase.RUNNING, List.of(), Map.of(), next, next, 1, List.of());
            database.stores().graphs().observe(graph, observed, TransactionalWrites.NOTHING);
            written.set(next);
        }
    }

    /** As the list of its project shows it, beside others that are written at the same time. */
    private long listed(GraphId graph) {
        return database.stores().graphs().outlines(graph.project(), "", "", 10).stream()
                .filter(outline -> outline.id().equals(graph))
                .mapToLong(GraphOutline::convergedGeneration)
                .findFirst()
                .orElseThrow();
    }

    private long generation(GraphId graph) {
        return database.stores().graphs().find(graph).orElseThrow().observed().generation();
    }

    private void step(GraphId graph, Random random, Map<ClusterId, Resources> limits) {
        int what = random.nextInt(20);
        if (what == 0) {
            database.stores().graphs().release(graph);
        } else if (what == 1) {
            database.stores().capacity().setLimits(limits);
        } else if (what == 2) {
            database.stores().capacity().rebuild();
        } else {
            Map<ClusterId, Resources> wanted = new HashMap<>();
            CLUSTERS.forEach(
                    cluster -> wanted.put(cluster, new Resources(random.nextInt(12), random.nextInt(12), 0, 0)));
            database.stores()
                    .graphs()
                    .commit(graph, 1, Samples.decided(1), wanted, Optional.empty(), TransactionalWrites.NOTHING);
        }
    }

    @Test
    void oneOfManyInsertsOfTheSameNameWins() throws Exception {
        List<Boolean> won = together(THREADS, number -> () -> {
            try {
                database.stores().graphs().insert(Samples.desired(Samples.graph("g")), TransactionalWrites.NOTHING);
                return true;
            } catch (SmoException e) {
                assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT);
                assertThat(e).hasMessageStartingWith("Graph 'g' exists already");
                return false;
            }
        });

        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void oneOfManyGraphsGetsAServiceId() throws Exception {
        List<Boolean> won = together(THREADS, number -> () -> {
            Desired desired = Samples.desired(
                    Samples.graph("g" + number), 1, number % 2 == 0 ? List.of("a", "b") : List.of("b", "a"));
            try {
                database.stores().graphs().insert(desired, TransactionalWrites.NOTHING);
                return true;
            } catch (SmoException e) {
                assertThat(e).hasMessageMatching("Service '[ab]' belongs to graph 'g\\d+' of project 'p1' already.*");
                return false;
            }
        });

        assertThat(won).containsOnlyOnce(true);
        assertThat(database.rows("desired")).isEqualTo(1);
    }

    @Test
    void oneOfManyUpdatesOfTheSameRevisionWins() throws Exception {
        GraphId graph = insert(1).get(0);

        List<Boolean> won = together(
                THREADS,
                number -> () -> database.stores()
                        .graphs()
                        .update(Samples.desired(graph, 2, List.of("s" + number)), TransactionalWrites.NOTHING));

        assertThat(won).containsOnlyOnce(true);
        assertThat(database.rows("service")).isEqualTo(1);
    }

    @Test
    void pruningDoesNotTakeInputsThatAreJustBeingUsedAgain() throws Exception {
        GraphId graph = Samples.graph("g");

        together(THREADS, thread -> () -> {
            for (int i = 0; i < 15; i++) {
                if (thread % 4 == 0) {
                    database.stores().decisions().prune(Samples.NOW.plusSeconds(1_000_000), 0);
                } else {
                    database.stores()
                            .decisions()
                            .append(List.of(Samples.decision(
                                    graph, thread * 1000 + i, Optional.of(Samples.snapshot("s" + i % 2)))));
                }
            }
            return thread;
        });

        assertThat(
                        database.number(
                                "select count(*) from decision where inputs is null or inputs not in (select digest from snapshot)"))
                .isZero();
    }
}
