// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.model.Parameter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A time with bounds of its own: at the times of a cron expression, in business hours, or between two dates.
 *
 * @param name for people
 * @param cron when it begins
 * @param durationMinutes how long it is by the clock, with {@code cron}
 * @param from begin of a window that comes once; a date is its first moment
 * @param until end of it; a date is included
 * @param zone instead of that of the schedule
 */
public record Window(
        @Parameter(description = "name, for people; at most 40 characters")
        Optional<String> name,

        @Parameter(description = "begins: minute, hour, day of the month, month, day of the week")
        Optional<String> cron,

        @Parameter(description = "length of a window with cron, in minutes by the clock", min = 1, max = 44640)
        Optional<Integer> durationMinutes,

        @Parameter(description = "hours of days of the week")
        Optional<BusinessHours> businessHours,

        @Parameter(description = "begin of a window that comes once, as 2026-12-24 or 2026-12-24T18:00")
        Optional<String> from,

        @Parameter(description = "its end, as 2026-12-26, which is included, or 2026-12-26T06:00")
        Optional<String> until,

        @Parameter(description = "IANA time zone, instead of that of the schedule")
        Optional<String> zone,

        @Parameter(description = "at least so many replicas", min = 0)
        Optional<Integer> minReplicas,

        @Parameter(description = "at most so many replicas", min = 0)
        Optional<Integer> maxReplicas) {

    private static final int NAME_CHARACTERS = 40;

    public Window {
        if (name.map(String::length).orElse(0) > NAME_CHARACTERS) {
            throw new IllegalArgumentException("name is longer than %d characters".formatted(NAME_CHARACTERS));
        }
        if (minReplicas.orElse(0) > maxReplicas.orElse(Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "minReplicas=%d is above maxReplicas=%d".formatted(minReplicas.get(), maxReplicas.get()));
        }
        zone.ifPresent(Window::zone);
        recurrence(Holidays.NONE, cron, durationMinutes, businessHours, from, until);
    }

    /** Returns whether it changes the bounds of a service. */
    boolean hasBounds() {
        return minReplicas.isPresent() || maxReplicas.isPresent();
    }

    /** @throws IllegalArgumentException when there is no such zone */
    static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone=%s is no time zone, as Europe/Berlin".formatted(id), e);
        }
    }

    /** @param holidays on which business hours do not begin */
    Recurrence recurrence(Holidays holidays) {
        return recurrence(holidays, cron, durationMinutes, businessHours, from, until);
    }

    private static Recurrence recurrence(
            Holidays holidays,
            Optional<String> cron,
            Optional<Integer> minutes,
            Optional<BusinessHours> hours,
            Optional<String> from,
            Optional<String> until) {
        long kinds = Stream.of(cron, hours, from.or(() -> until))
                .filter(Optional::isPresent)
                .count();
        if (kinds != 1) {
            throw new IllegalArgumentException("give one of cron, businessHours, and from with until");
        }
        if (cron.isPresent() != minutes.isPresent()) {
            throw new IllegalArgumentException("cron and durationMinutes go together");
        }
        return cron.map(expression -> cron(expression, minutes.orElseThrow()))
                .or(() -> hours.map(of -> of.recurrence(holidays)))
                .orElseGet(() -> once(from, until));
    }

    private static Recurrence cron(String expression, int minutes) {
        try {
            return CronRecurrence.parse(expression, minutes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cron=\"%s\": %s".formatted(expression, e.getMessage()), e);
        }
    }

    private static Recurrence once(Optional<String> from, Optional<String> until) {
        if (from.isEmpty() || until.isEmpty()) {
            throw new IllegalArgumentException("from and until go together");
        }
        LocalDateTime begin = time(from.get(), 0);
        LocalDateTime end = time(until.get(), 1);
        if (!begin.isBefore(end)) {
            throw new IllegalArgumentException(
                    "from=%s is not before until=%s: it would never begin".formatted(from.get(), until.get()));
        }
        return new LocalSpan(begin, end).once();
    }

    private static LocalDateTime time(String text, int daysLater) {
        try {
            return text.contains("T")
                    ? LocalDateTime.parse(text)
                    : LocalDate.parse(text).plusDays(daysLater).atStartOfDay();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected a date as 2026-12-24 or a time as 2026-12-24T18:00, got " + text, e);
        }
    }
}
