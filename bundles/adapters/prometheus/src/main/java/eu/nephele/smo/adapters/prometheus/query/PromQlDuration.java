// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import java.time.Duration;

/** Durations as Prometheus reads them. */
public final class PromQlDuration {

    private PromQlDuration() {}

    /** {@code 20s}, or {@code 1500ms} where it is not whole seconds. */
    public static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
