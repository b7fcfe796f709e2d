// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.model.Parameter;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Hours of some days of every week.
 *
 * @param days those on which it begins
 * @param from as {@code 08:00}
 * @param to no longer part of it; on the next day when it is before {@code from}
 */
public record BusinessHours(
        @Parameter(
                description = "days on which it begins",
                defaultValue = "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]")
        List<Day> days,

        @Parameter(description = "begin by the clock, as 08:00")
        String from,

        @Parameter(description = "end by the clock, as 18:00 or 24:00; on the next day when it is before from")
        String to) {

    private static final int MINUTES_PER_DAY = 24 * 60;
    /** More than a year, so that holidays of each year cannot hide a day that is none. */
    private static final int MOST_DAYS = 400;

    /** In the order of {@link DayOfWeek}. */
    public enum Day {
        MON(DayOfWeek.MONDAY),
        TUE(DayOfWeek.TUESDAY),
        WED(DayOfWeek.WEDNESDAY),
        THU(DayOfWeek.THURSDAY),
        FRI(DayOfWeek.FRIDAY),
        SAT(DayOfWeek.SATURDAY),
        SUN(DayOfWeek.SUNDAY);

        private final DayOfWeek dayOfWeek;

        Day(DayOfWeek dayOfWeek) {
            this.dayOfWeek = dayOfWeek;
        }
    }

    public BusinessHours {
        days = List.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("days is empty: it would never begin");
        }
        if (minuteOf(from) == MINUTES_PER_DAY) {
            throw new IllegalArgumentException("from=24:00 is 00:00 of the next day: give that");
        }
        if (minuteOf(from) == minuteOf(to)) {
            throw new IllegalArgumentException(
                    "from and to are both %s; a whole day is 00:00 to 24:00".formatted(from));
        }
    }

    private static int minuteOf(String clock) {
        if (clock.equals("24:00")) {
            return MINUTES_PER_DAY;
        }
        try {
            LocalTime time = LocalTime.parse(clock);
            return time.getHour() * 60 + time.getMinute();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected a time as 08:00, got " + clock, e);
        }
    }

    /** @param holidays on which it does not begin */
    Recurrence recurrence(Holidays holidays) {
        List<DayOfWeek> begins = days.stream().map(day -> day.dayOfWeek).toList();
        int begin = minuteOf(from);
        int minutes = Math.floorMod(minuteOf(to) - begin - 1, MINUTES_PER_DAY) + 1;
        return new Weekly(begins, holidays, LocalTime.of(begin / 60, begin % 60), minutes);
    }

    private record Weekly(List<DayOfWeek> days, Holidays holidays, LocalTime from, int minutes) implements Recurrence {

        @Override
        public Optional<LocalSpan> lastUntil(LocalDateTime at) {
            return first(at, -1, begin -> !begin.isAfter(at));
        }

        @Override
        public Optional<LocalSpan> firstAfter(LocalDateTime at) {
            return first(at, 1, begin -> begin.isAfter(at));
        }

        private Optional<LocalSpan> first(LocalDateTime at, int direction, Predicate<LocalDateTime> wanted) {
            return IntStream.rangeClosed(0, MOST_DAYS)
                    .mapToObj(distance -> at.toLocalDate().plusDays((long) direction * distance))
                    .filter(day -> days.contains(day.getDayOfWeek()) && !holidays.contains(day))
                    .map(day -> day.atTime(from))
                    .filter(wanted)
                    .findFirst()
                    .map(begin -> new LocalSpan(begin, begin.plusMinutes(minutes)));
        }
    }
}
