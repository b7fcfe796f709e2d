// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import static eu.nephele.smo.pools.containers.hours.OpeningWindow.MINUTES_PER_DAY;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.pools.containers.hours.ClockTime;
import eu.nephele.smo.pools.containers.hours.OpeningWindow;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Hours of the week as the strategy {@code scheduled} writes them. It knows no holidays. */
final class WeekPlan {

    private static final int MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

    private WeekPlan() {}

    /** The hours of a window. */
    static JsonBuilder hours(OpeningWindow window) {
        return hours(window.days(), window.start(), window.end());
    }

    /**
     * The hours in which none of the windows is open, none longer than its day.
     *
     * @param open of one zone
     */
    static List<JsonBuilder> closed(List<OpeningWindow> open) {
        BitSet closed = new BitSet(MINUTES_PER_WEEK);
        closed.set(0, MINUTES_PER_WEEK);
        for (OpeningWindow window : open) {
            for (DayOfWeek day : window.days()) {
                int begin = day.ordinal() * MINUTES_PER_DAY + window.start();
                int end = begin + window.minutes();
                closed.clear(begin, Math.min(end, MINUTES_PER_WEEK));
                closed.clear(0, Math.max(0, end - MINUTES_PER_WEEK));
            }
        }
        // days by their hours, those of equal hours together
        Map<Integer, Set<DayOfWeek>> days = new TreeMap<>();
        for (int begin = closed.nextSetBit(0); begin >= 0; begin = closed.nextSetBit(begin)) {
            int day = begin / MINUTES_PER_DAY;
            int midnight = (day + 1) * MINUTES_PER_DAY;
            int end = Math.min(closed.nextClearBit(begin), midnight);
            int from = begin - day * MINUTES_PER_DAY;
            int to = end - day * MINUTES_PER_DAY;
            days.computeIfAbsent(from * (MINUTES_PER_DAY + 1) + to, any -> EnumSet.noneOf(DayOfWeek.class))
                    .add(DayOfWeek.of(day + 1));
            begin = end;
        }
        List<JsonBuilder> hours = new ArrayList<>();
        days.forEach((both, on) ->
                hours.add(hours(on, both / (MINUTES_PER_DAY + 1), both % (MINUTES_PER_DAY + 1))));
        return hours;
    }

    private static JsonBuilder hours(Collection<DayOfWeek> days, int from, int to) {
        return new JsonBuilder()
                .with("days", JsonArray.ofStrings(new TreeSet<>(days).stream()
                        .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                        .toList()))
                .with("from", ClockTime.text(from))
                .with("to", ClockTime.text(to));
    }
}
