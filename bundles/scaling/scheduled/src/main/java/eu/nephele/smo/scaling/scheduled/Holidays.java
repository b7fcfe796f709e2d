// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Days on which business hours do not begin, by the calendar of the zone of the window.
 *
 * @param dates days of one year
 * @param yearly days of each year; 29 February comes in leap years
 */
record Holidays(Set<LocalDate> dates, Set<MonthDay> yearly) {

    static final Holidays NONE = new Holidays(Set.of(), Set.of());

    private static final int MONTH_AND_DAY = "12-25".length();

    Holidays {
        dates = Set.copyOf(dates);
        yearly = Set.copyOf(yearly);
    }

    /**
     * @param texts as {@code 2026-12-24}, or {@code 12-25} for each year
     * @throws IllegalArgumentException one of them is no such day
     */
    static Holidays parse(List<String> texts) {
        Set<LocalDate> dates = new HashSet<>();
        Set<MonthDay> yearly = new HashSet<>();
        for (String text : texts) {
            try {
                if (text.length() == MONTH_AND_DAY) {
                    yearly.add(MonthDay.parse("--" + text));
                } else {
                    dates.add(LocalDate.parse(text));
                }
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "expected a holiday as 2026-12-24, or as 12-25 for each year, got " + text, e);
            }
        }
        return new Holidays(dates, yearly);
    }

    boolean contains(LocalDate day) {
        return dates.contains(day) || yearly.contains(MonthDay.from(day));
    }
}
