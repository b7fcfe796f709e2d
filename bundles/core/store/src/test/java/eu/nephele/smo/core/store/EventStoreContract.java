// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox and the log of events, on every database. */
abstract class EventStoreContract {

    private static final GraphId GRAPH = Samples.graph("g");
    private static final Instant LONG_AGO = Samples.NOW.minusSeconds(1_000_000);

    private final TestDatabase kind;
    private Opened database;
    private EventStore events;
    private WebhookStore webhooks;

    EventStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        events = database.stores().events();
        webhooks = database.stores().webhooks();
    }

    private void append(int from, int to) {
        events.append(IntStream.range(from, to)
                .mapToObj(number -> LifecycleSamples.event(GRAPH, number))
                .toList());
    }

    private List<Long> sequences() {
        return events.after(0, EventFilter.ALL, 100_000).stream()
                .map(StoredEvent::sequence)
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void publishesInTheOrderOfWritingWithEveryFieldAndWithoutGaps() {
        List<EventDraft> drafts = List.of(
                LifecycleSamples.event(GRAPH, 1),
                LifecycleSamples.event(GRAPH, 2),
                LifecycleSamples.clusterEvent("cluster.left", 3));
        events.append(drafts);
        events.append(List.of());
        assertThat(events.last()).isZero();
        assertThat(events.first()).isEqualTo(1);

        List<StoredEvent> two = events.publish(2);
        List<StoredEvent> rest = events.publish(100);
        assertThat(two).extracting(StoredEvent::sequence).containsExactly(1L, 2L);
        assertThat(two).extracting(StoredEvent::draft).isEqualTo(drafts.subList(0, 2));
        assertThat(rest).extracting(StoredEvent::draft).containsExactly(drafts.get(2));
        assertThat(two)
                .allSatisfy(event -> assertThat(UUID.fromString(event.id())).isNotNull());
        assertThat(events.publish(100)).isEmpty();
        assertThat(database.rows("outbox")).isZero();
        assertThat(events.after(0, EventFilter.ALL, 2)).isEqualTo(two);
        assertThat(events.after(2, EventFilter.ALL, 2)).isEqualTo(rest);
        assertThat(events.last()).isEqualTo(3);
        assertThat(events.first()).isEqualTo(1);
    }

    @Test
    void theDatabaseChoosesWhatTheFilterAccepts() {
        List<EventDraft> drafts = List.of(
                LifecycleSamples.event(GRAPH, 1),
                LifecycleSamples.event(new GraphId("p2", "g"), 2),
                LifecycleSamples.clusterEvent("cluster.left", 3),
                LifecycleSamples.clusterEvent("hdag.rolled_back", 4),
                LifecycleSamples.clusterEvent("hdag.rolledXback", 5),
                LifecycleSamples.clusterEvent("50%", 6));
        events.append(drafts);
        events.publish(10);
        List<EventFilter> filters = List.of(
                EventFilter.ALL,
                new EventFilter(Set.of("hdag.*"), Set.of()),
                new EventFilter(Set.of("hdag.rolled_b*"), Set.of()),
                new EventFilter(Set.of("*"), Set.of()),
                new EventFilter(Set.of("5%*"), Set.of()),
                new EventFilter(Set.of("50%"), Set.of()),
                new EventFilter(Set.of("%"), Set.of()),
                new EventFilter(Set.of("service.scaled", "cluster.*"), Set.of()),
                new EventFilter(Set.of(), Set.of("p2")),
                new EventFilter(Set.of(), Set.of("p1", "p2", "")),
                new EventFilter(Set.of("hdag.*"), Set.of("p1")),
                new EventFilter(Set.of("hdag.*"), Set.of("p2")));

        List<StoredEvent> all = events.after(0, EventFilter.ALL, 10);
        assertThat(all).hasSize(6);
        for (EventFilter filter : filters) {
            assertThat(events.after(0, filter, 10))
                    .as("%s", filter)
                    .isEqualTo(all.stream().filter(filter::accepts).toList());
        }
        assertThat(events.after(0, new EventFilter(Set.of("hdag.*"), Set.of()), 1))
                .extracting(StoredEvent::sequence)
                .containsExactly(2L);
    }

    @Test
    void keepsWhereSubscribersAre() {
        assertThat(events.cursor("a")).isEmpty();
        events.saveCursor("a", 7);
        events.saveCursor("b", 1);
        events.saveCursor("a", 9);

        assertThat(events.cursor("a")).hasValue(9);
        assertThat(events.cursor("b")).hasValue(1);
    }

    @Test
    void prunesTheOldestByAgeAndThenByCountAndGoesOnCounting() {
        append(1, 11);
        events.publish(100);

        assertThat(events.prune(LONG_AGO, 10)).isZero();
        assertThat(events.prune(Samples.NOW.plusSeconds(4), 10)).isEqualTo(3);
        assertThat(events.first()).isEqualTo(4);
        assertThat(events.prune(LONG_AGO, 5)).isEqualTo(2);
        assertThat(sequences()).isEqualTo(range(6, 10));
        assertThat(events.prune(Samples.NOW.plusSeconds(1000), 5)).isEqualTo(5);
        assertThat(events.first()).isEqualTo(11);
        assertThat(events.last()).isEqualTo(10);
        append(11, 12);
        assertThat(events.publish(100)).extracting(StoredEvent::sequence).containsExactly(11L);
    }

    @Test
    void prunesThoseAboutResourcesOfAnyKindAsThoseAboutGraphs() {
        append(1, 3);
        events.append(List.of(new EventDraft(
                "infrastructure.ready",
                Samples.NOW,
                Optional.of(new ResourceRef("infrastructure", "", "rack.1")),
                Optional.empty(),
                1,
                Optional.empty(),
                "",
                "",
                JsonObject.EMPTY)));
        append(4, 6);
        events.publish(100);

        assertThat(events.prune(LONG_AGO, 2)).isEqualTo(3);
        assertThat(sequences()).containsExactly(4L, 5L);
    }

    @Test
    void whatANamedSubscriberHasNotTakenStaysUntilTenTimesTheNumber() {
        events.saveCursor("slow", 4);
        events.saveCursor("fast", 30);
        append(1, 31);
        events.publish(100);

        assertThat(events.prune(Samples.NOW.plusSeconds(1000), 3)).isEqualTo(4);
        assertThat(events.first()).isEqualTo(5);
        assertThat(events.prune(LONG_AGO, 2)).isEqualTo(6);
        assertThat(sequences()).isEqualTo(range(11, 30));
        events.saveCursor("slow", 29);
        assertThat(events.prune(Samples.NOW.plusSeconds(1000), 2)).isEqualTo(19);
        assertThat(sequences()).containsExactly(30L);
    }

    @Test
    void whatADeliveryWaitsForStaysUntilTenTimesTheNumber() {
        webhooks.insert(LifecycleSamples.webhook("w", new EventFilter(Set.of("cluster.left"), Set.of())));
        webhooks.setPaused("w", true);
        append(1, 6);
        events.append(List.of(LifecycleSamples.clusterEvent("cluster.left", 6)));
        append(7, 30);
        events.append(List.of(LifecycleSamples.clusterEvent("cluster.left", 30)));
        events.publish(100);

        assertThat(events.prune(Samples.NOW.plusSeconds(1000), 3)).isEqualTo(5);
        assertThat(events.first()).isEqualTo(6);
        assertThat(webhooks.backlog("w").waiting()).isEqualTo(2);

        assertThat(events.prune(LONG_AGO, 2)).isEqualTo(5);
        assertThat(events.first()).isEqualTo(11);
        webhooks.setPaused("w", false);
        List<Delivery> due = webhooks.due(Samples.NOW.plusSeconds(1000), Set.of(), 10);
        assertThat(due).extracting(delivery -> delivery.event().sequence()).containsExactly(30L);
        webhooks.save(new Delivery(
                "w",
                due.get(0).event(),
                Delivery.DeliveryState.DELIVERED,
                1,
                Samples.NOW,
                Optional.of(Samples.NOW),
                200,
                ""));
        assertThat(events.prune(LONG_AGO, 2)).isEqualTo(18);
        assertThat(sequences()).isEqualTo(range(29, 30));
    }

    @Test
    void prunesManyStepByStep() {
        append(0, 2500);
        while (!events.publish(700).isEmpty()) {
            assertThat(events.last()).isPositive();
        }

        assertThat(events.prune(LONG_AGO, 100)).isEqualTo(2400);
        assertThat(sequences()).isEqualTo(range(2401, 2500));
    }
}
