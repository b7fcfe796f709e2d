// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.lab.testkit.Await;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real log, of which some events are not to be seen yet: a database may show the later of two commits first. */
final class DurableFeedTest {

    private static final String NAME = "audit";

    private final Set<Long> late = ConcurrentHashMap.newKeySet();
    private final AtomicInteger readings = new AtomicInteger();
    private final Heard heard = new Heard();
    private final List<DurableFeed> feeds = new ArrayList<>();
    private Rig rig;

    @BeforeEach
    void open() throws SQLException {
        rig = new Rig();
        rig.stores().events().saveCursor(NAME, 0);
    }

    @AfterEach
    void close() {
        feeds.forEach(feed -> feed.close(Duration.ofSeconds(10)));
        rig.close();
    }

    private void published(int from, int to) {
        for (int number = from; number <= to; number++) {
            rig.append("hdag.updated", 0, number);
        }
        rig.stores().events().publish(100);
    }

    private DurableFeed feed() {
        EventStore real = rig.stores().events();
        EventStore shown = (EventStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, args) -> {
                    try {
                        Object answer = method.invoke(real, args);
                        return method.getName().equals("after") ? withoutTheLate((List<?>) answer) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        DurableFeed feed = new DurableFeed(NAME, EventFilter.ALL, new SubscriberCall(NAME, heard), shown);
        feeds.add(feed);
        feed.start();
        return feed;
    }

    private List<?> withoutTheLate(List<?> events) {
        readings.incrementAndGet();
        return events.stream()
                .filter(event -> !late.contains(((StoredEvent) event).sequence()))
                .toList();
    }

    /** Until the feed has dealt with what it read at least twice since now. */
    private void readTwice(DurableFeed feed) {
        int before = readings.get();
        Await.until("the log is read again", () -> {
            feed.published(List.of());
            return readings.get() >= before + 3;
        });
    }

    @Test
    void anEventThatIsSeenLateIsWaitedForAndHeardInItsPlace() {
        published(1, 5);
        late.add(3L);
        DurableFeed feed = feed();
        readTwice(feed);
        assertThat(heard.sequences()).containsExactly(1L, 2L);
        assertThat(rig.stores().events().cursor(NAME)).hasValue(2);

        late.clear();
        readTwice(feed);
        assertThat(heard.sequences()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void theVeryFirstEventIsWaitedForToo() {
        published(1, 2);
        late.add(1L);
        DurableFeed feed = feed();
        readTwice(feed);
        assertThat(heard.sequences()).isEmpty();

        late.clear();
        readTwice(feed);
        assertThat(heard.sequences()).containsExactly(1L, 2L);
    }

    @Test
    void whatWasRemovedIsNotWaitedFor() {
        published(1, 5);
        rig.stores().events().saveCursor(NAME, 5); // so that nothing keeps the old ones
        published(6, 9);
        rig.stores().events().prune(Instant.EPOCH, 2);
        long first = rig.stores().events().first();
        assertThat(first).isGreaterThan(1);
        rig.stores().events().saveCursor(NAME, first - 2);
        DurableFeed feed = feed();
        readTwice(feed);

        assertThat(heard.sequences()).startsWith(first).endsWith(9L);
    }
}
