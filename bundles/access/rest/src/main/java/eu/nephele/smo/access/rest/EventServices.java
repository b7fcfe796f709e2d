// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.access.http.Lookup;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.store.InstanceStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The rooms that tell what happens; they come and go as those of {@link CoreServices} do. */
@Component(service = EventServices.class)
public class EventServices {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable EventLog log;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable WebhookService webhooks;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable InstanceStore instance;

    /** The log of events; each of its methods throws an {@code SmoException} of kind UNAVAILABLE while it is away. */
    public final EventLog log() {
        return Lookup.of(EventLog.class, "log of events", this::logNow);
    }

    /** Who delivers events to outside systems; as above. */
    public final WebhookService webhooks() {
        return Lookup.of(WebhookService.class, "delivery to webhooks", this::webhooksNow);
    }

    /** Facts about this installation; as above. */
    public final InstanceStore instance() {
        return Lookup.of(InstanceStore.class, "store", this::instanceNow);
    }

    Optional<EventLog> logNow() {
        return Optional.ofNullable(log);
    }

    Optional<WebhookService> webhooksNow() {
        return Optional.ofNullable(webhooks);
    }

    Optional<InstanceStore> instanceNow() {
        return Optional.ofNullable(instance);
    }
}
