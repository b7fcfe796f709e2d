// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.quota.ProjectLimits;
import eu.nephele.smo.core.contract.store.InstanceStore;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Events as lists, streams and webhooks; the services of the core are dynamic. */
@Component(service = Subsystem.class)
public final class EventsSubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable EventLog log;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable WebhookService webhooks;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable InstanceStore instance;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Permissions permissions;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ProjectLimits limits;

    private final EventStreams streams;
    private final Map<String, Object> served;

    @Activate
    public EventsSubsystem(@Reference StreamTally tally) {
        StreamCounts counts = new StreamCounts(() -> Optional.ofNullable(limits), tally);
        EventLog logNow = DynamicServiceProxy.create(EventLog.class, "log of events", this::log);
        InstanceStore instanceNow =
                DynamicServiceProxy.create(InstanceStore.class, "store", () -> Optional.ofNullable(instance));
        streams = new EventStreams(logNow, instanceNow, this::log, this::standing, StreamTiming.USUAL, counts);
        served = Map.of(
                "events",
                new EventsEndpoint(logNow, instanceNow, streams),
                "webhooks",
                new WebhooksEndpoint(
                        DynamicServiceProxy.create(
                                WebhookService.class, "delivery to webhooks", () -> Optional.ofNullable(webhooks)),
                        instanceNow));
    }

    /** Ends streams, which would otherwise outlive their classes. */
    @Deactivate
    void close() {
        streams.close();
    }

    /** While nobody knows, streams go on: each event is judged when it is read. */
    private Optional<String> standing(CallContext call) {
        return Optional.ofNullable(permissions)
                .map(present -> present.standing(call))
                .orElse(EventStreams.UNKNOWN);
    }

    private Optional<EventLog> log() {
        return Optional.ofNullable(log);
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
