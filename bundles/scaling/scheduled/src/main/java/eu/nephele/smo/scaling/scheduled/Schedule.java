// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.scaling.scheduled.ZonedRecurrence.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The windows of a schedule. */
final class Schedule {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm VV", Locale.ENGLISH);

    private final List<NamedWindow> windows;
    private final Duration warmUp;
    private final OutsideRule outside;

    private record NamedWindow(String name, Window window, ZonedRecurrence times) {

        String shown(Instant at) {
            return CLOCK.format(at.atZone(times.zone()));
        }

        Optional<OpenWindow> open(Instant now) {
            return times.lastUntil(now)
                    .filter(span -> now.isBefore(span.end()))
                    .map(span -> new OpenWindow(
                            window.minReplicas(),
                            window.maxReplicas(),
                            span.end(),
                            "%s until %s".formatted(name, shown(span.end()))));
        }

        Optional<OpenWindow> warming(Instant now, Duration warmUp) {
            return times.firstAfter(now)
                    .filter(span -> !span.begin().minus(warmUp).isAfter(now))
                    .filter(span -> window.minReplicas().isPresent())
                    .map(span -> new OpenWindow(
                            window.minReplicas(),
                            Optional.empty(),
                            span.begin(),
                            "%s, which begins %s".formatted(name, shown(span.begin()))));
        }
    }

    private record NextOpening(NamedWindow window, TimeSpan span) {}

    Schedule(ScheduledParameters parameters) {
        this.warmUp = parameters.warmUp();
        this.outside = parameters.outside();
        Holidays holidays = Holidays.parse(parameters.holidays());
        this.windows = new ArrayList<>();
        ZoneId usual = Window.zone(parameters.zone());
        for (Window window : parameters.windows()) {
            String name = window.name().orElse("window " + (windows.size() + 1));
            ZoneId zone = window.zone().map(Window::zone).orElse(usual);
            windows.add(new NamedWindow(name, window, new ZonedRecurrence(window.recurrence(holidays), zone)));
        }
    }

    /** What applies at a moment. */
    BoundsInForce at(Instant now) {
        List<OpenWindow> open =
                windows.stream().flatMap(window -> window.open(now).stream()).toList();
        List<OpenWindow> counting = new ArrayList<>(open);
        windows.forEach(window -> window.warming(now, warmUp).ifPresent(counting::add));
        return open.isEmpty()
                ? BoundsInForce.of(counting, outside, ahead(now))
                : BoundsInForce.of(
                        counting, OutsideRule.BASE, "in " + longest(open).text());
    }

    private static OpenWindow longest(List<OpenWindow> open) {
        return open.stream().max(Comparator.comparing(OpenWindow::until)).orElseThrow();
    }

    private String ahead(Instant now) {
        return windows.stream()
                .flatMap(window -> window.times().firstAfter(now).map(span -> new NextOpening(window, span)).stream())
                .min(Comparator.comparing(next -> next.span().begin()))
                .map(next -> "outside of all windows; %s begins %s"
                        .formatted(
                                next.window().name(),
                                next.window().shown(next.span().begin())))
                .orElse("outside of all windows, and none is to come");
    }
}
