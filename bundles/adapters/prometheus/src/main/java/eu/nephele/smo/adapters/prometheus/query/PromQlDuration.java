// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import java.time.Duration;

/** Durations as Prometheus reads them. */
public final class PromQlDuration {

    private PromQlDuration() {}

    /** Formats as {@code 20s}, or as {@code 1500ms} if the seconds are not whole. */
    public static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
