// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.store.IdentityStore;
import eu.nephele.smo.core.contract.store.StoredIdentity;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All identities in memory. The owner changes them, one change at a time; a standby reads what was changed every
 * second. While the database is away what is in memory counts on.
 */
@Component(service = IdentityRegistry.class)
public final class IdentityRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityRegistry.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration CARE = Duration.ofMinutes(1);
    /** After which every standby has read that something was removed. */
    private static final Duration REMOVED_KEPT = Duration.ofHours(24);

    private final Clock clock;
    private final Map<IdentityKey, Instant> unsavedUses = new ConcurrentHashMap<>();
    private final Optional<ScheduledExecutorService> ticker;
    private final Optional<ScheduledFuture<?>> ticks;
    private volatile IdentityDirectory directory = IdentityDirectory.NOTHING;
    private volatile boolean loaded;
    private volatile Optional<IdentityStore> store = Optional.empty();
    private volatile boolean owner;
    private volatile Instant lastRead = Instant.EPOCH;
    // of the ticker, or of the test
    private Instant nextCare = Instant.MIN;
    private boolean failing;

    @Activate
    public IdentityRegistry() {
        this(Clock.systemUTC(), true);
    }

    /** @param ticking false: whoever made it calls {@link #tick} */
    IdentityRegistry(Clock clock, boolean ticking) {
        this.clock = clock;
        this.ticker = ticking
                ? Optional.of(Executors.newSingleThreadScheduledExecutor(IdentityRegistry::daemon))
                : Optional.empty();
        this.ticks = ticker.map(
                thread -> thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "smo-identity");
        thread.setDaemon(true);
        return thread;
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindStore(IdentityStore present) {
        store = Optional.of(present);
        ticker.ifPresent(ticks -> ticks.execute(this::tick));
    }

    void unbindStore(IdentityStore gone) {
        store = store.filter(present -> present != gone);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.debug("identities may be changed epoch={}", tenure.epoch());
        owner = true;
    }

    void unbindTenure(Tenure over) {
        LOG.debug("identities may no longer be changed epoch={}", over.epoch());
        owner = false;
    }

    @Deactivate
    void close() {
        ticks.ifPresent(ticking -> ticking.cancel(false));
        ticker.ifPresent(ScheduledExecutorService::shutdownNow);
        saveUses();
    }

    /**
     * What counts now.
     *
     * @throws SmoException {@code UNAVAILABLE} when it was never read
     */
    IdentityDirectory required() {
        if (!loaded) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "Users and keys are not loaded yet: the database is not open. Try again; /health/ready and the log say more",
                    Optional.of(SOON));
        }
        return directory;
    }

    /** What counts now; nothing before it was read. */
    IdentityDirectory now() {
        return directory;
    }

    Clock clock() {
        return clock;
    }

    /** @param result for whoever asked for the change */
    record IdentityChange<T>(Map<IdentityKey, Optional<String>> contents, T result) {}

    /**
     * Changes identities, one change at a time.
     *
     * @param work decides by what counts now, and may refuse by an exception
     */
    synchronized <T> T change(Function<IdentityDirectory, IdentityChange<T>> work) {
        IdentityStore present = store.orElseThrow(IdentityRegistry::away);
        if (!loaded || behind(present)) {
            load(present);
        }
        IdentityChange<T> change = work.apply(directory);
        if (!change.contents().isEmpty()) {
            long revision = present.change(change.contents());
            directory = directory.after(change.contents().entrySet().stream()
                    .map(content -> new StoredIdentity(content.getKey(), revision, content.getValue()))
                    .toList());
        }
        return change.result();
    }

    private static SmoException away() {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The database is not open; nothing was changed, try again",
                Optional.of(SOON));
    }

    /** Notes that a key or session was used. */
    void used(IdentityKey key) {
        unsavedUses.put(key, clock.instant());
    }

    /** When keys and sessions were used last, as far as it is known. */
    Map<IdentityKey, Instant> uses() {
        Map<IdentityKey, Instant> uses =
                new HashMap<>(store.map(IdentityStore::uses).orElse(Map.of()));
        uses.putAll(unsavedUses);
        return uses;
    }

    void tick() {
        try {
            store.ifPresent(this::tick);
            failing = false;
        } catch (RuntimeException failed) {
            if (!failing) {
                LOG.warn(
                        "reading identities failed reason=\"{}\"; those in memory count on, retrying",
                        failed.getMessage());
                LOG.debug("reading identities failed", failed);
            }
            failing = true;
        }
    }

    private void tick(IdentityStore present) {
        // the owner, too: it may not have heard of what it has committed
        if (!loaded || behind(present)) {
            load(present);
        }
        lastRead = clock.instant();
        if (lastRead.isAfter(nextCare)) {
            nextCare = lastRead.plus(CARE);
            unsavedUses.keySet().removeIf(key -> !directory.has(key));
            if (owner) {
                care(present);
            }
        }
    }

    private boolean behind(IdentityStore present) {
        return present.revision() != directory.revision();
    }

    private synchronized void load(IdentityStore present) {
        // a restored database may be older than what is known, and what was removed long ago is no longer told
        boolean stale = present.revision() < directory.revision()
                || lastRead.plus(REMOVED_KEPT.dividedBy(2)).isBefore(clock.instant());
        IdentityDirectory base = stale ? IdentityDirectory.NOTHING : directory;
        directory = base.after(present.changedAfter(base.revision()));
        loaded = true;
    }

    private void care(IdentityStore present) {
        saveUses();
        Instant now = clock.instant();
        change(directory -> {
            Map<IdentityKey, Optional<String>> over = new HashMap<>();
            List<Session> ended = directory.sessions().stream()
                    .filter(session -> !now.isBefore(session.until()))
                    .toList();
            ended.forEach(session -> over.put(IdentityKind.SESSION.key(session.id()), Optional.empty()));
            return new IdentityChange<>(over, ended.size());
        });
        present.forgetRemoved(now.minus(REMOVED_KEPT));
    }

    private void saveUses() {
        Map<IdentityKey, Instant> uses = Map.copyOf(unsavedUses);
        if (!owner || uses.isEmpty()) {
            return;
        }
        store.ifPresent(present -> {
            present.used(uses);
            uses.forEach(unsavedUses::remove);
        });
    }
}
