// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The spans of a recurrence by the clocks of a zone. A time that clocks leave out, when they are set forward, is the moment of that
 * change; one that they show twice, when they are set back, is the first of both. So each span comes once, and is as long as clocks show:
 * 22:00 to 06:00 takes 7 hours in one night of the year and 9 in another. A span that clocks leave out as a whole keeps its length.
 */
record ZonedRecurrence(Recurrence recurrence, ZoneId zone) {

    /** @param end no longer part of it */
    record TimeSpan(Instant begin, Instant end) {}

    /** The last span that has begun at a moment; it may be over. */
    Optional<TimeSpan> lastUntil(Instant at) {
        Optional<LocalSpan> wanted = recurrence.lastUntil(lastShown(at));
        while (wanted.isPresent() && moment(wanted.get().begin()).isAfter(at)) {
            wanted = recurrence.lastUntil(wanted.get().begin().minusNanos(1));
        }
        return wanted.map(this::span);
    }

    /** The first span that begins after a moment. */
    Optional<TimeSpan> firstAfter(Instant at) {
        Optional<LocalSpan> wanted = recurrence.firstAfter(at.atZone(zone).toLocalDateTime());
        while (wanted.isPresent() && !moment(wanted.get().begin()).isAfter(at)) {
            // the clocks show this hour for the second time
            wanted = recurrence.firstAfter(wanted.get().begin());
        }
        return wanted.map(this::span);
    }

    /** The latest time that clocks have shown up to a moment, later than the present one after they are set back. */
    private LocalDateTime lastShown(Instant at) {
        LocalDateTime shown = at.atZone(zone).toLocalDateTime();
        ZoneOffsetTransition change = zone.getRules().getTransition(shown);
        return change == null || at.isBefore(change.getInstant()) ? shown : change.getDateTimeBefore();
    }

    private TimeSpan span(LocalSpan local) {
        Instant begin = moment(local.begin());
        Instant end = moment(local.end());
        return new TimeSpan(begin, end.isAfter(begin) ? end : begin.plus(Duration.between(local.begin(), local.end())));
    }

    private Instant moment(LocalDateTime wanted) {
        ZoneOffsetTransition change = zone.getRules().getTransition(wanted);
        return change != null && change.isGap()
                ? change.getInstant()
                : wanted.atZone(zone).toInstant();
    }
}
