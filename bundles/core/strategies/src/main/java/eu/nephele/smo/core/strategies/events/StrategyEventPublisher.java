// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.events;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventPublisher;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.RegistryListener;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.registry.StrategyTeller;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Tells what enters use and what leaves it, as events. Whoever brings the news never waits for the database. */
@Component(service = StrategyTeller.class)
public final class StrategyEvents implements RegistryListener, StrategyTeller {
    private final Outgoing outgoing = new Outgoing();
    private final Subscription ejections;

    // guarded by this
    private Optional<EventStore> store = Optional.empty();
    // guarded by this
    private Optional<Tenure> tenure = Optional.empty();

    @Activate
    public StrategyEvents(@Reference StrategyRegistry registry) {
        ejections = registry.listen(this);
    }

    @Deactivate
    public void close() {
        ejections.close();
        outgoing.close();
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindStore(EventStore present) {
        store = Optional.of(present);
        write();
    }

    synchronized void unbindStore(EventStore gone) {
        store = store.filter(present -> present != gone);
        outgoing.withoutStore(gone);
    }

    /** The owner of the database writes. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindTenure(Tenure held) {
        tenure = Optional.of(held);
        write();
    }

    synchronized void unbindTenure(Tenure over) {
        tenure = tenure.filter(held -> held != over);
        if (tenure.isEmpty()) {
            store.ifPresent(outgoing::withoutStore);
        }
    }

    // guarded by this
    private void write() {
        if (tenure.isPresent()) {
            store.ifPresent(outgoing::store);
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindPublisher(EventPublisher publisher) {
        outgoing.publisher(publisher);
    }

    void unbindPublisher(EventPublisher publisher) {
        outgoing.withoutPublisher(publisher);
    }

    @Override
    public void entered(Offer offer) {
        tell("strategy.installed", offer, "");
    }

    @Override
    public void left(Offer offer) {
        tell("strategy.removed", offer, "");
    }

    @Override
    public void ejected(Offer offer, String why) {
        tell("strategy.ejected", offer, why);
    }

    @Override
    public void letIn(Offer offer) {
        tell("strategy.let_in", offer, "");
    }

    private void tell(String type, Offer offer, String why) {
        JsonObject data = JsonObject.EMPTY
                .with("kind", new JsonString(offer.ref().kind()))
                .with("id", new JsonString(offer.ref().id()))
                .with("version", new JsonString(offer.ref().version()))
                .with("bundle", new JsonString(offer.description().origin().bundle()))
                .with(
                        "bundleVersion",
                        new JsonString(offer.description().origin().version().toString()));
        outgoing.add(new EventDraft(
                type,
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                "",
                why.isEmpty() ? data : data.with("why", new JsonString(why))));
    }
}
