// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.hours;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.OptionalInt;

/**
 * A day on which no window begins.
 *
 * @param year empty for every year
 */
public record Holiday(OptionalInt year, MonthDay day) {

    private static final int YEARLY = 5;

    /**
     * Reads {@code 2026-12-25} or {@code 12-25}.
     *
     * @throws DateTimeException there is no such day
     */
    public static Holiday parse(String text) {
        if (text.length() == YEARLY) {
            return new Holiday(OptionalInt.empty(), MonthDay.parse("--" + text));
        }
        LocalDate date = LocalDate.parse(text);
        return new Holiday(OptionalInt.of(date.getYear()), MonthDay.from(date));
    }

    boolean isOn(LocalDate date) {
        return day.equals(MonthDay.from(date)) && year.orElse(date.getYear()) == date.getYear();
    }

    @Override
    public String toString() {
        String monthAndDay = day.toString().substring(2);
        return year.isPresent() ? "%04d-%s".formatted(year.getAsInt(), monthAndDay) : monthAndDay;
    }
}
