// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.runtime.SmoException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords of users. An unknown user costs as much as a known one and is answered the same. What was right is
 * remembered for a minute, as HMAC under a key of this process, so that clients that send a password with each request
 * do not pay for it each time.
 */
final class PasswordCheck {

    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 1_000;
    private static final int LONGEST_PASSWORD = 1_000;

    private final PasswordHasher hasher;
    private final LoginThrottle throttle;
    private final LongSupplier nanos;
    private final Consumer<String> outcomes;
    private final Semaphore seats = new Semaphore(AT_ONCE, true);
    private final SecretKeySpec key;
    private final String decoy;
    // guarded by itself
    private final Map<String, Long> right = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    PasswordCheck(PasswordHasher hasher, LongSupplier nanos) {
        this(hasher, nanos, outcome -> {});
    }

    /** @param outcomes is told the outcome of each check but those of a remembered password: a label of the metric */
    PasswordCheck(PasswordHasher hasher, LongSupplier nanos, Consumer<String> outcomes) {
        this.outcomes = outcomes;
        this.hasher = hasher;
        this.throttle = new LoginThrottle(nanos);
        this.nanos = nanos;
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.decoy = hasher.hash(HexFormat.of().formatHex(bytes));
    }

    /**
     * @param user empty when nobody has that name
     * @param name as given
     * @throws SmoException {@code THROTTLED} when it failed too often from this address, {@code UNAVAILABLE} when too many
     *     others are being checked
     */
    boolean fits(Optional<User> user, String name, String password, String address) {
        PasswordAttempt attempt = new PasswordAttempt(
                name, address, password, user.filter(User::enabled).flatMap(User::passwordHash));
        refuseThrottled(attempt);
        return isRight(attempt) || seated(() -> check(attempt));
    }

    /** @param hash of the user's password; empty when nobody can log in by that name */
    private record PasswordAttempt(String name, String address, String password, Optional<String> hash) {

        @Override
        public String toString() {
            return "attempt of " + name;
        }
    }

    private void refuseThrottled(PasswordAttempt attempt) {
        throttle.delay(attempt.address(), attempt.name())
                .map(PasswordCheck::throttled)
                .ifPresent(refused -> {
                    outcomes.accept("throttled");
                    throw refused;
                });
    }

    /** Returns whether it was right a moment ago. */
    private boolean isRight(PasswordAttempt attempt) {
        boolean right = attempt.hash()
                .filter(stored -> isRemembered(stored, attempt.password()))
                .isPresent();
        if (right) {
            throttle.succeeded(attempt.address(), attempt.name());
        }
        return right;
    }

    /** Looks again first: those before it may have failed meanwhile, or have been right. So nobody guesses many at once. */
    private boolean check(PasswordAttempt attempt) {
        refuseThrottled(attempt);
        if (isRight(attempt)) {
            return true;
        }
        boolean fits = hasher.fits(cut(attempt.password()), attempt.hash().orElse(decoy))
                && attempt.hash().isPresent();
        outcomes.accept(fits ? "accepted" : "wrong");
        if (fits) {
            throttle.succeeded(attempt.address(), attempt.name());
            attempt.hash().ifPresent(stored -> remember(stored, attempt.password()));
        } else {
            throttle.failed(attempt.address(), attempt.name());
        }
        return fits;
    }

    /** A password that is too long costs as much as any other one, and fits nothing. */
    private static String cut(String password) {
        return password.length() <= LONGEST_PASSWORD ? password : password.substring(0, LONGEST_PASSWORD);
    }

    private boolean seated(BooleanSupplier check) {
        if (seats.getQueueLength() >= MOST_WAITING) {
            throw counted(busy());
        }
        try {
            if (!seats.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw counted(busy());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return check.getAsBoolean();
        } finally {
            seats.release();
        }
    }

    private SmoException counted(SmoException busy) {
        outcomes.accept("busy");
        return busy;
    }

    private static SmoException throttled(Duration wait) {
        Duration whole = wait.plusSeconds(1);
        return SmoException.of(
                SmoException.Kind.THROTTLED,
                "smo",
                "Too many failed attempts; the next one counts in %d s".formatted(whole.toSeconds()),
                Optional.of(whole));
    }

    private static SmoException busy() {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "Too many passwords are being checked at the moment; try again. API keys and sessions do not wait",
                Optional.of(PATIENCE));
    }

    private boolean isRemembered(String hash, String password) {
        synchronized (right) {
            Long until = right.get(mac(hash, password));
            return until != null && until - nanos.getAsLong() > 0;
        }
    }

    private void remember(String hash, String password) {
        synchronized (right) {
            right.put(mac(hash, password), nanos.getAsLong() + REMEMBERED.toNanos());
        }
    }

    /** The stored hash is part of it: what was right for an earlier password is not found. */
    private String mac(String hash, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
            throw new IllegalStateException("HmacSHA256 is missing", everyJavaHasIt);
        }
    }
}
