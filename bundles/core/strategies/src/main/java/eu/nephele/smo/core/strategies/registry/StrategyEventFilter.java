// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.ProductBundles;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Filters events of arriving and departing services: neither the strategies present at start-up, nor their departure at
 * shutdown.
 */
final class StrategyEventFilter {
    private final BundleContext context;
    private final ProductBundles product;
    private final StrategyUseListener teller;
    private final Set<StrategyRef> wentBefore = ConcurrentHashMap.newKeySet();
    private volatile boolean quiet;

    StrategyEventFilter(BundleContext context, ProductBundles product, StrategyUseListener teller) {
        this.context = context;
        this.product = product;
        this.teller = teller;
    }

    /** The registry itself starts or stops, not the services. */
    void quiet(boolean now) {
        quiet = now;
    }

    void entered(TrackedService service) {
        service.seat().offers().stream()
                .filter(registeredService -> registeredService.state() == State.USED)
                .filter(registeredService -> !quiet)
                .filter(registeredService ->
                        !product.contains(service.bundle()) || wentBefore.contains(registeredService.ref()))
                .forEach(teller::entered);
    }

    void left(Bundle bundle, List<RegisteredService> offers) {
        if (quiet || context.getBundle(0).getState() == Bundle.STOPPING) {
            return;
        }
        offers.forEach(registeredService -> {
            if (product.contains(bundle)) {
                wentBefore.add(registeredService.ref());
            }
            teller.left(registeredService);
        });
    }
}
