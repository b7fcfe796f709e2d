// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.Requirements;
import java.util.List;

/** Limits of the latency classes of links, in ms. */
record LatencyClasses(double ultralowMillis, double lowMillis, String zoneLabel) {

    static final String ULTRALOW = "ultralow";
    static final String LOW = "low";
    static final String BEST_EFFORT = "best-effort";
    static final List<String> ALL = List.of(ULTRALOW, LOW, BEST_EFFORT);

    /** Links have a greatest latency, the class has one that is not reached. No source knows latencies better than this. */
    private static final double BELOW = 0.001;

    /** @throws IllegalArgumentException if the configuration is invalid */
    static LatencyClasses of(LatencyConfig config) {
        if (!(config.ultralowMillis() > BELOW)
                || !(config.lowMillis() >= config.ultralowMillis())
                || Double.isInfinite(config.lowMillis())) {
            throw new IllegalArgumentException(
                    "Expected 0 < ultralowMillis <= lowMillis, got ultralowMillis=%s lowMillis=%s"
                            .formatted(config.ultralowMillis(), config.lowMillis()));
        }
        return new LatencyClasses(config.ultralowMillis(), config.lowMillis(), config.zoneLabel());
    }

    /** @throws IllegalArgumentException if there is no such class */
    void limit(String pointer, String from, String to, String qos, Requirements requirements) {
        switch (qos) {
            case ULTRALOW -> limit(from, to, ultralowMillis - BELOW, requirements);
            case LOW -> limit(from, to, lowMillis, requirements);
            case BEST_EFFORT -> {}
            default ->
                throw new IllegalArgumentException("%s: expected one of %s".formatted(pointer, String.join(", ", ALL)));
        }
    }

    void limit(String from, String to, double millis, Requirements requirements) {
        requirements.maxLatency(from, to, millis);
        // one hop: clusters of a zone are near where nobody has measured it
        requirements.assumeLatency(zoneLabel, lowMillis);
    }
}
