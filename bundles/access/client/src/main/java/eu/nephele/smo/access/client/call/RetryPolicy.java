// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a request is sent again: after 429 and 503, and after a lost connection where that is harmless.
 *
 * @param attempts at most, the first one included
 * @param firstPause before the second attempt, where the server names none; it doubles each time, less a random part
 * @param longestPause longer pauses end the attempts
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {

    /** Five attempts within about a minute. */
    public static final RetryPolicy STANDARD = new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(30));

    /** The caller decides. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final double LEAST_SHARE = 0.5;

    /** Whether nothing was changed by a request with that answer, and a later one may be taken. */
    public static boolean isWorthARetry(int status) {
        return status == TOO_MANY || status == UNAVAILABLE;
    }

    /**
     * Returns the pause after a failed attempt; empty when it was the last one.
     *
     * @param attempt from 1
     * @param told pause that the server asks for
     */
    public Optional<Duration> pauseAfter(int attempt, Optional<Duration> told) {
        if (attempt >= attempts) {
            return Optional.empty();
        }
        Duration pause = told.orElseGet(() -> ownPause(attempt));
        return pause.compareTo(longestPause) > 0 ? Optional.empty() : Optional.of(pause);
    }

    private Duration ownPause(int attempt) {
        double millis = firstPause.toMillis() * Math.pow(2, attempt - 1.0);
        double share = ThreadLocalRandom.current().nextDouble(LEAST_SHARE, 1);
        return Duration.ofMillis(Math.min((long) (millis * share), longestPause.toMillis()));
    }
}
