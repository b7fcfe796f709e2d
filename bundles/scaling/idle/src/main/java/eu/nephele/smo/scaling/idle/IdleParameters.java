// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.scaling.ScalingWrapper.Base;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a service is idle, and what wakes it.
 *
 * @param base the strategy that decides while the service is needed
 * @param idleAfter how long nothing may have happened
 * @param wake what wakes it beside requests
 * @param requests whether requests count
 * @param wakeWithoutDataAfter how long a service without replicas waits for data about {@code wake} before it is woken to be safe
 */
public record IdleParameters(
        @Parameter(description = "strategy that decides while the service is needed; the configured one when missing")
        Optional<Base> base,

        @Parameter(
                description = "without requests and with wake at rest for so long, it goes to 0; PT10S to PT2H",
                defaultValue = "\"PT5M\"")
        Duration idleAfter,

        @Parameter(description = "metric that wakes the service, beside requests")
        Optional<Wake> wake,

        @Parameter(
                description = "whether requests count; false for a service that gets none, as a worker of a queue",
                defaultValue = "true")
        boolean requests,

        @Parameter(description = "wakes it when wake has had no data for so long, PT10S to PT2H; never when missing")
        Optional<Duration> wakeWithoutDataAfter) {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    /** With the margin of {@link #history()} within the past that is known by the minute. */
    private static final Duration LONGEST = Duration.ofHours(2);
    /** Readings are at some distance: the last one before the time span is wanted, too. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    public IdleParameters {
        if (Stream.of(Optional.of(idleAfter), wakeWithoutDataAfter)
                .flatMap(Optional::stream)
                .anyMatch(time -> time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("idleAfter=%s%s, expected PT10S to PT2H"
                    .formatted(
                            idleAfter,
                            wakeWithoutDataAfter
                                    .map(" and wakeWithoutDataAfter=%s"::formatted)
                                    .orElse("")));
        }
        if (wake.isEmpty() && !requests) {
            throw new IllegalArgumentException("requests=false without wake: nothing would ever wake it");
        }
        if (wake.isEmpty() && wakeWithoutDataAfter.isPresent()) {
            throw new IllegalArgumentException("wakeWithoutDataAfter without wake: there is nothing to wait for");
        }
    }

    /** How far back it looks. */
    Duration history() {
        return wakeWithoutDataAfter
                .filter(after -> after.compareTo(idleAfter) > 0)
                .orElse(idleAfter)
                .plus(MARGIN);
    }
}
