// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** Guards the fields below, and the place of every offer. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final MissedServices missed = new MissedServices();
    private final Ejections ejections = new Ejections();
    private long added;

    private final Clock clock;
    private final List<RegistryListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<ServiceName> everUsed = ConcurrentHashMap.newKeySet();
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    private record ServiceName(ServiceKind kind, String id) {}

    @Activate
    public StrategyRegistry() {
        this(Clock.systemUTC());
    }

    public StrategyRegistry(Clock clock) {
        this.clock = clock;
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
        return seat(service, properties, origin, false);
    }

    /**
     * As {@link #add}.
     *
     * @param held whether it is only known, and not used yet
     */
    Seat seat(Object service, Map<String, ?> properties, Origin origin, boolean held) {
        List<Description> descriptions = Description.of(service, properties, origin);
        lock.lock();
        try {
            List<Offer> offers = descriptions.stream()
                    .map(description -> new Offer(description, service, added++, clock.instant()))
                    .toList();
            offers.forEach(offer -> offer.place(new Offer.Place(held, ejections.of(offer), clock.instant())));
            List<Offer> all = new ArrayList<>(snapshot.all());
            all.addAll(offers);
            publish(all);
            LOG.info("Added {}{}", offers, held ? ", held back" : "");
            return new Seat(offers, this::remove);
        } finally {
            lock.unlock();
        }
    }

    private void remove(List<Offer> offers) {
        lock.lock();
        try {
            List<Offer> all = new ArrayList<>(snapshot.all());
            if (!all.removeAll(offers)) {
                return;
            }
            publish(all);
        } finally {
            lock.unlock();
        }
        offers.forEach(offer -> offer.close(LONGEST_DRAIN));
        listeners.forEach(RegistryListener::gone);
        LOG.info("Removed {}", offers);
    }

    /**
     * Holds services back or lets them be used, all at the same moment. Calls inside come to their end, none is begun.
     *
     * @return those that were not as they should be
     */
    List<Seat> hold(Map<Seat, Boolean> held) {
        lock.lock();
        try {
            List<Seat> moved = held.entrySet().stream()
                    .filter(entry -> entry.getKey().offers().stream()
                            .anyMatch(offer -> offer.place().held() != entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            moved.stream().flatMap(seat -> seat.offers().stream()).forEach(offer -> {
                Offer.Place now = offer.place();
                offer.place(new Offer.Place(!now.held(), now.ejected(), clock.instant()));
            });
            if (!moved.isEmpty()) {
                publish(new ArrayList<>(snapshot.all()));
            }
            return moved;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes one out of use because of what it did, unless nobody else could decide: the last version of the last resort stays.
     *
     * @return whether it was in use
     */
    public boolean ejectFaulty(Offer offer, String why) {
        return eject(offer, new Offer.Ejection(why, false), false);
    }

    /** As {@link #ejectFaulty}, for what one more call would do to everybody again: trials do not call it either. */
    public boolean ejectDangerous(Offer offer, String why) {
        return eject(offer, new Offer.Ejection(why, true), false);
    }

    /** Takes one out of use because somebody wants it. */
    public boolean eject(Offer offer, String why) {
        return eject(offer, new Offer.Ejection(why, false), true);
    }

    private boolean eject(Offer offer, Offer.Ejection ejection, boolean evenTheLast) {
        String why = ejection.why();
        lock.lock();
        try {
            if (!snapshot.all().contains(offer) || offer.state() == State.EJECTED) {
                return false;
            }
            if (!evenTheLast && isLastResort(offer)) {
                LOG.error("{} would be ejected ({}), but nobody else could decide then", offer, why);
                return false;
            }
            offer.place(new Offer.Place(offer.place().held(), Optional.of(ejection), clock.instant()));
            ejections.remember(offer, ejection);
            publish(new ArrayList<>(snapshot.all()));
        } finally {
            lock.unlock();
        }
        LOG.error("Ejected {}: {}", offer, why);
        offer.interruptAll("was ejected while it decided");
        listeners.forEach(listener -> listener.ejected(offer, why));
        return true;
    }

    private boolean isLastResort(Offer offer) {
        return offer.description().kind() == ServiceKind.PLACEMENT
                && snapshot.versions(ServiceKind.PLACEMENT, Settings.LAST_RESORT, Optional.empty())
                        .equals(List.of(offer));
    }

    /** Lets one that was ejected be used again, with a clean slate. */
    public boolean letIn(Offer offer) {
        lock.lock();
        try {
            ejections.forget(offer);
            if (!snapshot.all().contains(offer) || offer.state() != State.EJECTED) {
                return false;
            }
            offer.conduct().forgive();
            offer.place(new Offer.Place(offer.place().held(), Optional.empty(), clock.instant()));
            publish(new ArrayList<>(snapshot.all()));
        } finally {
            lock.unlock();
        }
        LOG.info("Let in {}", offer);
        listeners.forEach(listener -> listener.letIn(offer));
        return true;
    }

    public Subscription listen(RegistryListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void publish(List<Offer> offers) {
        snapshot = snapshot.next(offers);
        snapshot.used().stream().map(Offer::description).forEach(description -> {
            missed.found(description);
            everUsed.add(new ServiceName(description.kind(), description.id()));
        });
        changed.signalAll();
    }

    /** Everything that is known, held back and ejected ones included; by kind, id, highest version first. */
    public List<Offer> all() {
        return snapshot.all();
    }

    /** All that are known under exactly this name and version. */
    public List<Offer> all(StrategyRef ref) {
        return snapshot.all().stream().filter(offer -> offer.ref().equals(ref)).toList();
    }

    /** Everything of one kind that is used, ordered by id, highest version first. */
    public List<Offer> offers(ServiceKind kind) {
        return snapshot.used().stream()
                .filter(offer -> offer.description().kind() == kind)
                .toList();
    }

    /** All used versions of one id that are in the range, highest first. */
    public List<Offer> versions(ServiceKind kind, String id, Optional<VersionRange> range) {
        return snapshot.versions(kind, id, range);
    }

    /** All versions of one id in the range that are known and not used, highest first. */
    public List<Offer> unused(ServiceKind kind, String id, Optional<VersionRange> range) {
        return snapshot.unused(kind, id, range);
    }

    /** The highest version in the range that is used now. */
    public Optional<Offer> find(ServiceKind kind, String id, Optional<VersionRange> range) {
        return versions(kind, id, range).stream().findFirst();
    }

    /**
     * As {@link #find}, and waits for it when it is not there. That happens once per thing missed: the first call opens the
     * wait, calls that come meanwhile share it, later ones are told at once, until it has been there again. What was ejected
     * does not come back by itself and is not waited for; nor do more than a few wait at the same time.
     */
    public Optional<Offer> await(ServiceKind kind, String id, Optional<VersionRange> range, Duration most)
            throws InterruptedException {
        Optional<Offer> found = find(kind, id, range);
        boolean ejected = unused(kind, id, range).stream().anyMatch(offer -> offer.state() == State.EJECTED);
        if (found.isPresent() || ejected) {
            return found;
        }
        lock.lockInterruptibly();
        try {
            long end = missed.waitUntil(kind, id, range, System.nanoTime() + most.toNanos());
            return end - System.nanoTime() > 0 && missed.waitBegins()
                    ? awaitUntil(kind, id, range, end)
                    : find(kind, id, range);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Offer> awaitUntil(ServiceKind kind, String id, Optional<VersionRange> range, long endNanos)
            throws InterruptedException {
        try {
            long nanos = endNanos - System.nanoTime();
            Optional<Offer> found = find(kind, id, range);
            while (found.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                found = find(kind, id, range);
            }
            return found;
        } finally {
            missed.waitEnds();
        }
    }

    /** Whether one of this kind and id was used at any time since the start. */
    public boolean knew(ServiceKind kind, String id) {
        return everUsed.contains(new ServiceName(kind, id));
    }

    /** Rises with every change. */
    public long revision() {
        return snapshot.revision();
    }
}
