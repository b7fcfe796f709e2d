// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * For sources of secrets in other systems: keeps what was read for a moment, so that a system is not asked for each use, and the last
 * value for a bounded time while the system is away. One call at a time asks for a reference; after a failure nobody asks for as long as
 * a value is fresh. Thread-safe; keeps secrets in memory only.
 */
public final class SecretCache {

    /** Asks the system. */
    public interface SecretRead {
        /**
         * Returns the secret; empty when there is none.
         *
         * @throws AdapterException it could not be read; of these {@code UNAVAILABLE} and {@code TIMED_OUT} let the last value count on
         */
        Optional<String> read();
    }

    private final Duration fresh;
    private final Duration kept;
    private final LongSupplier nanos;
    private final Map<String, CachedSecret> entries = new ConcurrentHashMap<>();

    /** What is known of one reference. */
    private static final class CachedSecret {
        private final ReentrantLock asking = new ReentrantLock();
        private volatile Optional<KnownSecret> known = Optional.empty();
        private volatile Optional<FailedRead> failed = Optional.empty();
    }

    private record KnownSecret(Optional<String> secret, long at) {}

    private record FailedRead(AdapterException why, long at) {}

    /**
     * @param fresh for how long a value, or a failure, is not asked for again
     * @param kept for how long after it was read the last value counts while the system is away
     * @param nanos as {@link System#nanoTime}
     */
    public SecretCache(Duration fresh, Duration kept, LongSupplier nanos) {
        this.fresh = fresh;
        this.kept = kept;
        this.nanos = nanos;
    }

    /**
     * Returns the secret; empty when there is none.
     *
     * @throws AdapterException the system refuses, or is away and nothing is known that may still be used
     */
    public Optional<String> find(String reference, SecretRead read) {
        CachedSecret entry = entries.computeIfAbsent(reference, any -> new CachedSecret());
        Optional<KnownSecret> now = entry.known.filter(known -> isYounger(known.at(), fresh));
        if (now.isPresent()) {
            return now.get().secret();
        }
        if (entry.failed.isPresent() && isYounger(entry.failed.get().at(), fresh)) {
            return last(entry, entry.failed.get().why());
        }
        Optional<KnownSecret> usable = usable(entry);
        if (usable.isPresent() && !entry.asking.tryLock()) {
            // somebody asks already, maybe a silent system: the caller need not wait for that
            return usable.get().secret();
        } else if (usable.isEmpty()) {
            entry.asking.lock();
        }
        try {
            return asked(entry, read);
        } finally {
            entry.asking.unlock();
        }
    }

    /** Forgets everything. */
    public void clear() {
        entries.clear();
    }

    private Optional<String> asked(CachedSecret entry, SecretRead read) {
        Optional<KnownSecret> meanwhile = entry.known.filter(known -> isYounger(known.at(), fresh));
        if (meanwhile.isPresent()) {
            return meanwhile.get().secret();
        }
        if (entry.failed.isPresent() && isYounger(entry.failed.get().at(), fresh)) {
            return last(entry, entry.failed.get().why());
        }
        try {
            Optional<String> secret = read.read();
            entry.known = Optional.of(new KnownSecret(secret, nanos.getAsLong()));
            entry.failed = Optional.empty();
            return secret;
        } catch (AdapterException why) {
            if (!isAway(why)) {
                // what was taken from this server is not used any more
                entry.known = Optional.empty();
            }
            entry.failed = Optional.of(new FailedRead(why, nanos.getAsLong()));
            return last(entry, why);
        }
    }

    private Optional<String> last(CachedSecret entry, AdapterException why) {
        return usable(entry).orElseThrow(() -> why).secret();
    }

    private Optional<KnownSecret> usable(CachedSecret entry) {
        return entry.known.filter(known -> isYounger(known.at(), kept));
    }

    private static boolean isAway(AdapterException why) {
        return why.kind() == AdapterException.Kind.UNAVAILABLE || why.kind() == AdapterException.Kind.TIMED_OUT;
    }

    private boolean isYounger(long at, Duration age) {
        return nanos.getAsLong() - at < age.toNanos();
    }
}
