// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.decision;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.decision.DecisionObserver;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards decisions to the present observers. Deciders hold this, so that they stay when observers come and go. */
@Component(service = ObserverRelay.class)
public final class ObserverRelay implements DecisionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(ObserverRelay.class);

    private final List<DecisionObserver> observers = new CopyOnWriteArrayList<>();

    @Activate
    public ObserverRelay() {
        // nobody observes yet
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    void bindObserver(DecisionObserver observer) {
        observers.add(observer);
    }

    void unbindObserver(DecisionObserver observer) {
        observers.remove(observer);
    }

    /** For programs that embed the core. */
    public Subscription add(DecisionObserver observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    /** Returns whether anybody observes; if not, nothing needs to be put together. */
    public boolean isObserved() {
        return !observers.isEmpty();
    }

    @Override
    public void placed(PlacementOutcome outcome) {
        toAll(observer -> observer.placed(outcome));
    }

    @Override
    public void scaled(ScalingCall call) {
        toAll(observer -> observer.scaled(call));
    }

    private void toAll(Consumer<DecisionObserver> showing) {
        for (DecisionObserver observer : observers) {
            try {
                showing.accept(observer);
            } catch (RuntimeException e) {
                // a failure of an observer does not affect the decision
                LOG.warn("decision observer failed observer={}", observer, e);
            }
        }
    }
}
