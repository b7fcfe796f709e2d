// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Instant;
import java.util.Optional;

/**
 * Two-sided cumulative sums (Page 1954) of how far capacity is from the line, in standard deviations. One wild value does not
 * suffice: it counts as {@value #MOST} deviations at most. Not for several threads.
 */
final class ChangeDetector {

    private static final double MOST = 3;
    /** Half of the smallest shift that shall be found soon. */
    private static final double SLACK = 0.75;
    /** With this slack a false alarm comes once in more than 10⁵ independent values (Siegmund's approximation). */
    private static final double THRESHOLD = 8;

    private double above;
    private double below;
    private Instant aboveSince = Instant.MAX;
    private Instant belowSince = Instant.MAX;

    /**
     * @param deviation of the capacity from the line, relative to it
     * @param spread its standard deviation
     * @return since when the line has not held any more, once that is certain
     */
    Optional<Instant> changedSince(Instant at, double deviation, double spread) {
        double score = Math.max(-MOST, Math.min(MOST, deviation / spread));
        aboveSince = above == 0 ? at : aboveSince;
        belowSince = below == 0 ? at : belowSince;
        above = Math.max(0, above + score - SLACK);
        below = Math.max(0, below - score - SLACK);
        if (above > THRESHOLD) {
            return Optional.of(aboveSince);
        }
        return below > THRESHOLD ? Optional.of(belowSince) : Optional.empty();
    }
}
