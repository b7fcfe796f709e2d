// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.lab.testkit.Await;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventBusTest {

    private Rig rig;

    @BeforeEach
    void open() throws SQLException {
        rig = new Rig().start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void append(int from, int to) {
        IntStream.range(from, to).forEach(number -> rig.append("hdag.updated", number % 3, number));
    }

    private Subscription subscribe(EventSubscriber subscriber) {
        return rig.bus().subscribe(Optional.empty(), Set.of(), subscriber);
    }

    private Subscription subscribe(String name, EventSubscriber subscriber) {
        return rig.bus().subscribe(Optional.of(name), Set.of(), subscriber);
    }

    /** Until the bus has published, and its durable subscribers have a cursor: what comes then is theirs. */
    private void settled(String... names) {
        for (String name : names) {
            Await.until(
                    name + " has a cursor",
                    () -> rig.stores().events().cursor(name).isPresent());
        }
    }

    @Test
    void aLiveSubscriberHearsWhatHappensWhileItIsThereInOrder() {
        // Fewer published than delivered: a new subscriber also receives events published just before.
        AtomicLong told = new AtomicLong();
        rig.bus().onPublished(() -> told.set(rig.bus().last()));
        append(0, 3);
        Await.until("the subscriber has been called", () -> told.get() == 3);
        Heard heard = new Heard();
        Subscription here = subscribe(heard);
        append(3, 8);
        Await.until("the events are received", () -> heard.count() == 5);
        here.close();
        append(8, 10);
        Await.until("the events are published", () -> rig.bus().last() == 10);

        assertThat(heard.numbers()).containsExactly(3, 4, 5, 6, 7);
        assertThat(heard.sequences()).isSorted();
    }

    /** ADR 0056: no reader can forget the permission check. */
    @Test
    void aHiddenEventRevealsThePositionOfTheLogOnly() {
        append(0, 5);
        Await.until("the events are published", () -> rig.bus().last() == 5);
        CallContext eve = CallContext.of("eve", "10.0.0.7", Set.of(), "call-1");
        EventFilter created = new EventFilter(Set.of("hdag.created"), Set.of());
        try (EventBus bus = standby(onlySees("g1"))) {
            EventLog.EventPage seen = bus.after(0, EventFilter.ALL, 10, eve);

            assertThat(seen.events()).extracting(StoredEvent::sequence).containsExactly(2L, 5L);
            assertThat(seen.reached()).isEqualTo(5);
            assertThat(bus.after(2, EventFilter.ALL, 2, eve))
                    .as("what is not seen counts")
                    .isEqualTo(new EventLog.EventPage(List.of(), 4, false, false, 1));
            assertThat(bus.after(0, created, 10, eve)).isEqualTo(new EventLog.EventPage(List.of(), 5, false, false, 1));
            assertThat(bus.after(0, EventFilter.ALL, 10, CallContext.INTERNAL).events())
                    .hasSize(5);
        }
    }

    private static AccessControl onlySees(String name) {
        return new AccessControl() {
            @Override
            public Permissions permissions() {
                return new Permissions() {
                    @Override
                    public boolean allow(CallContext call, Verb verb, ResourceRef target) {
                        return target.name().equals(name);
                    }

                    @Override
                    public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
                        return false;
                    }
                };
            }

            @Override
            public AuditTrail audit() {
                return entry -> {};
            }
        };
    }

    private EventBus standby() {
        return standby(AccessControl.unrestricted());
    }

    /** Of another server on the same database. */
    private EventBus standby(AccessControl access) {
        EventBus.EventBusSettings settings = new EventBus.EventBusSettings(
                Duration.ofMillis(20), 50, 10, Duration.ofSeconds(3), Duration.ofDays(30), 1000, Duration.ofHours(1));
        return new EventBus(settings, rig.stores().events(), new CommitSignal(), access, Clock.systemUTC(), false);
    }

    @Test
    void aStandbyShowsWhatTheOwnerPublishesAndTellsItsSubscribersWhenItIsTheOwner() {
        Heard heard = new Heard();
        try (EventBus standby = standby()) {
            AtomicLong told = new AtomicLong();
            standby.onPublished(() -> told.set(standby.last()));
            standby.subscribe(Optional.of("s"), Set.of(), heard);
            append(0, 3);
            Await.until("the subscriber has been called", () -> told.get() == 3);
            assertThat(standby.after(0, EventFilter.ALL, 10, CallContext.INTERNAL)
                            .events())
                    .hasSize(3);
            // what the owner leaves in the outbox is the next owner's to publish
            rig.kill();
            append(3, 5);
            assertThat(heard.count()).isZero();
            assertThat(standby.last()).isEqualTo(3);

            standby.bindTenure(new Tenure() {
                @Override
                public String holder() {
                    return "next";
                }

                @Override
                public long epoch() {
                    return 2;
                }

                @Override
                public Duration left() {
                    return Duration.ofSeconds(5);
                }
            });
            Await.until("the events are published", () -> told.get() == 5);
            Await.until(
                    "the subscriber has a cursor",
                    () -> rig.stores().events().cursor("s").isPresent());
            append(5, 6);
            Await.until("the events are received", () -> heard.numbers().contains(5));
        }
    }

    @Test
    void typesAreFilteredByPrefix() {
        Heard heard = new Heard();
        Heard durable = new Heard();
        rig.bus().subscribe(Optional.empty(), Set.of("service.moved", "hdag.*"), heard);
        rig.bus().subscribe(Optional.of("mover"), Set.of("service.moved", "hdag.*"), durable);
        settled("mover");
        List<String> types = List.of("service.moved", "service.scaled", "hdag.failed", "cluster.left");
        for (int i = 0; i < types.size(); i++) {
            rig.append(types.get(i), 0, i);
        }
        Await.until("the events are received", () -> heard.count() == 2 && durable.count() == 2);

        assertThat(heard.numbers()).containsExactly(0, 2);
        assertThat(durable.numbers()).containsExactly(0, 2);
        Await.until(
                "what it does not want is behind its cursor",
                () -> rig.stores().events().cursor("mover").orElse(0) == 4);
    }

    @Test
    void aSlowLiveSubscriberLagsAloneAndLosesTheOldest() {
        Semaphore gate = new Semaphore(0);
        Heard heard = new Heard();
        AtomicBoolean began = new AtomicBoolean();
        Semaphore told = new Semaphore(0);
        rig.bus().onPublished(told::release);
        subscribe(event -> {
            began.set(true);
            gate.acquireUninterruptibly();
            heard.on(event);
        });
        append(0, 1);
        Await.until("the slow subscriber is called", began::get);
        told.acquireUninterruptibly();
        Heard other = new Heard();
        subscribe(other);
        for (int number = 1; number < 30; number++) {
            append(number, number + 1);
            int expected = number;
            Await.until("the other subscriber receives", () -> other.count() == expected);
        }
        told.acquireUninterruptibly(29);
        // ten may wait: of the 29 behind the first, the last ten are left
        gate.release(100);
        Await.until("the slow subscriber continues", () -> heard.count() == 11);

        assertThat(heard.numbers()).containsExactly(0, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    }

    @Test
    void aLiveSubscriberThatFailsGoesOnWithTheNextEvent() {
        Heard heard = new Heard();
        subscribe(event -> {
            if (event.sequence() == 2) {
                throw new NoClassDefFoundError("its bundle was replaced");
            }
            heard.on(event);
        });
        append(0, 4);
        Await.until("the events are received", () -> heard.count() == 3);
        assertThat(heard.numbers()).containsExactly(0, 2, 3);
    }

    @Test
    void aNamedSubscriberStartsAtThePresentEndAndMissesNothingAfterwards() {
        append(0, 5);
        Await.until("the events are published", () -> rig.bus().last() == 5);
        Heard first = new Heard();
        Subscription here = subscribe("audit", first);
        settled("audit");
        append(5, 8);
        Await.until("the events are received", () -> first.count() == 3);
        here.close();
        append(8, 250);
        Await.until("the events are published", () -> rig.bus().last() == 250);
        Heard second = new Heard();
        subscribe("audit", second);
        Await.until("the subscriber has caught up", () -> second.count() == 242);

        assertThat(first.numbers()).containsExactly(5, 6, 7);
        assertThat(second.numbers()).isEqualTo(IntStream.range(8, 250).boxed().toList());
    }

    @Test
    void anEventThatANamedSubscriberFailsAtComesAgainBeforeTheLaterOnes() {
        Heard heard = new Heard();
        AtomicInteger failures = new AtomicInteger(2);
        List<Long> told = new ArrayList<>();
        subscribe("fussy", event -> {
            told.add(event.sequence());
            if (event.sequence() == 2 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
            heard.on(event);
        });
        settled("fussy");
        append(0, 4);
        Await.until("the events are received", () -> heard.count() == 4);

        assertThat(heard.numbers()).containsExactly(0, 1, 2, 3);
        assertThat(told).containsExactly(1L, 2L, 2L, 2L, 3L, 4L);
    }

    @Test
    void aNamedSubscriberThatIsKilledHearsAgainOnlyWhatItsCursorHasNotPassed() {
        Heard first = new Heard();
        subscribe("audit", first);
        settled("audit");
        append(0, 3);
        Await.until(
                "the position is stored",
                () -> rig.stores().events().cursor("audit").orElse(0) == 3);
        rig.kill();
        append(3, 6);
        rig.start();
        Heard second = new Heard();
        subscribe("audit", second);
        Await.until("the events are received", () -> second.count() == 3);

        assertThat(first.numbers()).containsExactly(0, 1, 2);
        assertThat(second.numbers()).containsExactly(3, 4, 5);
    }

    @Test
    void ofTwoSubscribersWithOneNameOneReceivesAndTheOtherTakesOver() {
        Heard first = new Heard();
        Heard second = new Heard();
        Subscription here = subscribe("audit", first);
        settled("audit");
        subscribe("audit", second);
        append(0, 3);
        Await.until("the events are received", () -> first.count() == 3);
        here.close();
        append(3, 6);
        Await.until("the events are received", () -> second.count() == 3);

        assertThat(first.numbers()).containsExactly(0, 1, 2);
        assertThat(second.numbers()).containsExactly(3, 4, 5);
    }

    @Test
    void leavingWaitsForTheCallUnderWay() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean endedBeforeItWasGone = new AtomicBoolean();
        Subscription here = subscribe(event -> {
            inside.countDown();
            awaitQuietly(goOn);
            ended.set(true);
        });
        append(0, 1);
        inside.await();
        Thread leaving = new Thread(() -> {
            here.close();
            endedBeforeItWasGone.set(ended.get());
        });
        leaving.start();
        Await.until("it waits", () -> leaving.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        leaving.join();

        assertThat(endedBeforeItWasGone).isTrue();
    }

    @Test
    void aCallThatDoesNotEndIsInterruptedAndHoldsNobodyUp() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Subscription here = subscribe("stuck", event -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        settled("stuck");
        append(0, 1);
        inside.await();
        here.close();

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        Heard next = new Heard();
        subscribe("stuck", next);
        Await.until("its successor receives the event again", () -> next.count() == 1);
    }

    @Test
    void aSubscriberMayLeaveFromWithinItsCall() {
        AtomicReference<Subscription> own = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        AtomicBoolean left = new AtomicBoolean();
        own.set(subscribe("once", event -> {
            calls.incrementAndGet();
            own.get().close();
            left.set(true);
        }));
        settled("once");
        append(0, 5);
        Await.until("the subscriber has left", left::get);
        Await.until("the events are published", () -> rig.bus().last() == 5);
        assertThat(calls).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void subscribersComeAndGoWithoutLeavingThreads() {
        append(0, 1);
        for (int i = 0; i < 100; i++) {
            subscribe(new Heard()).close();
            subscribe("named" + i, new Heard()).close();
        }
        Await.until(
                "their threads end",
                () -> threads("smo-events-live").isEmpty()
                        && threads("smo-events-durable").isEmpty());
        rig.close();
        Await.until(
                "all threads end",
                () -> threads("smo-events").isEmpty() && threads("smo-webhooks").isEmpty());
    }

    private static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    @Test
    void whileTheDatabaseIsAwayEventsWaitAndNoneIsLost() {
        Heard live = new Heard();
        Heard named = new Heard();
        subscribe(live);
        subscribe("audit", named);
        settled("audit");
        rig.faults().away(true);
        append(0, 5);
        Await.until("requests were refused", () -> rig.faults().refused() > 4);
        assertThat(live.count()).isZero();
        rig.faults().away(false);
        Await.until("the events are received", () -> live.count() == 5 && named.count() == 5);

        assertThat(live.numbers()).containsExactly(0, 1, 2, 3, 4);
        assertThat(named.numbers()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void followersOfTheLogAreWokenDespiteAFailingListener() {
        Semaphore woken = new Semaphore(0);
        rig.bus().onPublished(() -> {
            throw new IllegalStateException("broken");
        });
        Subscription following = rig.bus().onPublished(woken::release);
        append(0, 1);
        woken.acquireUninterruptibly();
        assertThat(rig.bus().after(0, EventFilter.ALL, 10, CallContext.INTERNAL).events())
                .hasSize(1);
        assertThat(rig.bus().first()).isEqualTo(1);
        following.close();
        woken.drainPermits();
        append(1, 2);
        Await.until("the events are published", () -> rig.bus().last() == 2);
        append(2, 3);
        Await.until("the events are published", () -> rig.bus().last() == 3);
        assertThat(woken.availablePermits()).isZero();
    }

    @Test
    void eventsAboutNoGraphArePublishedToo() {
        Heard heard = new Heard();
        subscribe(heard);
        rig.stores().events().append(List.of(rig.draft("cluster.joined", Optional.<GraphId>empty(), 7)));
        Await.until("the events are received", () -> heard.count() == 1);
        assertThat(heard.numbers()).containsExactly(7);
    }

    @Test
    void servicePropertiesSayWhoSubscribesToWhat() {
        Heard heard = new Heard();
        Map<String, Object> before =
                Map.of("service.id", 17L, EventSubscriber.TYPES, new String[] {"hdag.failed", "cluster.*"});
        rig.bus().addSubscriber(heard, before);
        rig.append("hdag.failed", 0, 0);
        rig.append("hdag.started", 0, 1);
        rig.append("hdag.failed", 0, 9);
        Await.until("the events are received", () -> heard.count() == 2);
        rig.bus().updatedSubscriber(heard, Map.of("service.id", 17L, EventSubscriber.TYPES, "hdag.started"));
        rig.append("hdag.failed", 0, 2);
        rig.append("hdag.started", 0, 3);
        Await.until("the events are received", () -> heard.count() == 3);
        rig.bus().removeSubscriber(heard, before);
        rig.append("hdag.started", 0, 4);
        Await.until("the events are published", () -> rig.bus().last() == 6);

        assertThat(heard.numbers()).containsExactly(0, 9, 3);
    }

    @Test
    void oldEventsAreRemovedButNotThoseThatANamedSubscriberHasNotTaken() {
        rig.close();
        rig = reopened();
        Heard first = new Heard();
        Subscription away = subscribe("audit", first);
        settled("audit");
        away.close();
        append(0, 30);
        Await.until("the events are published", () -> rig.bus().last() == 30);
        Heard second = new Heard();
        subscribe("audit", second);
        Await.until("the subscriber gets what it missed", () -> second.count() == 30);
        Await.until("the events are removed", () -> rig.bus().first() == 26);

        EventLog.EventPage gone = rig.bus().after(0, EventFilter.ALL, 100, CallContext.INTERNAL);
        assertThat(gone.missing()).isTrue();
        assertThat(gone.events()).isEmpty();
        assertThat(rig.bus()
                        .after(gone.first() - 1, EventFilter.ALL, 100, CallContext.INTERNAL)
                        .events())
                .hasSize(5);
    }

    private static Rig reopened() {
        try {
            return new Rig().withMaxEvents(5).start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsPublishedAndDroppedIsCountedAndTheLagIsShown() {
        Counted counted = new Counted();
        rig.bus().addMeasurements(counted);
        Semaphore busy = new Semaphore(0);
        Semaphore gate = new Semaphore(0);
        Heard heard = new Heard();
        subscribe(event -> {
            busy.release();
            gate.acquireUninterruptibly();
            heard.on(event);
        });
        append(0, 1);
        busy.acquireUninterruptibly();
        append(1, 14);
        Await.until("the events are published", () -> counted.count("smo_events_published_total{}") == 14);
        Await.until("ten wait", () -> counted.gauge("smo_events_subscriber_lag_events{}") == 10);
        gate.release(100);
        Await.until("the subscriber has caught up", () -> counted.gauge("smo_events_subscriber_lag_events{}") == 0);
        Await.until(
                "each was told or dropped", () -> heard.count() + counted.count("smo_events_dropped_total{}") == 14);
        rig.bus().removeMeasurements(counted);
        append(14, 15);
        Await.until("the events are received", () -> heard.numbers().contains(14));
        assertThat(counted.count("smo_events_published_total{}")).isEqualTo(14);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "pollMillis, 9",
        "batchSize, 0",
        "subscriberQueue, 0",
        "leaveMillis, -1",
        "retentionDays, 0",
        "retentionEvents, 0",
        "pruneMinutes, 0"
    })
    void aWrongPropertyIsNamed(String key, int value) {
        EventsConfig config = (EventsConfig) Proxy.newProxyInstance(
                EventsConfig.class.getClassLoader(),
                new Class<?>[] {EventsConfig.class},
                (proxy, method, args) -> !method.getName().equals(key)
                        ? method.getDefaultValue()
                        : method.getReturnType() == long.class ? (Object) (long) value : (Object) value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventBus.EventBusSettings.from(config))
                .withMessageContaining("eu.nephele.smo.core.events: " + key + "=" + value);
    }
}
