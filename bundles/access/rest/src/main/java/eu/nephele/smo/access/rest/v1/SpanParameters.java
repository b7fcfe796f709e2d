// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The query parameters of times. A time that is not given is now, to five seconds: who asks again soon asks the same. */
record SpanParameters(Clock clock) {

    private static final long GRID_SECONDS = 5;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** @param usual length of the span whose beginning is not given */
    HistorySpan read(@Nullable String from, @Nullable String to, Duration usual) {
        Instant until = to == null ? now() : instant("to", to);
        Instant since = from == null ? earlier(until, usual) : instant("from", from);
        if (until.isBefore(since)) {
            throw PageRequest.invalid("from is %s, expected a time before to (%s)".formatted(since, until));
        }
        return new HistorySpan(since, until);
    }

    private static Instant earlier(Instant until, Duration by) {
        Instant since = until.minus(by);
        return since.isBefore(EARLIEST) ? EARLIEST : since;
    }

    private Instant now() {
        long seconds = clock.instant().getEpochSecond();
        return Instant.ofEpochSecond((seconds / GRID_SECONDS + 1) * GRID_SECONDS);
    }

    static Instant instant(String name, String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeParseException notAnInstant) {
            // answered below
        }
        throw PageRequest.invalid("%s is '%s', expected a time such as 2026-11-20T10:00:00Z".formatted(name, text));
    }

    static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // answered below
        }
        throw PageRequest.invalid(
                "%s is '%s', expected a whole number from %d to %d".formatted(name, text, least, most));
    }
}
