// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.events;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.event.CommitListener;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.RegistryListener;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.registry.StrategyUseListener;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes as events which services enter and leave use. Its callers never wait for the database. */
@Component(service = StrategyUseListener.class)
public final class StrategyEventPublisher implements RegistryListener, StrategyUseListener {
    private final StrategyEventOutbox strategyEventOutbox = new StrategyEventOutbox();
    private final Subscription ejections;

    // guarded by this
    private Optional<EventStore> store = Optional.empty();
    // guarded by this
    private Optional<Tenure> tenure = Optional.empty();

    @Activate
    public StrategyEventPublisher(@Reference StrategyRegistry registry) {
        ejections = registry.listen(this);
    }

    @Deactivate
    public void close() {
        ejections.close();
        strategyEventOutbox.close();
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindStore(EventStore present) {
        store = Optional.of(present);
        write();
    }

    synchronized void unbindStore(EventStore gone) {
        store = store.filter(present -> present != gone);
        strategyEventOutbox.withoutStore(gone);
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
            store.ifPresent(strategyEventOutbox::withoutStore);
        }
    }

    // guarded by this
    private void write() {
        if (tenure.isPresent()) {
            store.ifPresent(strategyEventOutbox::store);
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindPublisher(CommitListener publisher) {
        strategyEventOutbox.publisher(publisher);
    }

    void unbindPublisher(CommitListener publisher) {
        strategyEventOutbox.withoutPublisher(publisher);
    }

    @Override
    public void entered(RegisteredService registeredService) {
        publish("strategy.installed", registeredService, "");
    }

    @Override
    public void left(RegisteredService registeredService) {
        publish("strategy.removed", registeredService, "");
    }

    @Override
    public void ejected(RegisteredService registeredService, String why) {
        publish("strategy.ejected", registeredService, why);
    }

    @Override
    public void letIn(RegisteredService registeredService) {
        publish("strategy.let_in", registeredService, "");
    }

    private void publish(String type, RegisteredService registeredService, String why) {
        var origin = registeredService.description().origin();
        JsonObject data = new JsonFieldWriter()
                .put("kind", registeredService.ref().kind())
                .put("id", registeredService.ref().id())
                .put("version", registeredService.ref().version())
                .put("bundle", origin.bundle())
                .put("bundleVersion", origin.version().toString())
                .put("why", Optional.of(why).filter(text -> !text.isEmpty()))
                .object();
        strategyEventOutbox.add(new EventDraft(
                type, Instant.now(), Optional.empty(), Optional.empty(), 0, Optional.empty(), "", "", data));
    }
}
