// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.plugin.ProductBundles;
import eu.nephele.smo.core.contract.plugin.ReservedNames;
import eu.nephele.smo.core.contract.plugin.ServiceGate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Filters the present services: admitted are those of the product, and those for which the gate is open. Without a gate no new
 * service is admitted; admitted ones stay.
 */
final class AdmissionFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionFilter.class);

    private final StrategyRegistry registry;
    private final ProductBundles product;
    private final StrategyEventFilter news;
    private final Set<TrackedService> tracked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Optional<WatchedGate> watchedGate = Optional.empty();

    private record WatchedGate(ServiceGate gate, Subscription subscription) {}

    AdmissionFilter(StrategyRegistry registry, ProductBundles product, StrategyEventFilter news) {
        this.registry = registry;
        this.product = product;
        this.news = news;
    }

    void gateCame(ServiceGate present) {
        Optional<WatchedGate> before = watchedGate;
        watchedGate = Optional.of(new WatchedGate(present, present.onChange(this::reconsider)));
        before.ifPresent(old -> old.subscription().close());
        reconsider();
    }

    void gateWent(ServiceGate gone) {
        Optional<WatchedGate> now = watchedGate.filter(present -> present.gate() == gone);
        if (now.isPresent()) {
            watchedGate = Optional.empty();
            now.get().subscription().close();
        }
    }

    /** Puts a service into the registry, or gives one that is there its new properties. */
    void enter(TrackedService service, Map<String, ?> properties) {
        OfferGroup before = service.seat();
        service.seat(seat(service, properties));
        tracked.add(service);
        if (before.offers().stream()
                .map(RegisteredService::ref)
                .toList()
                .equals(service.seat().offers().stream()
                        .map(RegisteredService::ref)
                        .toList())) {
            before.close();
        } else {
            news.entered(service);
            before.close();
            news.left(service.bundle(), before.offers());
        }
        // its gate may have opened or closed since it was checked
        reconsider();
    }

    void leave(TrackedService service) {
        tracked.remove(service);
        List<RegisteredService> told = service.seat().offers().stream()
                .filter(registeredService -> registeredService.state() != State.HELD)
                .toList();
        service.seat().close();
        news.left(service.bundle(), told);
    }

    private OfferGroup seat(TrackedService service, Map<String, ?> properties) {
        Bundle bundle = service.bundle();
        Origin origin = new Origin(
                String.valueOf(bundle.getSymbolicName()),
                bundle.getVersion(),
                bundle.getBundleId() + "/" + bundle.getLastModified());
        try {
            OfferGroup offerGroup = registry.seat(service.service(), properties, origin, !open(bundle, service.seat()));
            return isForeign(bundle) ? withoutReservedNames(offerGroup) : offerGroup;
        } catch (RuntimeException | Error e) {
            // foreign code describes itself here; a failure of one service must not affect the others
            LOG.error(
                    "service ignored bundle={} version={} reason=\"{}\"",
                    origin.bundle(),
                    origin.version(),
                    e.toString(),
                    e);
            return OfferGroup.NONE;
        }
    }

    private boolean isForeign(Bundle bundle) {
        return product.known() && !product.contains(bundle);
    }

    /** Admission of plugins refuses these names; a service that gets past it must not replace one of ours. */
    private static OfferGroup withoutReservedNames(OfferGroup offerGroup) {
        for (RegisteredService registeredService : offerGroup.offers()) {
            if (ReservedNames.include(
                    registeredService.description().kind().word(),
                    registeredService.description().id())) {
                LOG.error("service rejected strategy=\"{}\" reason=\"name is reserved\"", registeredService);
                offerGroup.close();
                return OfferGroup.NONE;
            }
        }
        return offerGroup;
    }

    /** Asks for all of them again. No lock is held meanwhile: the gate has locks of its own. */
    private void reconsider() {
        if (questions.getAndIncrement() > 0) {
            return; // the running thread checks once more
        }
        int answered;
        do {
            answered = questions.get();
            Map<OfferGroup, Boolean> held = new HashMap<>();
            tracked.forEach(service -> held.put(service.seat(), !open(service.bundle(), service.seat())));
            List<OfferGroup> moved = registry.hold(held);
            tracked.stream().filter(service -> moved.contains(service.seat())).forEach(this::publish);
        } while (!questions.compareAndSet(answered, 0));
    }

    private void publish(TrackedService service) {
        if (isHeld(service.seat())) {
            news.left(service.bundle(), service.seat().offers());
        } else {
            news.entered(service);
        }
    }

    private boolean open(Bundle bundle, OfferGroup now) {
        if (product.contains(bundle)) {
            return true;
        }
        Optional<WatchedGate> present = watchedGate;
        if (present.isEmpty()) {
            return !product.known() || (!now.offers().isEmpty() && !isHeld(now));
        }
        try {
            return present.get().gate().open(bundle.getBundleId());
        } catch (RuntimeException e) {
            LOG.error("admission check failed bundle={}; the bundle keeps its state", bundle, e);
            return !now.offers().isEmpty() && !isHeld(now);
        }
    }

    private static boolean isHeld(OfferGroup offerGroup) {
        return offerGroup.offers().stream()
                .anyMatch(registeredService -> registeredService.place().held());
    }
}
