// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.hours;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Hours of some days of every week, by the clocks of a zone. A time that clocks leave out, when they are set forward, is the moment of that
 * change; one that they show twice, when they are set back, is the first of both. So it opens once a day, and is as long as clocks show.
 * One that clocks leave out as a whole keeps its length. These are the rules of the schedules of the product, too.
 *
 * @param start minutes after midnight, 0 to 1439
 * @param end minutes after midnight, 1 to 1440, no longer part of it; on the next day when it is not after {@code start}
 * @param days on which it begins, one at least
 * @param holidays on which it does not begin
 * @param warmUp how long before it begins something has to be there, at most a day
 */
public record OpeningWindow(
        int start, int end, ZoneId zone, Set<DayOfWeek> days, List<Holiday> holidays, Duration warmUp) {

    /** Of a day as clocks show it. */
    public static final int MINUTES_PER_DAY = 24 * 60;

    /** Days after which a window that did not open does not count as one that opens. */
    private static final int HORIZON_DAYS = 800;

    public OpeningWindow {
        days = Set.copyOf(days);
        holidays = List.copyOf(holidays);
        if (start < 0 || start >= MINUTES_PER_DAY || end < 1 || end > MINUTES_PER_DAY || start == end) {
            throw new IllegalArgumentException(
                    "start=%d end=%d, expected two different minutes of a day".formatted(start, end));
        }
        if (days.isEmpty()) {
            throw new IllegalArgumentException("days is empty: it would never open");
        }
        if (warmUp.isNegative() || warmUp.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("warmUp=%s, expected PT0S to P1D".formatted(warmUp));
        }
    }

    /** A time during which it is open, {@code end} no longer part of it. */
    record OpenSpan(Instant begin, Instant end) {
        boolean contains(Instant at) {
            return !at.isBefore(begin) && at.isBefore(end);
        }
    }

    /** Minutes for which it is open on a day without a change of clocks. */
    public int minutes() {
        return Math.floorMod(end - start - 1, MINUTES_PER_DAY) + 1;
    }

    /** The latest end of what is open at a moment; empty when it is closed. */
    Optional<Instant> openUntil(Instant at) {
        return around(at).filter(span -> span.contains(at)).map(OpenSpan::end).max(Instant::compareTo);
    }

    boolean isWarmingUp(Instant at) {
        return around(at)
                .anyMatch(span -> at.isBefore(span.begin())
                        && !at.isBefore(span.begin().minus(warmUp)));
    }

    /** When it opens next, after a moment; empty when it does not within two years. */
    Optional<Instant> opensAfter(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        return IntStream.range(-1, HORIZON_DAYS)
                .mapToObj(today::plusDays)
                .filter(this::beginsOn)
                .map(date -> moment(date, start))
                .filter(begin -> begin.isAfter(at))
                .findFirst();
    }

    private Stream<OpenSpan> around(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        return LongStream.rangeClosed(-2, 2)
                .mapToObj(today::plusDays)
                .filter(this::beginsOn)
                .map(this::span);
    }

    private boolean beginsOn(LocalDate date) {
        return days.contains(date.getDayOfWeek())
                && holidays.stream().noneMatch(holiday -> holiday.isOn(date));
    }

    private OpenSpan span(LocalDate date) {
        Instant begin = moment(date, start);
        Instant finish = moment(date, start + minutes());
        return new OpenSpan(begin, finish.isAfter(begin) ? finish : begin.plus(Duration.ofMinutes(minutes())));
    }

    private Instant moment(LocalDate date, int minute) {
        LocalDateTime shown = date.atStartOfDay().plusMinutes(minute);
        ZoneOffsetTransition change = zone.getRules().getTransition(shown);
        return change != null && change.isGap()
                ? change.getInstant()
                : shown.atZone(zone).toInstant();
    }
}
