// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.core.events.webhooks.DeliveryOutcome.DeliveryResult;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

final class ResponseClassifier {

    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Clock clock;

    ResponseClassifier(Clock clock) {
        this.clock = clock;
    }

    DeliveryOutcome read(int status, Optional<String> retryAfter) {
        if (status >= 200 && status < 300) {
            return DeliveryOutcome.delivered(status);
        }
        return switch (status) {
            case GONE ->
                new DeliveryOutcome(
                        DeliveryResult.GONE,
                        status,
                        "The receiver answered 410 Gone: the webhook is paused",
                        Optional.empty());
            case TOO_MANY, UNAVAILABLE ->
                new DeliveryOutcome(
                        DeliveryResult.FAILED, status, answered(status), retryAfter.flatMap(this::duration));
            default ->
                DeliveryOutcome.failed(
                        status, status < 400 ? answered(status) + "; redirects are not followed" : answered(status));
        };
    }

    private static String answered(int status) {
        return "The receiver answered " + status;
    }

    /** Seconds, or a date as in RFC 9110; anything else is as if it were not there. */
    private Optional<Duration> duration(String header) {
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), at);
            return left.isNegative() ? Optional.empty() : Optional.of(left);
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
