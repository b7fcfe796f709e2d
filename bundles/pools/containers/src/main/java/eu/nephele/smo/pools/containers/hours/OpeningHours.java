// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.hours;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Windows that add up.
 *
 * @param windows none: always open
 */
public record OpeningHours(List<OpeningWindow> windows) {

    /** Open day and night. */
    public static final OpeningHours ALWAYS = new OpeningHours(List.of());

    /** What lasts longer is taken for something that does not end. */
    private static final Duration HORIZON = Duration.ofDays(800);

    public OpeningHours {
        windows = List.copyOf(windows);
    }

    /** Returns whether a window is open at that moment; the time of warming up is not part of it. */
    public boolean isOpen(Instant at) {
        return windows.isEmpty()
                || windows.stream().anyMatch(window -> window.openUntil(at).isPresent());
    }

    /** Returns whether it is closed, and what is needed when it opens has to be there already. */
    public boolean isWarmingUp(Instant at) {
        return !isOpen(at) && windows.stream().anyMatch(window -> window.isWarmingUp(at));
    }

    /** The first moment after this one at which it opens or closes; empty when it does neither within two years. */
    public Optional<Instant> nextChange(Instant at) {
        if (windows.isEmpty()) {
            return Optional.empty();
        }
        return isOpen(at) ? closesAfter(at) : opensAfter(at);
    }

    private Optional<Instant> opensAfter(Instant at) {
        return windows.stream()
                .flatMap(window -> window.opensAfter(at).stream())
                .min(Instant::compareTo);
    }

    /** One window may open before, or at the moment when, another one closes. */
    private Optional<Instant> closesAfter(Instant at) {
        Instant end = at;
        Optional<Instant> later = openUntil(at);
        while (later.isPresent()) {
            end = later.get();
            if (Duration.between(at, end).compareTo(HORIZON) > 0) {
                return Optional.empty();
            }
            later = openUntil(end);
        }
        return Optional.of(end);
    }

    private Optional<Instant> openUntil(Instant at) {
        return windows.stream()
                .flatMap(window -> window.openUntil(at).stream())
                .max(Instant::compareTo);
    }
}
