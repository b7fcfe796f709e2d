// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.access.security.TokenBucket.Rate;
import eu.nephele.smo.core.contract.access.ClientNetwork;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits how much one caller may ask of this server, so that one that floods it does not take the place of the others.
 * In memory, of this server alone; a request finds its bucket and changes one number of it, without a lock.
 */
final class RequestLimits {

    /** Principals, and addresses, that are known at once; further ones share one bucket until others have been idle. */
    static final int MOST_CALLERS = 10_000;

    private static final long SWEEP_NANOS = 1_000_000_000L;
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final Optional<LimitSettings> settings;
    private final LongSupplier nanos;
    /** Whoever comes from many addresses takes no place of those who are known. */
    private final Callers principals;

    private final Callers addresses;

    /**
     * @param bodies bytes
     * @param unlimited principals to whom nothing applies
     */
    record LimitSettings(Rate reads, Rate writes, Rate bodies, Set<String> unlimited) {

        LimitSettings {
            unlimited = Set.copyOf(unlimited);
        }
    }

    /**
     * A request that comes too early.
     *
     * @param limit {@code reads}, {@code writes} or {@code bodies}
     * @param waitNanos after which it would be admitted
     */
    record Exceeded(String limit, Rate rate, long waitNanos) {

        /** Whole seconds, 1 or more. */
        long retryAfterSeconds() {
            return Math.max(1, (waitNanos + SWEEP_NANOS - 1) / SWEEP_NANOS);
        }
    }

    /** Nothing is limited. */
    static RequestLimits none() {
        return new RequestLimits(Optional.empty(), System::nanoTime, MOST_CALLERS);
    }

    /** @param nanos as {@link System#nanoTime} */
    RequestLimits(Optional<LimitSettings> settings, LongSupplier nanos, int most) {
        this.settings = settings;
        this.nanos = nanos;
        this.principals = new Callers(nanos, most, settings);
        this.addresses = new Callers(nanos, most, settings);
    }

    private static CallerBuckets fresh(LimitSettings settings, long now) {
        return new CallerBuckets(
                new TokenBucket(settings.reads(), now),
                new TokenBucket(settings.writes(), now),
                new TokenBucket(settings.bodies(), now));
    }

    /** The buckets of somebody who is known by name; empty where nothing limits them. */
    Optional<CallerBuckets> ofPrincipal(String name) {
        return settings.filter(present -> !present.unlimited().contains(name))
                .map(present -> principals.find(present, name));
    }

    /** The buckets of somebody without credentials; empty where nothing limits them. */
    Optional<CallerBuckets> ofAddress(String address) {
        return settings.map(
                present -> addresses.find(present, ClientNetwork.from(address).key()));
    }

    /** Callers of one kind, each with its buckets while there is a place for it. */
    private static final class Callers {

        private final LongSupplier nanos;
        private final int most;
        private final Map<String, CallerBuckets> known = new ConcurrentHashMap<>();
        private final Optional<CallerBuckets> others;
        private final AtomicLong nextSweep;

        Callers(LongSupplier nanos, int most, Optional<LimitSettings> settings) {
            this.nanos = nanos;
            this.most = most;
            this.others = settings.map(present -> fresh(present, nanos.getAsLong()));
            this.nextSweep = new AtomicLong(nanos.getAsLong());
        }

        CallerBuckets find(LimitSettings settings, String key) {
            CallerBuckets found = known.get(key);
            if (found != null) {
                return found;
            }
            long now = nanos.getAsLong();
            return isFull(now) ? others.orElseThrow() : known.computeIfAbsent(key, any -> fresh(settings, now));
        }

        /** Where all places are taken, those of the idle are given away, once a second. */
        private boolean isFull(long now) {
            if (known.size() < most) {
                return false;
            }
            long due = nextSweep.get();
            if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
                known.values().removeIf(buckets -> buckets.isIdle(now));
            }
            return known.size() >= most;
        }
    }

    int size() {
        return principals.known.size() + addresses.known.size();
    }

    /**
     * Takes the place of a request, or says why it gets none; a body that is too large takes no request.
     *
     * @param bytes of the body, 0 or less for none or an unknown number
     */
    Optional<Exceeded> admit(CallerBuckets buckets, String method, long bytes) {
        long now = nanos.getAsLong();
        if (bytes > 0) {
            long wait = buckets.bodies().take(bytes, now);
            if (wait > 0) {
                return Optional.of(new Exceeded("bodies", buckets.bodies().rate(), wait));
            }
        }
        boolean reads = READS.contains(method);
        TokenBucket requests = reads ? buckets.reads() : buckets.writes();
        long wait = requests.take(1, now);
        return wait == 0
                ? Optional.empty()
                : Optional.of(new Exceeded(reads ? "reads" : "writes", requests.rate(), wait));
    }

    /** A body of which nobody said before how long it is. */
    void charge(CallerBuckets buckets, long bytes) {
        buckets.bodies().charge(bytes, nanos.getAsLong());
    }
}
