// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.events.webhooks.AllowedTargets;
import eu.nephele.smo.core.events.webhooks.RetryRule;
import eu.nephele.smo.core.events.webhooks.WebhookRegistry;
import eu.nephele.smo.core.events.webhooks.WebhookSettings;
import eu.nephele.smo.core.store.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** A database, and what runs on it: can be killed and started again. */
public final class Rig implements AutoCloseable {

    public static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    public static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    public static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Stores stores;
    private final List<Life> lives = new ArrayList<>();
    private long maxEvents = 100_000;
    /** Made by the first test that registers a webhook. */
    public static final Path KEY_FILE = Path.of("target", "webhooks.key");

    private WebhookSettings settings = settings(10_000);
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanos = System::nanoTime;
    private AccessControl access = AccessControl.unrestricted();

    /** Objects that a kill ends. */
    private record Life(Faulty faulty, EventBus bus, WebhookRegistry webhooks) {}

    public Rig() throws SQLException {
        this.stores = Stores.inMemory("events-" + UUID.randomUUID());
    }

    public static WebhookSettings settings(int maxAttempts) {
        return new WebhookSettings(
                8,
                2,
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                new RetryRule(FIRST_PAUSE, 2, LONGEST_PAUSE, maxAttempts, Duration.ofHours(24)),
                AllowedTargets.parse(List.of("127.0.0.0/8")),
                KEY_FILE,
                Duration.ofDays(7),
                Duration.ofMinutes(10));
    }

    public Rig with(WebhookSettings newSettings) {
        this.settings = newSettings;
        return this;
    }

    public Rig withMaxEvents(long newMaxEvents) {
        this.maxEvents = newMaxEvents;
        return this;
    }

    public Rig with(Clock newClock, LongSupplier newNanos) {
        this.clock = newClock;
        this.nanos = newNanos;
        return this;
    }

    public Rig with(AccessControl newAccess) {
        this.access = newAccess;
        return this;
    }

    public Rig start() {
        Faulty faulty = new Faulty();
        CommitSignal signal = new CommitSignal();
        stores.publisher(signal);
        EventBus bus = new EventBus(
                new EventBus.EventBusSettings(
                        Duration.ofMillis(100),
                        50,
                        10,
                        Duration.ofSeconds(3),
                        Duration.ofDays(30),
                        maxEvents,
                        Duration.ofMillis(50)),
                faulty.wrap(EventStore.class, stores.events()),
                signal,
                access,
                clock);
        WebhookRegistry webhooks = new WebhookRegistry(
                settings, faulty.wrap(WebhookStore.class, stores.webhooks()), stores.instance(), bus, clock, nanos);
        lives.add(new Life(faulty, bus, webhooks));
        return this;
    }

    /** The end without a word: nothing is closed, and nothing it does reaches the database any more. */
    public void kill() {
        current().faulty.away(true);
    }

    public Faulty faults() {
        return current().faulty;
    }

    public EventBus bus() {
        return current().bus;
    }

    public WebhookRegistry webhooks() {
        return current().webhooks;
    }

    public Stores stores() {
        return stores;
    }

    private Life current() {
        return lives.get(lives.size() - 1);
    }

    public void append(String type, int graph, int number) {
        stores.events().append(List.of(draft(type, Optional.of(new GraphId("demo", "g" + graph)), number)));
    }

    public EventDraft draft(String type, Optional<GraphId> graph, int number) {
        return new EventDraft(
                type,
                clock.instant(),
                graph.map(ResourceRef::of),
                Optional.empty(),
                graph.isPresent() ? 1 : 0,
                Optional.empty(),
                "call-" + number,
                TRACE,
                new JsonObject(Map.of("number", JsonNumber.of(number))));
    }

    @Override
    public void close() {
        for (Life life : lives) {
            life.webhooks.close();
            life.bus.close();
        }
        stores.close();
    }
}
