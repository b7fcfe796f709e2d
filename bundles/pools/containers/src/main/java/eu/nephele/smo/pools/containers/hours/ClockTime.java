// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.hours;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as clocks show it, in minutes after midnight. */
public final class ClockTime {

    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-4]):([0-5][0-9])");
    private static final int MINUTES = 60;

    private ClockTime() {}

    /** The minutes of a time like {@code 09:00}, 1440 for {@code 24:00}; empty when it is none. */
    public static OptionalInt minutes(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return OptionalInt.empty();
        }
        int minutes = Integer.parseInt(time.group(1)) * MINUTES + Integer.parseInt(time.group(2));
        return minutes <= OpeningWindow.MINUTES_PER_DAY ? OptionalInt.of(minutes) : OptionalInt.empty();
    }

    /** The time of so many minutes, like {@code 09:00}. */
    public static String text(int minutes) {
        return "%02d:%02d".formatted(minutes / MINUTES, minutes % MINUTES);
    }
}
