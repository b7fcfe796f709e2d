// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.events;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StrategyEventPublisherTest {
    private final StrategyRegistry registry = new StrategyRegistry();
    private final StrategyEventPublisher events = new StrategyEventPublisher(registry);
    private final Tenure tenure = new Tenure() {
        @Override
        public String holder() {
            return "here";
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public Duration left() {
            return Duration.ofSeconds(5);
        }
    };
    private final RecordedEvents store = new RecordedEvents();
    private final AtomicInteger committed = new AtomicInteger();

    /** Keeps what is appended; may refuse a few times before. */
    private static final class RecordedEvents implements EventStore {
        private final BlockingQueue<EventDraft> appended = new LinkedBlockingQueue<>();
        private final AtomicInteger refusals = new AtomicInteger();

        @Override
        public void append(List<EventDraft> drafts) {
            if (refusals.getAndDecrement() > 0) {
                throw new IllegalStateException("no database now");
            }
            appended.addAll(drafts);
        }

        @Override
        public List<StoredEvent> publish(int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<StoredEvent> after(long sequence, EventFilter filter, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long first() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long last() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong cursor(String subscriber) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void saveCursor(String subscriber, long sequence) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long prune(Instant before, long maximum) {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void close() {
        events.close();
    }

    private RegisteredService offer() {
        registry.add(StrategyHost.allOn(0), Map.of(PlacementStrategy.ID, "s", PlacementStrategy.VERSION, "1.0.0"));
        return registry.find(ServiceKind.PLACEMENT, "s", Optional.empty()).orElseThrow();
    }

    private EventDraft next() throws InterruptedException {
        EventDraft draft = store.appended.poll(10, TimeUnit.SECONDS);
        assertThat(draft).isNotNull();
        return draft;
    }

    @Test
    void arrivalsDeparturesEjectionsAndReinstatementsArePublished() throws Exception {
        events.bindTenure(tenure);
        events.bindStore(store);
        events.bindPublisher(committed::incrementAndGet);
        RegisteredService registeredService = offer();
        events.entered(registeredService);
        registry.eject(registeredService, "too slow");
        registry.letIn(registeredService);
        events.left(registeredService);
        EventDraft installed = next();
        assertThat(installed.type()).isEqualTo("strategy.installed");
        assertThat(installed.data().toJson())
                .isEqualTo("{\"kind\":\"placement\",\"id\":\"s\",\"version\":\"1.0.0\",\"bundle\":\"program\","
                        + "\"bundleVersion\":\"0.0.0\"}");
        EventDraft ejected = next();
        assertThat(ejected.type()).isEqualTo("strategy.ejected");
        assertThat(ejected.data().toJson()).contains("\"why\":\"too slow\"");
        assertThat(next().type()).isEqualTo("strategy.let_in");
        assertThat(next().type()).isEqualTo("strategy.removed");
        while (committed.get() < 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatHappensWithoutAStoreIsReportedWhenThereIsOne() throws Exception {
        events.entered(offer());
        events.bindTenure(tenure);
        events.bindStore(store);
        assertThat(next().type()).isEqualTo("strategy.installed");
    }

    @Test
    void aServerThatStandsByTellsNothingUntilItTakesOver() throws Exception {
        events.bindStore(store);
        events.entered(offer());
        assertThat(store.appended.poll(300, TimeUnit.MILLISECONDS)).isNull();
        events.bindTenure(tenure);
        assertThat(next().type()).isEqualTo("strategy.installed");
    }

    @Test
    void aStoreThatRefusesIsAskedAgainAndNothingIsReportedTwice() throws Exception {
        store.refusals.set(1);
        events.bindTenure(tenure);
        events.bindStore(store);
        RegisteredService registeredService = offer();
        events.entered(registeredService);
        events.left(registeredService);
        assertThat(next().type()).isEqualTo("strategy.installed");
        assertThat(next().type()).isEqualTo("strategy.removed");
        assertThat(store.appended).isEmpty();
    }

    @Test
    void aStoreThatHasGoneIsNotAsked() throws Exception {
        events.bindTenure(tenure);
        events.bindStore(store);
        events.unbindStore(store);
        events.entered(offer());
        RecordedEvents successor = new RecordedEvents();
        events.bindStore(successor);
        assertThat(successor.appended.poll(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(store.appended).isEmpty();
    }
}
