// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.core.contract.access.ClientNetwork;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Growing delay after failed logins, for each pair of address and name, so that nobody can lock out somebody else, and
 * after many more for all names from an address but those that have logged in from there before: behind a proxy all have one address.
 * The oldest of 10,000 pairs is forgotten for a new one.
 */
final class LoginThrottle {

    private static final int FREE = 5;
    private static final int FREE_OF_ADDRESS = 100;
    private static final String EVERYBODY = "*";
    private static final int MOST = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** So long after the last failure those before are forgotten. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final LongSupplier nanos;
    // guarded by this
    private final Map<LoginAttempt, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoginAttempt, Failures> eldest) {
            return size() > MOST;
        }
    };

    /** Pairs that were right once; guarded by this. */
    private final Map<LoginAttempt, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoginAttempt, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /** Whoever has a network of its own has more addresses than anybody could hold up one by one. */
    private record LoginAttempt(String network, String name) {

        static LoginAttempt create(String address, String name) {
            return new LoginAttempt(ClientNetwork.from(address).key(), name);
        }
    }

    private record Failures(int count, long atNanos, long notBeforeNanos) {}

    LoginThrottle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long somebody has to wait before an attempt counts; empty: not at all. */
    synchronized Optional<Duration> delay(String address, String name) {
        LoginAttempt own = LoginAttempt.create(address, name(name));
        return (known.get(own) == null ? Stream.of(own, LoginAttempt.create(address, EVERYBODY)) : Stream.of(own))
                .flatMap(attempt -> Optional.ofNullable(failures.get(attempt)).stream())
                .map(failed -> Duration.ofNanos(failed.notBeforeNanos() - nanos.getAsLong()))
                .filter(left -> !left.isNegative() && !left.isZero())
                .max(Comparator.naturalOrder());
    }

    /** What is no name of a user takes the place of one. */
    private static String name(String given) {
        return Principals.fault(given).isEmpty() ? given : "?";
    }

    synchronized void failed(String address, String name) {
        count(LoginAttempt.create(address, name(name)), FREE);
        count(LoginAttempt.create(address, EVERYBODY), FREE_OF_ADDRESS);
    }

    private void count(LoginAttempt attempt, int free) {
        long now = nanos.getAsLong();
        int count = 1
                + Optional.ofNullable(failures.get(attempt))
                        .filter(before -> now - before.atNanos() < FORGOTTEN.toNanos())
                        .map(Failures::count)
                        .orElse(0);
        failures.put(
                attempt, new Failures(count, now, now + delayAfter(count, free).toNanos()));
    }

    /**
     * Those of the name are forgotten, those of the address are not: whoever has an account could otherwise guess the passwords of all
     * others between two logins of its own.
     */
    synchronized void succeeded(String address, String name) {
        LoginAttempt own = LoginAttempt.create(address, name(name));
        failures.remove(own);
        known.put(own, true);
    }

    private static Duration delayAfter(int failed, int free) {
        if (failed < free) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failed - free, Long.SIZE / 4);
        Duration delay = FIRST.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
