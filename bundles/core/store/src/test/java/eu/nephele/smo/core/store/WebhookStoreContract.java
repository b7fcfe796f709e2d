// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Delivery.DeliveryState;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks and deliveries, on every database. */
abstract class WebhookStoreContract {

    private static final GraphId G = Samples.graph("g");
    private static final GraphId H = Samples.graph("h");
    private static final Instant LATER = Samples.NOW.plusSeconds(100_000);

    private final TestDatabase kind;
    private Opened database;
    private WebhookStore webhooks;

    WebhookStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        webhooks = database.stores().webhooks();
    }

    private void register(String... ids) {
        for (String id : ids) {
            webhooks.insert(LifecycleSamples.webhook(id, EventFilter.ALL));
        }
    }

    /** Publishes one event per graph, with the next sequences. */
    private List<StoredEvent> publish(GraphId... graphs) {
        int first = Math.toIntExact(database.stores().events().last()) + 1;
        database.stores()
                .events()
                .append(IntStream.range(0, graphs.length)
                        .mapToObj(i -> LifecycleSamples.event(graphs[i], first + i))
                        .toList());
        return database.stores().events().publish(100_000);
    }

    /** The first events and their deliveries once more, behind those that there are, in the database itself: that is quicker. */
    private void publishAgain(int events, int offset) {
        database.execute("""
                insert into event (sequence, id, type, happened_at, project, name, service, generation, operation,
                    correlation_id, trace_parent, data)
                select sequence + %d, id, type, happened_at, project, name, service, generation, operation,
                    correlation_id, trace_parent, data from event where sequence <= %d
                """.formatted(offset, events));
        database.execute("""
                insert into delivery (webhook, sequence, lane, state, attempts, next_attempt_at, finished_at, last_status,
                    last_error)
                select webhook, sequence + %d, lane, 'WAITING', attempts, next_attempt_at, finished_at, last_status,
                    last_error from delivery where sequence <= %d
                """.formatted(offset, events));
        database.execute("update event_counter set last_sequence = %d".formatted(offset + events));
    }

    private List<Delivery> due(String webhook) {
        return webhooks.due(LATER, Set.of(), 100).stream()
                .filter(delivery -> delivery.webhook().equals(webhook))
                .toList();
    }

    private List<Long> dueSequences(String webhook) {
        return due(webhook).stream()
                .map(delivery -> delivery.event().sequence())
                .toList();
    }

    private static Delivery become(Delivery delivery, DeliveryState state, Instant nextAttemptAt) {
        return new Delivery(
                delivery.webhook(),
                delivery.event(),
                state,
                delivery.attempts() + 1,
                nextAttemptAt,
                state == DeliveryState.WAITING ? Optional.empty() : Optional.of(nextAttemptAt),
                state == DeliveryState.DELIVERED ? 204 : 500,
                state == DeliveryState.DELIVERED ? "" : "HTTP 500");
    }

    private Delivery first(String webhook, long sequence) {
        return webhooks.deliveries(webhook, Optional.empty(), Optional.of(sequence + 1), 1)
                .get(0);
    }

    private void settle(String webhook, long sequence, DeliveryState state) {
        webhooks.save(become(first(webhook, sequence), state, Samples.NOW.plusSeconds(sequence)));
    }

    @Test
    void keepsEveryFieldInTheOrderOfRegistration() {
        Webhook full = LifecycleSamples.webhook("z", new EventFilter(Set.of("hdag.*", "x"), Set.of("p1", "p2")));
        webhooks.insert(full);
        register("a");

        assertThat(webhooks.list()).containsExactly(full, LifecycleSamples.webhook("a", EventFilter.ALL));
        assertThat(webhooks.find("z")).contains(full);
        assertThat(webhooks.find("nobody")).isEmpty();
        assertThat(webhooks.setPaused("z", true)).isTrue();
        assertThat(webhooks.setPaused("nobody", true)).isFalse();
        assertThat(webhooks.find("z").orElseThrow().paused()).isTrue();
        assertThat(webhooks.delete("z")).isTrue();
        assertThat(webhooks.delete("z")).isFalse();
    }

    @Test
    void aDeliveryIsMadeForEachWebhookThatWantsTheEventAndPausedOnesWait() {
        register("all");
        webhooks.insert(LifecycleSamples.webhook("some", new EventFilter(Set.of("hdag.*"), Set.of("p1"))));
        webhooks.insert(LifecycleSamples.webhook("none", new EventFilter(Set.of(), Set.of("p9"))));
        register("paused");
        webhooks.setPaused("paused", true);
        publish(G, G, new GraphId("p2", "g"), H);
        register("late");

        assertThat(dueSequences("all")).containsExactly(1L, 3L, 4L);
        assertThat(dueSequences("some")).containsExactly(2L, 4L);
        assertThat(dueSequences("paused")).isEmpty();
        assertThat(webhooks.backlog("all")).isEqualTo(new DeliveryBacklog(4, 0));
        assertThat(webhooks.backlog("paused")).isEqualTo(new DeliveryBacklog(4, 0));
        assertThat(webhooks.backlog("none")).isEqualTo(new DeliveryBacklog(0, 0));
        assertThat(webhooks.backlog("late")).isEqualTo(new DeliveryBacklog(0, 0));
        webhooks.setPaused("paused", false);
        assertThat(dueSequences("paused")).containsExactly(1L, 3L, 4L);
        webhooks.delete("all");
        webhooks.save(become(first("some", 2), DeliveryState.DELIVERED, Samples.NOW));
        assertThat(database.rows("delivery")).isEqualTo(6);
    }

    @Test
    void deliveriesOfAKeyGoOneByOneAndOthersDoNotWait() {
        register("w");
        List<StoredEvent> events = publish(G, G, H, G);
        assertThat(due("w").get(0))
                .isEqualTo(new Delivery(
                        "w",
                        events.get(0),
                        DeliveryState.WAITING,
                        0,
                        events.get(0).time(),
                        Optional.empty(),
                        0,
                        ""));
        Delivery retried = become(due("w").get(0), DeliveryState.WAITING, LATER.plusSeconds(1));
        webhooks.save(retried);

        assertThat(dueSequences("w")).containsExactly(3L);
        assertThat(webhooks.deliveries("w", Optional.empty(), Optional.of(2L), 1))
                .containsExactly(retried);
        webhooks.setPaused("w", true);
        settle("w", 1, DeliveryState.DELIVERED);
        webhooks.setPaused("w", false);
        assertThat(dueSequences("w")).containsExactly(2L, 3L);
        settle("w", 2, DeliveryState.DEAD);
        assertThat(dueSequences("w")).containsExactly(3L, 4L);
        settle("w", 3, DeliveryState.DELIVERED);
        settle("w", 4, DeliveryState.DELIVERED);
        assertThat(dueSequences("w")).isEmpty();
        assertThat(webhooks.backlog("w")).isEqualTo(new DeliveryBacklog(0, 1));
        publish(G, H);
        assertThat(dueSequences("w")).containsExactly(5L, 6L);
    }

    @Test
    void eventsAboutNoGraphShareAKey() {
        register("w");
        database.stores()
                .events()
                .append(List.of(
                        LifecycleSamples.clusterEvent("cluster.left", 1),
                        LifecycleSamples.clusterEvent("cluster.joined", 2)));
        database.stores().events().publish(10);

        assertThat(dueSequences("w")).containsExactly(1L);
        settle("w", 1, DeliveryState.DELIVERED);
        assertThat(dueSequences("w")).containsExactly(2L);
    }

    @Test
    void givesWhatIsDueByThenOfWebhooksThatAreNotBusyAndNotTooManyOfOne() {
        register("a", "b");
        publish(G, H, Samples.graph("i"));

        assertThat(webhooks.due(Samples.NOW, Set.of(), 10)).isEmpty();
        assertThat(webhooks.due(Samples.NOW.plusSeconds(2), Set.of(), 10)).hasSize(4);
        assertThat(webhooks.due(LATER, Set.of("a"), 10))
                .extracting(Delivery::webhook)
                .containsExactly("b", "b", "b");
        assertThat(webhooks.due(LATER, Set.of("a", "b"), 10)).isEmpty();
        assertThat(webhooks.due(LATER, Set.of(), 2))
                .extracting(delivery -> delivery.webhook() + delivery.event().sequence())
                .containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void tellsWhatIsPlannedTooLateAndNoMoreOfItThanAskedFor() {
        register("a", "b");
        publish(G, G, H);
        Instant latest = Samples.NOW.plusSeconds(1);

        assertThat(webhooks.plannedBehind(LATER, 10)).isEmpty();
        assertThat(webhooks.plannedBehind(latest, 10))
                .as("the first later one of each key of each webhook")
                .extracting(delivery -> delivery.webhook() + delivery.event().sequence())
                .containsExactlyInAnyOrder("a3", "b3");
        assertThat(webhooks.plannedBehind(latest, 1)).hasSize(1);
    }

    @Test
    void saysWhenTheNextIsDue() {
        assertThat(webhooks.nextDue()).isEmpty();
        register("a", "b");
        publish(G, G);
        assertThat(webhooks.nextDue()).contains(Samples.NOW.plusSeconds(1));

        webhooks.save(become(due("a").get(0), DeliveryState.WAITING, LATER));
        webhooks.setPaused("b", true);
        assertThat(webhooks.nextDue()).contains(LATER);
        webhooks.setPaused("a", true);
        assertThat(webhooks.nextDue()).isEmpty();
    }

    @Test
    void listsDeliveriesNewestFirstInPages() {
        register("w");
        publish(G, G, H, H, H);
        settle("w", 1, DeliveryState.DELIVERED);
        settle("w", 3, DeliveryState.DEAD);

        assertThat(pages(Optional.empty(), Optional.empty())).containsExactly(5L, 4L, 3L);
        assertThat(pages(Optional.empty(), Optional.of(3L))).containsExactly(2L, 1L);
        assertThat(pages(Optional.of(DeliveryState.WAITING), Optional.empty())).containsExactly(5L, 4L, 2L);
        assertThat(pages(Optional.of(DeliveryState.DEAD), Optional.empty())).containsExactly(3L);
        assertThat(pages(Optional.of(DeliveryState.DELIVERED), Optional.of(1L))).isEmpty();
    }

    private List<Long> pages(Optional<DeliveryState> state, Optional<Long> before) {
        return webhooks.deliveries("w", state, before, 3).stream()
                .map(delivery -> delivery.event().sequence())
                .toList();
    }

    @Test
    void deadDeliveriesCanBeReplayedAndGoBeforeWaitingOnesOfTheirKey() {
        register("w", "other");
        publish(G, G, G, H);
        for (long sequence : List.of(1L, 2L, 4L)) {
            settle("w", sequence, DeliveryState.DEAD);
        }
        assertThat(dueSequences("w")).containsExactly(3L);

        assertThat(webhooks.replay("w", Set.of(2L, 3L, 99L), LATER)).isEqualTo(1);
        assertThat(dueSequences("w")).containsExactly(2L);
        assertThat(due("w").get(0).attempts()).isZero();
        assertThat(due("w").get(0).finishedAt()).isEmpty();
        assertThat(due("w").get(0).nextAttemptAt()).isEqualTo(LATER);
        // Was under way when it lost its turn.
        settle("w", 3, DeliveryState.DELIVERED);
        assertThat(dueSequences("w")).containsExactly(2L);
        assertThat(webhooks.replay("w", Set.of(), LATER)).isEqualTo(2);
        assertThat(dueSequences("w")).containsExactly(1L, 4L);
        assertThat(webhooks.replay("w", Set.of(), LATER)).isZero();
        assertThat(webhooks.replay("nobody", Set.of(), LATER)).isZero();
        assertThat(webhooks.backlog("w")).isEqualTo(new DeliveryBacklog(3, 0));
        assertThat(webhooks.backlog("other")).isEqualTo(new DeliveryBacklog(4, 0));
    }

    @Test
    void anAttemptThatEndsAfterItsDeliveryWasSettledDoesNotMakeItWaitAgain() {
        register("w");
        publish(G, G);
        Delivery underWay = due("w").get(0);
        settle("w", 1, DeliveryState.DELIVERED);
        webhooks.save(become(underWay, DeliveryState.WAITING, LATER));

        assertThat(dueSequences("w")).containsExactly(2L);
        assertThat(webhooks.backlog("w")).isEqualTo(new DeliveryBacklog(1, 0));
    }

    @Test
    void prunesWhatIsDoneByAgeAndNothingThatWaits() {
        register("w");
        publish(G, G, G, G, G);
        settle("w", 1, DeliveryState.DELIVERED);
        settle("w", 2, DeliveryState.DEAD);
        settle("w", 3, DeliveryState.DELIVERED);

        assertThat(webhooks.prune(Samples.NOW)).isZero();
        assertThat(webhooks.prune(Samples.NOW.plusSeconds(3))).isEqualTo(2);
        assertThat(webhooks.prune(LATER)).isEqualTo(1);
        assertThat(pages(Optional.empty(), Optional.empty())).containsExactly(5L, 4L);
    }

    /** Compared with the time without the indexes, so that it does not depend on the machine. */
    @Test
    void whatIsDueIsFoundQuicklyAmongManyThatWait() {
        // of its own, because it loses its indexes
        database = Opened.at(kind.newUrl());
        webhooks = database.stores().webhooks();
        register("a", "b", "c", "d", "e");
        GraphId[] graphs = IntStream.range(0, 2000)
                .mapToObj(number -> Samples.graph("g" + number % 200))
                .toArray(GraphId[]::new);
        publish(graphs);
        for (int round = 1; round < 4; round++) {
            publishAgain(2000, round * 2000);
        }
        assertThat(database.rows("delivery")).isEqualTo(40_000);

        Duration taken = taken(50, "a", 8);
        assertThat(webhooks.delete("a")).isTrue();
        assertThat(webhooks.backlog("a")).isEqualTo(new DeliveryBacklog(0, 0));
        assertThat(database.rows("delivery")).isEqualTo(32_000);

        for (String index : List.of("delivery_due_of_webhook", "delivery_due", "delivery_lane")) {
            database.execute("drop index " + index);
        }
        Duration withoutIndexes = taken(5, "b", 6);
        System.out.printf(
                "%s: take and settle one of 40,000 waiting deliveries: %.1f ms, without indexes %.1f ms%n",
                kind, taken.toNanos() / 1e6, withoutIndexes.toNanos() / 1e6);
        assertThat(taken.multipliedBy(2)).isLessThan(withoutIndexes);
    }

    /**
     * Takes two deliveries of each webhook but one and settles one of them, again and again.
     *
     * @return the median time of a round: a mean counts the moments in which the machine does something else
     */
    private Duration taken(int rounds, String except, int most) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            List<Delivery> due = webhooks.due(LATER, Set.of(except), 2);
            assertThat(due).hasSize(most);
            assertThat(webhooks.nextDue()).isPresent();
            webhooks.save(become(due.get(0), DeliveryState.DELIVERED, LATER));
            times.add(Duration.ofNanos(System.nanoTime() - start));
        }
        return times.stream().sorted().skip(rounds / 2).findFirst().orElseThrow();
    }
}
