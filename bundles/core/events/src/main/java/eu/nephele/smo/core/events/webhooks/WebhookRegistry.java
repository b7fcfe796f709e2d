// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService.Registered;
import eu.nephele.smo.core.contract.event.WebhookService.Registration;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.core.contract.work.ClockJumps;
import eu.nephele.smo.core.events.EventLogRetention;
import eu.nephele.smo.core.events.EventMetrics;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Webhooks: who is subscribed, and the deliveries to them. */
@Component(service = WebhookRegistry.class, immediate = true, configurationPid = WebhookRegistry.PID)
@Designate(ocd = WebhooksConfig.class)
public final class WebhookRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRegistry.class);

    static final String PID = "eu.nephele.smo.core.events.webhooks";

    private final WebhookStore store;
    private final SigningKeys signingKeys;
    private final EventMetrics eventMetrics;
    private final SteadyClock clock;
    private final RegistrationValidator registrations;
    private final DeliveryBulkhead deliveryBulkhead;
    private final WebhookSender sender;
    private final WebhookDispatcher webhookDispatcher;
    private final EventLogRetention retention;
    private final Subscription published;

    @Activate
    public WebhookRegistry(
            BundleContext context,
            WebhooksConfig config,
            @Reference WebhookStore store,
            @Reference InstanceStore instance,
            @Reference EventLog log) {
        this(
                WebhookSettings.read(config, data(context)),
                store,
                instance,
                log,
                Clock.systemUTC(),
                System::nanoTime,
                false);
    }

    /**
     * For programs that embed the core.
     *
     * @param clock of signatures and plans; it may jump
     * @param nanos as {@link System#nanoTime}
     */
    public WebhookRegistry(
            WebhookSettings settings,
            WebhookStore store,
            InstanceStore instance,
            EventLog log,
            Clock clock,
            LongSupplier nanos) {
        this(settings, store, instance, log, clock, nanos, true);
    }

    private WebhookRegistry(
            WebhookSettings settings,
            WebhookStore store,
            InstanceStore instance,
            EventLog log,
            Clock clock,
            LongSupplier nanos,
            boolean owner) {
        this.store = store;
        this.clock = new SteadyClock(clock, nanos);
        BacklogGauge backlog = new BacklogGauge(store, nanos);
        this.eventMetrics = new EventMetrics(backlog::publish);
        TargetResolver targets = new TargetResolver(settings.allowed(), InetAddress::getAllByName);
        this.signingKeys = new SigningKeys(new SecretSeal(settings.keyFile()));
        this.registrations = new RegistrationValidator(targets, clock);
        this.deliveryBulkhead = new DeliveryBulkhead(settings.workers(), settings.perWebhook());
        this.sender = new WebhookSender(
                targets, signingKeys, instance, clock, settings.connectTimeout(), settings.answerTimeout());
        DeliveryGaps gaps = new DeliveryGaps(store);
        DeliveryAttempt attempts = new DeliveryAttempt(store, sender, settings.retry(), this.clock, gaps, eventMetrics);
        this.webhookDispatcher = new WebhookDispatcher(
                store,
                attempts,
                gaps,
                deliveryBulkhead,
                this.clock,
                settings.retry().longest());
        this.retention = new EventLogRetention(
                "deliveries",
                settings.pruneEvery(),
                new ClockJumps(clock, nanos),
                () -> store.prune(clock.instant().minus(settings.retention())));
        this.published = log.onPublished(webhookDispatcher::wake);
        if (owner) {
            sender.begin(() -> true);
            webhookDispatcher.start();
            retention.begin();
        }
    }

    /** The owner of the database delivers, and removes what is old. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.debug("delivery to webhooks started epoch={}", tenure.epoch());
        sender.begin(() -> !tenure.left().isZero());
        webhookDispatcher.start();
        retention.begin();
    }

    void unbindTenure(Tenure over) {
        LOG.debug("tenure ended epoch={}; delivery to webhooks stops with the store", over.epoch());
    }

    @Deactivate
    @Override
    public void close() {
        published.close();
        retention.close();
        webhookDispatcher.close();
        sender.close();
    }

    /** For programs that embed the core: adds a source that resolves references to secrets. */
    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    public void addSecrets(SecretSource source) {
        signingKeys.add(source);
    }

    public void removeSecrets(SecretSource source) {
        signingKeys.remove(source);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMeasurements(MetricsRecorder metricsRecorder) {
        eventMetrics.add(metricsRecorder);
    }

    void removeMeasurements(MetricsRecorder metricsRecorder) {
        eventMetrics.remove(metricsRecorder);
    }

    private static Path data(BundleContext context) {
        return Path.of(Optional.ofNullable(context.getProperty("smo.data")).orElse(""));
    }

    /** @param registeredBy principal of the caller; "" when it is unknown */
    public Registered register(Registration registration, String registeredBy) {
        Registered registered = stored(registrations.accept(registration, registeredBy));
        store.insert(registered.webhook());
        LOG.info(
                "webhook registered webhook={} principal={} target={}",
                registered.webhook().id(),
                registeredBy,
                host(registered.webhook()));
        return registered;
    }

    /** With the secret as the database gets it. */
    private Registered stored(Registered accepted) {
        Webhook webhook = accepted.webhook();
        try {
            return new Registered(
                    new Webhook(
                            webhook.id(),
                            webhook.url(),
                            webhook.filter(),
                            signingKeys.stored(webhook.id(), webhook.secret()),
                            webhook.paused(),
                            webhook.createdAt(),
                            webhook.registeredBy()),
                    accepted.generatedSecret());
        } catch (AdapterException unusable) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "secrets",
                    "The secret of the webhook cannot be stored: " + unusable.getMessage(),
                    Optional.empty());
        }
    }

    /** Paths and queries may hold tokens of the receiver. */
    private static String host(Webhook webhook) {
        return webhook.url().getScheme() + "://" + webhook.url().getAuthority();
    }

    public List<Webhook> list() {
        return store.list();
    }

    public Webhook find(String id) {
        return store.find(id).orElseThrow(() -> absent(id));
    }

    private static SmoException absent(String id) {
        return SmoException.notFound("Webhook %s does not exist".formatted(id));
    }

    public Webhook setPaused(String id, boolean paused) {
        if (!store.setPaused(id, paused)) {
            throw absent(id);
        }
        LOG.info("webhook changed webhook={} state={}", id, paused ? "paused" : "resumed");
        webhookDispatcher.checkPlans();
        return find(id);
    }

    public void delete(String id) {
        if (!store.delete(id)) {
            throw absent(id);
        }
        deliveryBulkhead.forget(id);
        LOG.info("webhook deleted webhook={}", id);
    }

    public List<Delivery> deliveries(
            String id, Optional<Delivery.DeliveryState> state, Optional<Long> beforeSequence, int limit) {
        find(id);
        return store.deliveries(id, state, beforeSequence, limit);
    }

    public DeliveryBacklog backlog(String id) {
        find(id);
        return store.backlog(id);
    }

    public int replay(String id, Set<Long> sequences) {
        find(id);
        int count = store.replay(id, sequences, clock.now());
        LOG.info("replaying deliveries webhook={} count={}", id, count);
        webhookDispatcher.wake();
        return count;
    }
}
