// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.pools.containers.hours.ClockTime;
import eu.nephele.smo.pools.containers.hours.Holiday;
import eu.nephele.smo.pools.containers.hours.OpeningHours;
import eu.nephele.smo.pools.containers.hours.OpeningWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Business hours; what a window does not say is as the autoscaler has it. */
final class HoursMapper {

    private final JsonNode usual;

    /** @param usual those of the autoscaler */
    HoursMapper(JsonNode usual) {
        this.usual = usual;
    }

    /** Those of the autoscaler. */
    OpeningWindow usual() {
        return window(usual);
    }

    /** One window or a list of them. */
    OpeningHours hours(JsonNode written) {
        if (!written.isArray()) {
            return new OpeningHours(List.of(window(written)));
        }
        List<OpeningWindow> windows = new ArrayList<>();
        written.forEach(one -> windows.add(window(one)));
        return new OpeningHours(windows);
    }

    private OpeningWindow window(JsonNode window) {
        List<Holiday> holidays = new ArrayList<>();
        member(window, "holidays").forEach(day -> holidays.add(Holiday.parse(day.textValue())));
        int end = ClockTime.minutes(member(window, "end").asText("17:00")).orElseThrow();
        return new OpeningWindow(
                ClockTime.minutes(member(window, "start").asText("09:00")).orElseThrow(),
                // the midnight at which a day ends, however it is written
                end == 0 ? OpeningWindow.MINUTES_PER_DAY : end,
                ZoneId.of(member(window, "timezone").asText("UTC")),
                days(member(window, "days")),
                holidays,
                Duration.ofMinutes(member(window, "warm_up_minutes").asInt(0)));
    }

    private JsonNode member(JsonNode window, String key) {
        return window.has(key) ? window.path(key) : usual.path(key);
    }

    private static Set<DayOfWeek> days(JsonNode written) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            String word = day.name().substring(0, 3).toLowerCase(Locale.ROOT);
            for (JsonNode one : written) {
                if (one.asText().equals(word)) {
                    days.add(day);
                }
            }
        }
        return written.isMissingNode() ? EnumSet.allOf(DayOfWeek.class) : days;
    }
}
