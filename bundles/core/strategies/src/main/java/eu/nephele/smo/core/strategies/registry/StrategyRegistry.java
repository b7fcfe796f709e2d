// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
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
 * Registry of the present strategies, objectives and intent handlers, in all their versions. In OSGi {@link TrackedServices}
 * fills it; a program without OSGi calls {@link #add(Object, Map)}. Callers do not keep its results.
 */
@Component(service = StrategyRegistry.class)
public final class StrategyRegistry {
    /** A service that leaves is waited for at most this long: the component runtime gives up after 5 seconds. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(StrategyRegistry.class);

    /** Guards the fields below, and the place of every offer. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final MissingServiceWaits missed = new MissingServiceWaits();
    private final Ejections ejections = new Ejections();
    private long added;

    private final Clock clock;
    private final List<RegistryListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<ServiceName> everUsed = ConcurrentHashMap.newKeySet();
    private volatile RegistrySnapshot snapshot = RegistrySnapshot.EMPTY;

    private record ServiceName(ServiceKind kind, String id) {}

    @Activate
    public StrategyRegistry() {
        this(Clock.systemUTC());
    }

    public StrategyRegistry(Clock clock) {
        this.clock = clock;
    }

    /** As {@link #add(Object, Map, Origin)}, for programs that bring their services themselves. */
    public RegistryEntry add(Object service, Map<String, ?> properties) {
        return add(service, properties, Origin.PROGRAM);
    }

    /**
     * Adds a service under every kind and name that it has.
     *
     * @throws IllegalArgumentException when it lacks properties that the registry needs
     */
    public RegistryEntry add(Object service, Map<String, ?> properties, Origin origin) {
        return seat(service, properties, origin, false);
    }

    /**
     * As {@link #add}.
     *
     * @param held whether it is only known, and not used yet
     */
    OfferGroup seat(Object service, Map<String, ?> properties, Origin origin, boolean held) {
        List<ServiceDescription> descriptions = ServiceDescription.read(service, properties, origin);
        lock.lock();
        try {
            List<RegisteredService> offers = descriptions.stream()
                    .map(description -> new RegisteredService(description, service, added++, clock.instant()))
                    .toList();
            offers.forEach(registeredService -> registeredService.place(
                    new RegisteredService.OfferState(held, ejections.find(registeredService), clock.instant())));
            List<RegisteredService> all = new ArrayList<>(snapshot.all());
            all.addAll(offers);
            publish(all);
            LOG.info("services registered services=\"{}\" held={}", offers, held);
            return new OfferGroup(offers, this::remove);
        } finally {
            lock.unlock();
        }
    }

    private void remove(List<RegisteredService> offers) {
        lock.lock();
        try {
            List<RegisteredService> all = new ArrayList<>(snapshot.all());
            if (!all.removeAll(offers)) {
                return;
            }
            publish(all);
        } finally {
            lock.unlock();
        }
        offers.forEach(registeredService -> registeredService.close(LONGEST_DRAIN));
        listeners.forEach(RegistryListener::gone);
        LOG.info("services unregistered services=\"{}\"", offers);
    }

    /**
     * Holds services back or lets them be used, all at the same moment. Calls inside come to their end, none is begun.
     *
     * @return those that were not as they should be
     */
    List<OfferGroup> hold(Map<OfferGroup, Boolean> held) {
        lock.lock();
        try {
            List<OfferGroup> moved = held.entrySet().stream()
                    .filter(entry -> entry.getKey().offers().stream()
                            .anyMatch(registeredService ->
                                    registeredService.place().held() != entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            moved.stream().flatMap(offerGroup -> offerGroup.offers().stream()).forEach(registeredService -> {
                RegisteredService.OfferState now = registeredService.place();
                registeredService.place(new RegisteredService.OfferState(!now.held(), now.ejected(), clock.instant()));
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
     * Ejects a service because of its faults, unless no other one could decide: the last version of the last resort
     * stays.
     *
     * @return whether it was in use
     */
    public boolean ejectFaulty(RegisteredService registeredService, String why) {
        return eject(registeredService, new RegisteredService.Ejection(why, false), false);
    }

    /** As {@link #ejectFaulty}, for what one more call would do to everybody again: trials do not call it either. */
    public boolean ejectDangerous(RegisteredService registeredService, String why) {
        return eject(registeredService, new RegisteredService.Ejection(why, true), false);
    }

    public boolean eject(RegisteredService registeredService, String why) {
        return eject(registeredService, new RegisteredService.Ejection(why, false), true);
    }

    private boolean eject(
            RegisteredService registeredService, RegisteredService.Ejection ejection, boolean evenTheLast) {
        String why = ejection.why();
        lock.lock();
        try {
            if (!snapshot.all().contains(registeredService) || registeredService.state() == State.EJECTED) {
                return false;
            }
            if (!evenTheLast && isLastResort(registeredService)) {
                LOG.error(
                        "ejection skipped strategy=\"{}\" reason=\"{}\"; it is the last resort",
                        registeredService,
                        why);
                return false;
            }
            registeredService.place(new RegisteredService.OfferState(
                    registeredService.place().held(), Optional.of(ejection), clock.instant()));
            ejections.remember(registeredService, ejection);
            publish(new ArrayList<>(snapshot.all()));
        } finally {
            lock.unlock();
        }
        LOG.error("strategy ejected strategy=\"{}\" reason=\"{}\"", registeredService, why);
        registeredService.interruptAll("was ejected while it decided");
        listeners.forEach(listener -> listener.ejected(registeredService, why));
        return true;
    }

    private boolean isLastResort(RegisteredService registeredService) {
        return registeredService.description().kind() == ServiceKind.PLACEMENT
                && snapshot.versions(ServiceKind.PLACEMENT, StrategySettings.LAST_RESORT, Optional.empty())
                        .equals(List.of(registeredService));
    }

    /** Lets one that was ejected be used again, with a clean slate. */
    public boolean letIn(RegisteredService registeredService) {
        lock.lock();
        try {
            ejections.forget(registeredService);
            if (!snapshot.all().contains(registeredService) || registeredService.state() != State.EJECTED) {
                return false;
            }
            registeredService.conduct().forgive();
            registeredService.place(new RegisteredService.OfferState(
                    registeredService.place().held(), Optional.empty(), clock.instant()));
            publish(new ArrayList<>(snapshot.all()));
        } finally {
            lock.unlock();
        }
        LOG.info("strategy reinstated strategy=\"{}\"", registeredService);
        listeners.forEach(listener -> listener.letIn(registeredService));
        return true;
    }

    public Subscription listen(RegistryListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void publish(List<RegisteredService> offers) {
        snapshot = snapshot.next(offers);
        snapshot.used().stream().map(RegisteredService::description).forEach(description -> {
            missed.found(description);
            everUsed.add(new ServiceName(description.kind(), description.id()));
        });
        changed.signalAll();
    }

    /** Everything that is known, held back and ejected ones included; by kind, id, highest version first. */
    public List<RegisteredService> all() {
        return snapshot.all();
    }

    public List<RegisteredService> all(StrategyRef ref) {
        return snapshot.all().stream()
                .filter(registeredService -> registeredService.ref().equals(ref))
                .toList();
    }

    /** Everything of one kind that is used, ordered by id, highest version first. */
    public List<RegisteredService> offers(ServiceKind kind) {
        return snapshot.used().stream()
                .filter(registeredService -> registeredService.description().kind() == kind)
                .toList();
    }

    /** All used versions of one id that are in the range, highest first. */
    public List<RegisteredService> versions(ServiceKind kind, String id, Optional<VersionRange> range) {
        return snapshot.versions(kind, id, range);
    }

    /** All versions of one id in the range that are known and not used, highest first. */
    public List<RegisteredService> unused(ServiceKind kind, String id, Optional<VersionRange> range) {
        return snapshot.unused(kind, id, range);
    }

    public Optional<RegisteredService> find(ServiceKind kind, String id, Optional<VersionRange> range) {
        return versions(kind, id, range).stream().findFirst();
    }

    /**
     * As {@link #find}, and waits for a service that is not registered. That happens once per missing service: the
     * first call begins the wait, calls that come meanwhile share it, later ones return at once, until it was
     * registered again. An ejected service is not waited for, and no more than a few calls wait at the same time.
     */
    public Optional<RegisteredService> await(ServiceKind kind, String id, Optional<VersionRange> range, Duration most)
            throws InterruptedException {
        Optional<RegisteredService> found = find(kind, id, range);
        boolean ejected = unused(kind, id, range).stream()
                .anyMatch(registeredService -> registeredService.state() == State.EJECTED);
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

    private Optional<RegisteredService> awaitUntil(
            ServiceKind kind, String id, Optional<VersionRange> range, long endNanos) throws InterruptedException {
        try {
            long nanos = endNanos - System.nanoTime();
            Optional<RegisteredService> found = find(kind, id, range);
            while (found.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                found = find(kind, id, range);
            }
            return found;
        } finally {
            missed.waitEnds();
        }
    }

    public boolean knew(ServiceKind kind, String id) {
        return everUsed.contains(new ServiceName(kind, id));
    }

    /** Rises with every change. */
    public long revision() {
        return snapshot.revision();
    }
}
