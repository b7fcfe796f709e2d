// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.quota.QuotaPart;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.QuotaStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas of projects, on every database. */
abstract class QuotaStoreContract {

    private static final String PROJECT = "p1";
    private static final QuotaMember CPU = new QuotaMember("cpu");
    private static final QuotaMember GPUS = new QuotaMember("gpus");
    private static final int THREADS = 12;
    private static final long PLENTY = 1_000_000;

    private final TestDatabase kind;
    private Opened database;
    private QuotaStore quotas;

    QuotaStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        quotas = database.stores().quotas();
        Resources all = new Resources(PLENTY, PLENTY, PLENTY, PLENTY);
        database.stores().capacity().setLimits(Map.of(Samples.C1, all, Samples.C2, all));
    }

    private void insert(String name, String... services) {
        GraphId graph = Samples.graph(name);
        Desired desired = services.length == 0 ? Samples.desired(graph) : Samples.desired(graph, 1, List.of(services));
        database.stores().graphs().insert(desired, TransactionalWrites.NOTHING);
    }

    private CommitResult place(String graph, ClusterId cluster, long cpu) {
        return commit(graph, Map.of(cluster, new Resources(cpu, 1, 0, 0)), Map.of());
    }

    private CommitResult commit(
            String graph, Map<ClusterId, Resources> reservation, Map<ClusterId, Resources> heldOfIt) {
        DecidedGraph decided = Samples.decided(1).next(1, Placement.NONE, heldOfIt, Samples.NOW);
        return database.stores()
                .graphs()
                .commit(Samples.graph(graph), 1, decided, reservation, Optional.empty(), TransactionalWrites.NOTHING);
    }

    private static void assertOverQuota(ThrowingCallable call, String member, String used, String limit) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SmoException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(SmoException.Kind.OVER_QUOTA);
            assertThat(refused.getMessage()).contains("Quota of project p1", member);
            assertThat(refused.reasons().get(member))
                    .containsEntry("project", PROJECT)
                    .containsEntry("used", used)
                    .containsEntry("limit", limit);
        });
    }

    private static <T> List<T> together(int tasks, IntFunction<Callable<T>> task) throws Exception {
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

    @Test
    void aQuotaOfItsOwnStandsInThePlaceOfTheUsualOneUntilItIsRemoved() {
        assertThat(quotas.limits(PROJECT)).isEmpty();
        quotas.usual(Map.of(QuotaMember.GRAPHS, 7L));
        assertThat(quotas.limits(PROJECT)).isEqualTo(Map.of(QuotaMember.GRAPHS, 7L));

        quotas.put(PROJECT, Map.of(CPU, 8000L, QuotaMember.PLANS, 0L));
        assertThat(quotas.limits(PROJECT)).isEqualTo(Map.of(CPU, 8000L, QuotaMember.PLANS, 0L));
        assertThat(quotas.limits("p2")).isEqualTo(Map.of(QuotaMember.GRAPHS, 7L));
        quotas.put(PROJECT, Map.of());
        assertThat(quotas.all()).isEqualTo(Map.of(PROJECT, Map.of()));
        assertThat(quotas.limits(PROJECT)).as("nothing is limited").isEmpty();

        assertThat(quotas.remove(PROJECT)).isTrue();
        assertThat(quotas.remove(PROJECT)).isFalse();
        assertThat(quotas.all()).isEmpty();
        assertThat(quotas.limits(PROJECT)).isEqualTo(Map.of(QuotaMember.GRAPHS, 7L));
    }

    @Test
    void twoThatComeAtOnceNeverShareTheLastPlace() throws Exception {
        quotas.put(PROJECT, Map.of(QuotaMember.GRAPHS, 10L));

        List<Boolean> accepted = together(60, number -> () -> {
            try {
                insert("g" + number);
                return true;
            } catch (SmoException refused) {
                assertThat(refused.kind()).isEqualTo(SmoException.Kind.OVER_QUOTA);
                return false;
            }
        });

        assertThat(accepted).filteredOn(Boolean::booleanValue).hasSize(10);
        assertThat(quotas.used(PROJECT)).containsEntry(QuotaMember.GRAPHS, 10L);
    }

    @Test
    void theUsualQuotaIsKeptAtOnceToo() throws Exception {
        quotas.usual(Map.of(QuotaMember.SERVICES, 9L));

        together(30, number -> () -> {
            assertThatCode(() -> insert("g" + number, "a" + number, "b" + number))
                    .satisfiesAnyOf(none -> assertThat(none).isNull(), refused -> assertThat(refused)
                            .isInstanceOf(SmoException.class));
            return number;
        });

        assertThat(quotas.used(PROJECT)).containsEntry(QuotaMember.SERVICES, 8L);
    }

    @Test
    void whatIsBeyondALoweredQuotaStaysAndOnlyGrowthIsRefused() {
        insert("a", "a1", "a2", "a3");
        insert("b");
        quotas.put(PROJECT, Map.of(QuotaMember.GRAPHS, 1L, QuotaMember.SERVICES, 2L));

        assertOverQuota(() -> insert("c"), "graphs", "2", "1");
        assertThat(update("a", 2, "a1", "a2", "other")).as("as many as before").isTrue();
        assertThat(update("a", 3, "a1", "a2")).as("fewer").isTrue();
        assertOverQuota(() -> update("a", 4, "a1", "a2", "a3"), "services", "3", "2");

        quotas.put(PROJECT, Map.of(QuotaMember.SERVICES, 4L));
        assertThat(update("a", 4, "a1", "a2", "a3")).isTrue();
        insertIntoAnotherProject();
    }

    private void insertIntoAnotherProject() {
        database.stores().graphs().insert(Samples.desired(new GraphId("p2", "a")), TransactionalWrites.NOTHING);
    }

    private boolean update(String graph, long revision, String... services) {
        return database.stores()
                .graphs()
                .update(
                        Samples.desired(Samples.graph(graph), revision, List.of(services)),
                        TransactionalWrites.NOTHING);
    }

    @Test
    void placementsTakeNoMoreThanTheQuotaLeaves() {
        insert("a");
        insert("b");
        quotas.put(PROJECT, Map.of(CPU, 8L, GPUS, 0L));

        assertThat(place("a", Samples.C1, 5)).isEqualTo(CommitResult.STORED);
        assertThat(place("b", Samples.C2, 4)).as("on another cluster").isEqualTo(CommitResult.OVER_QUOTA);
        assertThat(database.stores().capacity().quota(Samples.graph("b")))
                .isEqualTo(Map.of("cpu", new QuotaPart(5, 0, 8), "gpu", new QuotaPart(0, 0, 0)));
        assertThat(database.stores().capacity().reservedBy(Samples.graph("b"))).isEmpty();
        assertThat(place("b", Samples.C2, 3)).isEqualTo(CommitResult.STORED);
        assertThat(commit("b", Map.of(Samples.C2, new Resources(3, 1, 0, Resources.UNLIMITED)), Map.of()))
                .as("GPUs, of which nobody knows how many")
                .isEqualTo(CommitResult.OVER_QUOTA);

        quotas.put(PROJECT, Map.of(CPU, 2L));
        assertThat(place("a", Samples.C2, 5)).as("a move is no growth").isEqualTo(CommitResult.STORED);
        assertThat(place("a", Samples.C2, 4)).as("nor is less").isEqualTo(CommitResult.STORED);
        assertThat(place("a", Samples.C2, 5)).isEqualTo(CommitResult.OVER_QUOTA);
        assertThat(quotas.used(PROJECT)).containsEntry(CPU, 7L);
        assertThat(quotas.used(PROJECT)).containsEntry(new QuotaMember("memory"), 2L);
        database.stores().graphs().release(Samples.graph("b"));
        assertThat(quotas.used(PROJECT)).containsEntry(CPU, 4L);
    }

    @Test
    void whatIsHeldDuringAMoveIsNoPartOfThePlacement() {
        insert("a");
        insert("b");
        quotas.put(PROJECT, Map.of(CPU, 8L));
        place("a", Samples.C1, 4);
        place("b", Samples.C1, 4);
        Resources four = new Resources(4, 0, 0, 0);

        assertThat(commit("a", Map.of(Samples.C1, four, Samples.C2, four), Map.of(Samples.C1, four)))
                .as("at both places")
                .isEqualTo(CommitResult.STORED);
        assertThat(quotas.used(PROJECT)).containsEntry(CPU, 8L);
        assertThat(commit("a", Map.of(Samples.C1, four, Samples.C2, four), Map.of()))
                .as("the same amounts, all of which stay now")
                .isEqualTo(CommitResult.OVER_QUOTA);
        assertThat(commit("a", Map.of(Samples.C2, four), Map.of())).isEqualTo(CommitResult.STORED);
        assertThat(database.stores().capacity().reserved())
                .isEqualTo(Map.of(Samples.C1, new Resources(4, 1, 0, 0), Samples.C2, four));
    }

    @Test
    void decisionsAtOnceNeverExceedTheQuotaWhileNothingGrowsBeyondIt() throws Exception {
        List<String> graphs =
                IntStream.range(0, 8).mapToObj(number -> "g" + number).toList();
        graphs.forEach(this::insert);
        quotas.put(PROJECT, Map.of(CPU, 20L));
        AtomicLong highest = new AtomicLong();
        AtomicLong refused = new AtomicLong();

        together(THREADS, thread -> () -> {
            Random random = new Random(thread);
            for (int i = 0; i < 40; i++) {
                String graph = graphs.get(random.nextInt(graphs.size()));
                ClusterId cluster = random.nextBoolean() ? Samples.C1 : Samples.C2;
                if (random.nextInt(6) == 0) {
                    database.stores().graphs().release(Samples.graph(graph));
                } else if (place(graph, cluster, 1 + random.nextInt(8)) == CommitResult.OVER_QUOTA) {
                    refused.incrementAndGet();
                }
                long now = database.number("select coalesce(sum(amount), 0) from reservation where resource = 'cpu'");
                highest.accumulateAndGet(now, Math::max);
            }
            return thread;
        });

        assertThat(highest.get()).isBetween(10L, 20L);
        assertThat(refused.get()).isPositive();
    }

    @Test
    void plansAndWebhooksCount() {
        quotas.put(PROJECT, Map.of(QuotaMember.PLANS, 1L, QuotaMember.WEBHOOKS, 1L));
        String planned = LifecycleSamples.plan("one", true).plan().graph().project();
        quotas.put(planned, Map.of(QuotaMember.PLANS, 1L, QuotaMember.WEBHOOKS, 1L));
        database.stores().plans().insert(LifecycleSamples.plan("one", true));
        assertThatThrownBy(() -> database.stores().plans().insert(LifecycleSamples.plan("two", true)))
                .hasMessageContaining("plans 1 of 1 used");
        assertThat(database.stores().plans().find("two")).isEmpty();

        EventFilter ofProject = new EventFilter(Set.of(), Set.of(PROJECT));
        database.stores().webhooks().insert(LifecycleSamples.webhook("w1", ofProject));
        assertOverQuota(
                () -> database.stores().webhooks().insert(LifecycleSamples.webhook("w2", ofProject)),
                "webhooks",
                "1",
                "1");
        database.stores().webhooks().insert(LifecycleSamples.webhook("w3", new EventFilter(Set.of(), Set.of())));
        assertThat(quotas.used(PROJECT)).containsEntry(QuotaMember.WEBHOOKS, 1L);
        database.stores().webhooks().delete("w1");
        database.stores().webhooks().insert(LifecycleSamples.webhook("w2", ofProject));
    }
}
