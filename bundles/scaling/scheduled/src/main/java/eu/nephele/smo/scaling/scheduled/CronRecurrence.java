// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.Optional;

/**
 * Spans of one length that begin at the times of a cron expression, as crontab(5) has them: where both days are restricted, one of them
 * is enough.
 *
 * <p>Written out, as parsing with a library takes milliseconds, for each decision.
 *
 * @param times minutes of the day
 * @param weekdays Monday is 1, Sunday 7
 * @param eitherDay whether one of the days is enough
 * @param minutes length of a span
 */
record CronRecurrence(BitSet times, BitSet days, BitSet months, BitSet weekdays, boolean eitherDay, int minutes)
        implements Recurrence {

    private static final int FIELDS = 5;
    private static final int MINUTES_PER_DAY = 24 * 60;
    /** A leap year may be missing, as 2100: 29 February comes again after eight years. */
    private static final int MOST_YEARS = 8;
    /** A leap year, so that each day that exists follows it soon. */
    private static final LocalDateTime SOME_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    /**
     * @param expression minute, hour, day of the month, month, day of the week
     * @param minutes length of a span
     * @throws IllegalArgumentException it is no such expression, or there is no such time
     */
    static CronRecurrence parse(String expression, int minutes) {
        String[] fields = expression.trim().split("\\s+", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "expected minute, hour, day of the month, month and day of the week, got %d fields"
                            .formatted(fields.length));
        }
        BitSet weekdays = CronField.WEEKDAY.parse(fields[4]);
        weekdays.set(7, weekdays.get(0) || weekdays.get(7));
        CronRecurrence parsed = new CronRecurrence(
                timesOfDay(CronField.HOUR.parse(fields[1]), CronField.MINUTE.parse(fields[0])),
                CronField.DAY.parse(fields[2]),
                CronField.MONTH.parse(fields[3]),
                weekdays,
                isRestricted(fields[2]) && isRestricted(fields[4]),
                minutes);
        if (parsed.firstAfter(SOME_TIME).isEmpty()) {
            throw new IllegalArgumentException("there is no such day");
        }
        return parsed;
    }

    private static boolean isRestricted(String field) {
        return !field.equals("*") && !field.equals("*/1");
    }

    private static BitSet timesOfDay(BitSet hours, BitSet minutes) {
        BitSet times = new BitSet(MINUTES_PER_DAY);
        hours.stream().forEach(hour -> minutes.stream().forEach(minute -> times.set(hour * 60 + minute)));
        return times;
    }

    @Override
    public Optional<LocalSpan> lastUntil(LocalDateTime at) {
        LocalDate day = at.toLocalDate();
        int time = times.previousSetBit(at.getHour() * 60 + at.getMinute());
        LocalDate first = day.minusYears(MOST_YEARS);
        while (!day.isBefore(first)) {
            if (!months.get(day.getMonthValue())) {
                day = day.withDayOfMonth(1).minusDays(1);
            } else if (time >= 0 && contains(day)) {
                return Optional.of(span(day, time));
            } else {
                day = day.minusDays(1);
            }
            time = times.length() - 1;
        }
        return Optional.empty();
    }

    @Override
    public Optional<LocalSpan> firstAfter(LocalDateTime at) {
        LocalDate day = at.toLocalDate();
        int time = times.nextSetBit(at.getHour() * 60 + at.getMinute() + 1);
        LocalDate last = day.plusYears(MOST_YEARS);
        while (!day.isAfter(last)) {
            if (!months.get(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (time >= 0 && contains(day)) {
                return Optional.of(span(day, time));
            } else {
                day = day.plusDays(1);
            }
            time = times.nextSetBit(0);
        }
        return Optional.empty();
    }

    private boolean contains(LocalDate day) {
        boolean ofMonth = days.get(day.getDayOfMonth());
        boolean ofWeek = weekdays.get(day.getDayOfWeek().getValue());
        return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private LocalSpan span(LocalDate day, int time) {
        LocalDateTime begin = day.atTime(time / 60, time % 60);
        return new LocalSpan(begin, begin.plusMinutes(minutes));
    }
}
