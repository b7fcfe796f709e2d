// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.scaling.ScalingWrapper.Base;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Windows with bounds.
 *
 * @param base the strategy that decides within the bounds
 * @param outside what happens outside of all windows
 * @param holidays days on which business hours do not begin
 * @param warmUp how long before a window begins its minimum applies
 */
public record ScheduledParameters(
        @Parameter(description = "strategy that decides within the bounds; the configured one when missing")
        Optional<Base> base,

        @Parameter(description = "IANA time zone of the windows, as Europe/Berlin", defaultValue = "\"UTC\"")
        String zone,

        @Parameter(description = "windows with bounds; at most 100")
        List<Window> windows,

        @Parameter(
                description = "how long before a window begins its minimum applies, at most a day",
                defaultValue = "\"PT0S\"")
        Duration warmUp,

        @Parameter(
                description = "outside of all windows: the base decides, the replicas stay, or go to the minimum",
                defaultValue = "\"base\"")
        OutsideRule outside,

        @Parameter(
                description =
                        "days on which businessHours do not begin, as 2026-12-24, or 12-25 for each year; at most 366",
                defaultValue = "[]")
        List<String> holidays) {

    private static final int MOST_WINDOWS = 100;
    private static final int MOST_HOLIDAYS = 366;
    private static final Duration LONGEST_WARM_UP = Duration.ofDays(1);

    public ScheduledParameters {
        windows = List.copyOf(windows);
        if (windows.isEmpty() || windows.size() > MOST_WINDOWS) {
            throw new IllegalArgumentException(
                    "expected 1 to %d windows, got %d".formatted(MOST_WINDOWS, windows.size()));
        }
        if (warmUp.isNegative() || warmUp.compareTo(LONGEST_WARM_UP) > 0) {
            throw new IllegalArgumentException("warmUp=%s, expected PT0S to %s".formatted(warmUp, LONGEST_WARM_UP));
        }
        Window.zone(zone);
        holidays = List.copyOf(holidays);
        if (holidays.size() > MOST_HOLIDAYS) {
            throw new IllegalArgumentException(
                    "expected up to %d holidays, got %d".formatted(MOST_HOLIDAYS, holidays.size()));
        }
        Holidays.parse(holidays);
        if (outside == OutsideRule.BASE && !windows.stream().allMatch(Window::hasBounds)) {
            throw new IllegalArgumentException(
                    "a window with neither minReplicas nor maxReplicas would change nothing while the base decides outside, too");
        }
    }
}
