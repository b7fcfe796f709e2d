// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.ClockJumps;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes committed events, and notifies the subscribers. */
@Component(service = EventLog.class, immediate = true, configurationPid = EventBus.PID)
@Designate(ocd = EventsConfig.class)
@Metric(
        value = "smo_events_published_total",
        type = MetricType.COUNTER,
        unit = "events",
        meaning = "Events with an assigned sequence. Appears with the first")
@Metric(
        value = "smo_events_dropped_total",
        type = MetricType.COUNTER,
        unit = "events",
        meaning = "Events that were dropped for a slow subscriber without a name. Appears with the first")
@Metric(
        value = "smo_events_subscriber_lag_events",
        type = MetricType.GAUGE,
        unit = "events",
        meaning = "Pending events of the slowest subscriber")
public final class EventBus implements EventLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    static final String PID = "eu.nephele.smo.core.events";

    private final EventStore store;
    private final AccessControl access;
    private final Authorizer authorizer;
    private final EventMetrics eventMetrics;
    private final PublishedListeners listeners = new PublishedListeners();
    private final Subscribers subscribers;
    private final OutboxDispatcher dispatcher;
    private final EventLogRetention retention;
    private final StandbyLogFollower follower;
    private volatile long lastPublished;

    @Activate
    public EventBus(
            EventsConfig config, BundleContext context, @Reference EventStore store, @Reference CommitSignal signal) {
        this(EventBusSettings.from(config), store, signal, new InstalledAccess(context), Clock.systemUTC(), false);
    }

    /**
     * For programs that embed the core.
     *
     * @param poll interval at which the outbox is polled without a signal
     * @param retention older events are removed
     * @param maxEvents at most so many are kept, as {@link EventStore#prune} says
     */
    public record EventBusSettings(
            Duration poll,
            int batchSize,
            int subscriberQueue,
            Duration leave,
            Duration retention,
            long maxEvents,
            Duration pruneEvery) {

        /** @throws IllegalArgumentException naming the property whose value makes no sense */
        static EventBusSettings from(EventsConfig config) {
            return new EventBusSettings(
                    Duration.ofMillis(atLeast("pollMillis", 10, config.pollMillis())),
                    (int) atLeast("batchSize", 1, config.batchSize()),
                    (int) atLeast("subscriberQueue", 1, config.subscriberQueue()),
                    Duration.ofMillis(atLeast("leaveMillis", 0, config.leaveMillis())),
                    Duration.ofDays(atLeast("retentionDays", 1, config.retentionDays())),
                    atLeast("retentionEvents", 1, config.retentionEvents()),
                    Duration.ofMinutes(atLeast("pruneMinutes", 1, config.pruneMinutes())));
        }
    }

    /** @param clock that the age of events is measured by */
    public EventBus(
            EventBusSettings settings, EventStore store, CommitSignal signal, AccessControl access, Clock clock) {
        this(settings, store, signal, access, clock, true);
    }

    /** @param owner whether it begins at once; else with its tenure */
    EventBus(
            EventBusSettings settings,
            EventStore store,
            CommitSignal signal,
            AccessControl access,
            Clock clock,
            boolean owner) {
        this.store = store;
        this.access = access;
        this.authorizer = access.authorizer("The log of events");
        this.eventMetrics = new EventMetrics(metricsRecorder ->
                metricsRecorder.gauge("smo_events_subscriber_lag_events", Map.of(), this, EventBus::subscriberLag));
        this.subscribers = new Subscribers(
                store,
                settings.subscriberQueue(),
                settings.leave(),
                () -> eventMetrics.count("smo_events_dropped_total", Map.of()));
        this.dispatcher =
                new OutboxDispatcher(store, signal.wakeup(), settings.poll(), settings.batchSize(), this::published);
        this.retention = new EventLogRetention(
                "events",
                settings.pruneEvery(),
                new ClockJumps(clock, System::nanoTime),
                () -> store.prune(clock.instant().minus(settings.retention()), settings.maxEvents()));
        this.follower = new StandbyLogFollower(store, settings.poll(), this::followed);
        if (owner) {
            begin();
        }
    }

    /** The owner of the database publishes events, notifies the subscribers and removes expired events. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.debug("publishing of events started epoch={}", tenure.epoch());
        begin();
    }

    void unbindTenure(Tenure over) {
        LOG.debug("tenure ended epoch={}; publishing of events stops with the store", over.epoch());
    }

    private void begin() {
        follower.close();
        dispatcher.start();
        subscribers.begin();
        retention.begin();
    }

    private void followed(long sequence) {
        lastPublished = sequence;
        listeners.wake();
    }

    @Deactivate
    @Override
    public void close() {
        follower.close();
        retention.close();
        dispatcher.close();
        subscribers.close();
        authorizer.end();
        access.close();
    }

    private void published(List<StoredEvent> events) {
        lastPublished = events.get(events.size() - 1).sequence();
        events.forEach(event -> eventMetrics.count("smo_events_published_total", Map.of()));
        subscribers.published(events);
        listeners.wake();
    }

    private double subscriberLag() {
        return subscribers.lag(lastPublished);
    }

    @Override
    public EventPage after(long place, EventFilter filter, int limit, CallContext call) {
        List<StoredEvent> found = store.after(place, EventFilter.ALL, limit);
        return EventPage.create(place, found, store.first(), event -> filter.accepts(event) && shows(event, call));
    }

    /** One without a resource concerns the whole server, and everybody with a right to events may see it. */
    @Override
    public boolean shows(StoredEvent event, CallContext call) {
        return event.resource().map(about -> authorizer.sees(call, about)).orElse(true);
    }

    @Override
    public long first() {
        return store.first();
    }

    @Override
    public long last() {
        return store.last();
    }

    @Override
    public Subscription onPublished(Runnable listener) {
        return listeners.add(listener);
    }

    /**
     * For programs that embed the core: notifies a subscriber until the subscription is closed.
     *
     * @param name of its durable cursor; without a name it receives only events that happen while it is subscribed
     * @param types wanted, as in {@link EventFilter}; all when empty
     */
    public Subscription subscribe(Optional<String> name, Set<String> types, EventSubscriber subscriber) {
        Object key = new Object();
        subscribers.add(key, name, types, subscriber);
        return () -> subscribers.remove(key);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "updatedSubscriber")
    void addSubscriber(EventSubscriber subscriber, Map<String, Object> properties) {
        subscribers.add(
                key(properties),
                SubscriberProperties.name(properties),
                SubscriberProperties.types(properties),
                subscriber);
    }

    void updatedSubscriber(EventSubscriber subscriber, Map<String, Object> properties) {
        removeSubscriber(subscriber, properties);
        addSubscriber(subscriber, properties);
    }

    void removeSubscriber(EventSubscriber subscriber, Map<String, Object> properties) {
        subscribers.remove(key(properties));
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMeasurements(MetricsRecorder metricsRecorder) {
        eventMetrics.add(metricsRecorder);
    }

    void removeMeasurements(MetricsRecorder metricsRecorder) {
        eventMetrics.remove(metricsRecorder);
    }

    private static Object key(Map<String, Object> properties) {
        return properties.getOrDefault(Constants.SERVICE_ID, properties);
    }

    private static long atLeast(String key, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "Configuration %s: %s=%d, expected at least %d".formatted(PID, key, value, least));
        }
        return value;
    }
}
