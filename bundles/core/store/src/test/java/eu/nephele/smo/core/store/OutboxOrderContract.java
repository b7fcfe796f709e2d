// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many writers and a publisher at once, on every database: the sequence has the order of the commits of each graph. */
abstract class OutboxOrderContract {

    private static final int WRITERS = 8;
    private static final int CHANGES = 40;
    private static final List<GraphId> GRAPHS = List.of(Samples.graph("g0"), Samples.graph("g1"), Samples.graph("g2"));

    private final TestDatabase kind;
    private final AtomicLong numbers = new AtomicLong();
    private Opened database;
    private GraphStore graphs;

    OutboxOrderContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        graphs = database.stores().graphs();
        GRAPHS.forEach(graph -> graphs.insert(Samples.desired(graph), TransactionalWrites.NOTHING));
    }

    private static TransactionalWrites event(String type, GraphId graph, long generation) {
        EventDraft sample = LifecycleSamples.event(graph, 1);
        EventDraft draft = new EventDraft(
                type,
                sample.time(),
                sample.about(),
                sample.service(),
                generation,
                sample.operation(),
                sample.correlationId(),
                "",
                sample.data());
        return TransactionalWrites.of(List.of(draft), List.of());
    }

    /** Half of the writers count revisions up, half store observations with numbers of their own. */
    private long write(int writer) {
        long done = 0;
        for (int i = 0; i < CHANGES; i++) {
            GraphId graph = GRAPHS.get(i % GRAPHS.size());
            if (writer % 2 == 0) {
                long next = graphs.find(graph).orElseThrow().desired().revision() + 1;
                done += graphs.update(
                                Samples.desired(graph, next, List.of("s-" + graph.name())),
                                event("hdag.updated", graph, next))
                        ? 1
                        : 0;
            } else {
                long number = numbers.incrementAndGet();
                graphs.observe(graph, seen(number), event("hdag.degraded", graph, number));
                done++;
            }
        }
        return done;
    }

    private static ObservedGraph seen(long generation) {
        ObservedGraph sample = Samples.observed();
        return new ObservedGraph(
                sample.phase(),
                List.of(),
                Map.of(),
                generation,
                sample.convergedGeneration(),
                sample.goodRevision(),
                List.of());
    }

    @Test
    void eventsOfAGraphComeInTheOrderOfItsCommitsEachOnce() throws Exception {
        database.stores().webhooks().insert(LifecycleSamples.webhook("w", EventFilter.ALL));
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
        long written = 0;
        List<StoredEvent> published = new ArrayList<>();
        try {
            List<Future<List<StoredEvent>>> publishers =
                    List.of(threads.submit(() -> publishWhile(writing)), threads.submit(() -> publishWhile(writing)));
            for (Future<Long> writer : threads.invokeAll(IntStream.range(0, WRITERS)
                    .<Callable<Long>>mapToObj(number -> () -> write(number))
                    .toList())) {
                written += writer.get();
            }
            writing.set(false);
            for (Future<List<StoredEvent>> publisher : publishers) {
                published.addAll(publisher.get());
            }
        } finally {
            threads.shutdownNow();
        }

        List<StoredEvent> log = database.stores().events().after(0, EventFilter.ALL, 100_000);
        assertThat(log).hasSize(Math.toIntExact(written)).hasSameElementsAs(published);
        assertThat(log)
                .extracting(StoredEvent::sequence)
                .isEqualTo(LongStream.rangeClosed(1, written).boxed().toList());
        assertThat(log.stream().map(StoredEvent::id).collect(Collectors.toSet()))
                .hasSameSizeAs(log);
        assertThat(database.rows("delivery")).isEqualTo(written);
        assertThat(database.number("select count(*) from delivery where state = 'NEXT'"))
                .isEqualTo(GRAPHS.size());
        GRAPHS.forEach(graph -> requireOrder(graph, log));
    }

    private List<StoredEvent> publishWhile(AtomicBoolean writing) {
        List<StoredEvent> published = new ArrayList<>();
        boolean last = false;
        while (!last) {
            last = !writing.get();
            published.addAll(database.stores().events().publish(last ? 100_000 : 7));
        }
        return published;
    }

    private void requireOrder(GraphId graph, List<StoredEvent> log) {
        long revision = graphs.find(graph).orElseThrow().desired().revision();
        assertThat(generations(log, "hdag.updated", graph))
                .isEqualTo(LongStream.rangeClosed(2, revision).boxed().toList());
        List<Long> seen = generations(log, "hdag.degraded", graph);
        // The observation that stayed is the one whose event came last.
        assertThat(seen.get(seen.size() - 1))
                .isEqualTo(graphs.find(graph).orElseThrow().observed().generation());
    }

    private static List<Long> generations(List<StoredEvent> log, String type, GraphId graph) {
        return log.stream()
                .filter(event -> event.type().equals(type) && event.graph().equals(Optional.of(graph)))
                .map(StoredEvent::generation)
                .toList();
    }

    @Test
    void oneOfManyRequestsWithTheSameKeyIsAccepted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        Set<String> refusals = new HashSet<>();
        int accepted = 0;
        try {
            for (Future<String> answer : threads.invokeAll(IntStream.range(0, WRITERS)
                    .<Callable<String>>mapToObj(number -> () -> insert(number))
                    .toList())) {
                accepted += answer.get().isEmpty() ? 1 : 0;
                refusals.add(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }

        refusals.remove("");
        assertThat(accepted).isEqualTo(1);
        assertThat(refusals).hasSize(1).allMatch(message -> message.contains("idempotency key 'same'"));
        assertThat(database.rows("desired")).isEqualTo(GRAPHS.size() + 1);
        assertThat(database.rows("operation")).isEqualTo(1);
    }

    private String insert(int number) {
        GraphId graph = Samples.graph("new-" + number);
        try {
            graphs.insert(
                    Samples.desired(graph),
                    TransactionalWrites.of(List.of(), List.of(LifecycleSamples.operation(graph, number, State.PENDING)))
                            .with(LifecycleSamples.key("same", number)));
            return "";
        } catch (SmoException e) {
            return e.getMessage();
        }
    }

    @Test
    void deliveriesSettledDuringPublicationNeverLeaveAKeyWithoutADueDelivery() throws Exception {
        database.stores().webhooks().insert(LifecycleSamples.webhook("w", EventFilter.ALL));
        database.stores().webhooks().insert(LifecycleSamples.webhook("v", EventFilter.ALL));
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> workers = List.of(
                    threads.submit(() -> deliverWhile("w", writing)), threads.submit(() -> deliverWhile("v", writing)));
            for (int i = 0; i < 300; i++) {
                database.stores().events().append(List.of(LifecycleSamples.event(GRAPHS.get(i % 3), i)));
                database.stores().events().publish(10);
            }
            writing.set(false);
            for (Future<Integer> worker : workers) {
                assertThat(worker.get()).isEqualTo(300);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(database.number("select count(*) from delivery where state <> 'DELIVERED'"))
                .isZero();
    }

    private int deliverWhile(String webhook, AtomicBoolean writing) {
        Set<String> others = Set.of(webhook.equals("w") ? "v" : "w");
        int delivered = 0;
        boolean last = false;
        while (!last) {
            boolean stopped = !writing.get();
            var due = database.stores().webhooks().due(Samples.NOW.plusSeconds(1_000_000), others, 2);
            due.forEach(delivery -> database.stores()
                    .webhooks()
                    .save(new Delivery(
                            webhook,
                            delivery.event(),
                            Delivery.DeliveryState.DELIVERED,
                            1,
                            Samples.NOW,
                            Optional.of(Samples.NOW),
                            200,
                            "")));
            delivered += due.size();
            last = stopped && due.isEmpty();
        }
        return delivered;
    }
}
