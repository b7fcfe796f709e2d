// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Series.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Growth of a counter, as Prometheus computes it: resets are compensated, the edges of the range are extrapolated. */
final class Increase {

    private static final double NANOS_PER_SECOND = 1e9;

    /** A gap at the edge up to this many mean distances is a measurement that is due; beyond it the series began or ended. */
    private static final double LARGEST_GAP = 1.1;

    private Increase() {}

    /**
     * @param points within the range, oldest first
     * @return empty with fewer than two points
     */
    static OptionalDouble compute(List<Point> points, Instant from, Instant to) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        double grown = grown(points);
        double measured = seconds(first.at(), last.at());
        double distance = measured / (points.size() - 1);
        double before = edge(seconds(from, first.at()), distance);
        if (grown > 0 && first.value() >= 0) {
            // a counter cannot have been below zero
            before = Math.min(before, measured * (first.value() / grown));
        }
        double after = edge(seconds(last.at(), to), distance);
        return OptionalDouble.of(grown * (measured + before + after) / measured);
    }

    private static double grown(List<Point> points) {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            double before = points.get(i - 1).value();
            double now = points.get(i).value();
            sum += now < before ? now : now - before;
        }
        return sum;
    }

    private static double edge(double gap, double distance) {
        return gap >= distance * LARGEST_GAP ? distance / 2 : gap;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / NANOS_PER_SECOND;
    }
}
