// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the time of the next retry that a system requests: seconds or a date. Invalid values count as none. */
final class RetryAfterHeader {

    /** Upper limit: one header must not make a system unavailable for days. */
    private static final Duration MAX = Duration.ofDays(1);

    private final InstantSource clock;

    RetryAfterHeader(InstantSource clock) {
        this.clock = clock;
    }

    /** @param date the system's own clock: dates are relative to it */
    Optional<Duration> parse(Optional<String> retryAfter, Optional<String> date) {
        return retryAfter.map(String::strip).flatMap(text -> isNumber(text) ? seconds(text) : until(text, date));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Duration> seconds(String text) {
        int digitsOfMax = 6;
        return Optional.of(text.length() > digitsOfMax ? MAX : atMost(Duration.ofSeconds(Long.parseLong(text))));
    }

    private Optional<Duration> until(String text, Optional<String> date) {
        Instant now = date.flatMap(RetryAfterHeader::instant).orElseGet(clock::instant);
        return instant(text).map(then -> Duration.between(now, then)).map(RetryAfterHeader::atMost);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Duration atMost(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
