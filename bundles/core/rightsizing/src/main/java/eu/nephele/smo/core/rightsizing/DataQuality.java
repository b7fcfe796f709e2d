// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much is known of a service since its last change.
 *
 * @param confidence low: no proposal; medium: at least the least data; high: a week
 * @param samples values
 * @param hours that values stand for
 * @param text for people
 */
record DataQuality(Confidence confidence, int samples, double hours, String text) {

    private static final Duration WEEK = Duration.ofDays(7);
    /** Part of the values that must be there; scrapes fail now and then. */
    private static final double COVERAGE = 0.8;
    /** Without newer values nobody knows whether it still runs as it did. */
    private static final Duration PRESENT = Duration.ofHours(1);

    private static final double SECONDS_PER_HOUR = 3600;

    enum Confidence {
        LOW,
        MEDIUM,
        HIGH
    }

    static DataQuality of(UseSeries use, RightsizingSettings settings, Instant now) {
        Duration known = settings.step().multipliedBy(use.points().size());
        double hours = known.toSeconds() / SECONDS_PER_HOUR;
        String data = "%.1f h of data since the last change".formatted(hours);
        Optional<Instant> newest = use.isEmpty()
                ? Optional.empty()
                : Optional.of(use.points().get(use.points().size() - 1).at());
        if (newest.isPresent() && newest.get().isBefore(now.minus(PRESENT))) {
            return new DataQuality(
                    Confidence.LOW, use.points().size(), hours, "the newest data are of " + newest.get());
        }
        if (!covers(known, settings.leastData())) {
            return new DataQuality(
                    Confidence.LOW,
                    use.points().size(),
                    hours,
                    "%s, %d h are needed".formatted(data, settings.leastData().toHours()));
        }
        return covers(known, WEEK)
                ? new DataQuality(Confidence.HIGH, use.points().size(), hours, data)
                : new DataQuality(
                        Confidence.MEDIUM,
                        use.points().size(),
                        hours,
                        data + ", less than a week: other days may need more");
    }

    private static boolean covers(Duration known, Duration wanted) {
        return known.toSeconds() >= COVERAGE * wanted.toSeconds();
    }

    boolean isEnough() {
        return confidence != Confidence.LOW;
    }
}
