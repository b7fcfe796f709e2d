// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.mapping;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 2m}, {@code 1h30m}, {@code 500ms}; a day has 24 hours, a year 365 days. */
public final class PromDuration {

    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final Map<Integer, Duration> UNITS = Map.of(
            1, Duration.ofDays(365),
            2, Duration.ofDays(7),
            3, Duration.ofDays(1),
            4, Duration.ofHours(1),
            5, Duration.ofMinutes(1),
            6, Duration.ofSeconds(1),
            7, Duration.ofMillis(1));
    /** Prometheus counts in 64-bit nanoseconds. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private PromDuration() {}

    /** @return empty when the text is no duration, or one that Prometheus cannot hold */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (int group = 1; group <= UNITS.size(); group++) {
            String count = matcher.group(group);
            if (count != null) {
                sum = sum.plus(UNITS.getOrDefault(group, Duration.ZERO).multipliedBy(Long.parseLong(count)));
            }
        }
        return Optional.of(sum).filter(duration -> duration.compareTo(LONGEST) <= 0);
    }
}
