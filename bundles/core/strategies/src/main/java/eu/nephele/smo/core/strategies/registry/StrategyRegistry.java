// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.VersionRange;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which strategies, objectives and intent handlers are there now, in how many versions. In OSGi {@link TrackedServices} fills it;
 * a program without OSGi calls {@link #add(Object, Map)}. Nobody keeps what it hands out.
 */
@Component(service = StrategyRegistry.class)
public final class StrategyRegistry {
    /** A service that leaves is waited for at most this long: the component runtime gives up after 5 seconds. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(StrategyRegistry.class);
    private static final Comparator<Offer> ORDER = Comparator.comparing(
                    (Offer offer) -> offer.description().kind())
            .thenComparing(offer -> offer.description().id())
            .thenComparing(offer -> offer.description().version(), Comparator.reverseOrder())
            .thenComparing(offer -> offer.description().ranking(), Comparator.reverseOrder())
            .thenComparing(Offer::order);

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final MissedServices missed = new MissedServices();
    private long added;

    private final Set<String> intentsEverSeen = ConcurrentHashMap.newKeySet();
    private volatile Snapshot snapshot = new Snapshot(List.of(), 0);

    /** All offers, the best of each kind and id first. */
    private record Snapshot(List<Offer> offers, long revision) {}

    @Activate
    public StrategyRegistry() {
        // starts empty
    }

    /** As {@link #add(Object, Map, Origin)}, for programs that bring their services themselves. */
    public Membership add(Object service, Map<String, ?> properties) {
        return add(service, properties, Origin.PROGRAM);
    }

    /**
     * Adds a service under every kind and name that it has.
     *
     * @param properties its service properties
     * @throws IllegalArgumentException when it does not say what the registry needs to know
     */
    public Membership add(Object service, Map<String, ?> properties, Origin origin) {
        List<Description> descriptions = Description.of(service, properties, origin);
        lock.lock();
        try {
            List<Offer> offers = descriptions.stream()
                    .map(description -> new Offer(description, service, added++))
                    .toList();
            List<Offer> all = new ArrayList<>(snapshot.offers());
            all.addAll(offers);
            publish(all);
            descriptions.forEach(missed::found);
            descriptions.stream()
                    .filter(description -> description.kind() == ServiceKind.INTENT)
                    .forEach(description -> intentsEverSeen.add(description.id()));
            LOG.info("Added {}", offers);
            return () -> remove(offers);
        } finally {
            lock.unlock();
        }
    }

    private void remove(List<Offer> offers) {
        lock.lock();
        try {
            List<Offer> all = new ArrayList<>(snapshot.offers());
            if (!all.removeAll(offers)) {
                return;
            }
            publish(all);
        } finally {
            lock.unlock();
        }
        offers.forEach(offer -> offer.close(LONGEST_DRAIN));
        LOG.info("Removed {}", offers);
    }

    private void publish(List<Offer> offers) {
        offers.sort(ORDER);
        snapshot = new Snapshot(List.copyOf(offers), snapshot.revision() + 1);
        changed.signalAll();
    }

    /** Everything of one kind, ordered by id, highest version first. */
    public List<Offer> offers(ServiceKind kind) {
        return snapshot.offers().stream()
                .filter(offer -> offer.description().kind() == kind)
                .toList();
    }

    /** All versions of one id that are in the range, highest first. */
    public List<Offer> versions(ServiceKind kind, String id, Optional<VersionRange> range) {
        return snapshot.offers().stream()
                .filter(offer -> offer.description().kind() == kind
                        && offer.description().id().equals(id))
                .filter(offer -> range.isEmpty()
                        || range.get().includes(offer.description().version()))
                .toList();
    }

    /** The highest version in the range that is there now. */
    public Optional<Offer> find(ServiceKind kind, String id, Optional<VersionRange> range) {
        return versions(kind, id, range).stream().findFirst();
    }

    /**
     * As {@link #find}, and waits for it when it is not there. That happens once per thing missed: the first call opens the
     * wait, calls that come meanwhile share it, later ones are told at once, until it has been there again.
     */
    public Optional<Offer> await(ServiceKind kind, String id, Optional<VersionRange> range, Duration most)
            throws InterruptedException {
        Optional<Offer> found = find(kind, id, range);
        if (found.isPresent()) {
            return found;
        }
        lock.lockInterruptibly();
        try {
            long end = missed.waitUntil(kind, id, range, System.nanoTime() + most.toNanos());
            long nanos = end - System.nanoTime();
            found = find(kind, id, range);
            while (found.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                found = find(kind, id, range);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a handler of this intent was there at any time since the start. */
    public boolean knewIntent(String name) {
        return intentsEverSeen.contains(name);
    }

    /** Rises with every change. */
    public long revision() {
        return snapshot.revision();
    }
}
