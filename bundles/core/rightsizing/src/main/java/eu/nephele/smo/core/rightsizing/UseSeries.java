// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Use of a resource of a service in the past, oldest first, gaps left out.
 *
 * @param points at different times
 */
record UseSeries(List<UsePoint> points) {

    static final UseSeries EMPTY = new UseSeries(List.of());

    /** A value so many times those around it is an error of measurement, or a very short peak. */
    private static final double LONE_FACTOR = 4;

    UseSeries {
        points = List.copyOf(points);
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    UseSeries from(Instant first) {
        return new UseSeries(
                points.stream().filter(point -> !point.at().isBefore(first)).toList());
    }

    UseSeries until(Instant end) {
        return new UseSeries(
                points.stream().filter(point -> point.at().isBefore(end)).toList());
    }

    /** The smallest value of which at least this part of all values is no larger; 0 of nothing. */
    double quantile(double part) {
        if (points.isEmpty()) {
            return 0;
        }
        double[] sorted = perReplica();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(part * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, rank))];
    }

    double peak() {
        return Arrays.stream(perReplica()).max().orElse(0);
    }

    /** The highest value that does not stand alone far above the values before and after it. */
    double confirmedPeak() {
        double peak = 0;
        for (int i = 0; i < points.size(); i++) {
            double value = points.get(i).perReplica();
            if (value > peak && !isLone(i)) {
                peak = value;
            }
        }
        return peak;
    }

    private boolean isLone(int index) {
        double around = 0;
        if (index > 0) {
            around = points.get(index - 1).perReplica();
        }
        if (index < points.size() - 1) {
            around = Math.max(around, points.get(index + 1).perReplica());
        }
        return points.get(index).perReplica() > LONE_FACTOR * around;
    }

    /** Part of the values above an amount. */
    double shareAbove(double amount) {
        return points.isEmpty()
                ? 0
                : (double) points.stream()
                                .filter(point -> point.perReplica() > amount)
                                .count()
                        / points.size();
    }

    double meanReplicas() {
        return points.stream().mapToDouble(UsePoint::replicas).average().orElse(0);
    }

    /**
     * Highest use of replicas that have just started: of what is used beyond what the older ones used before they came. Load that grows
     * at the same time counts as theirs.
     *
     * @param window from then on
     */
    double startUpPeak(Duration window) {
        double peak = 0;
        for (int i = 1; i < points.size(); i++) {
            UsePoint before = points.get(i - 1);
            // half a replica is what rounding and averaging of a metric make
            if (points.get(i).replicas() >= before.replicas() + 0.5) {
                peak = Math.max(peak, startUpPeak(i, window));
            }
        }
        return peak;
    }

    private double startUpPeak(int first, Duration window) {
        UsePoint before = points.get(first - 1);
        Instant end = points.get(first).at().plus(window);
        List<Double> uses = new ArrayList<>();
        for (int i = first; i < points.size() && !points.get(i).at().isAfter(end); i++) {
            UsePoint point = points.get(i);
            double added = point.replicas() - before.replicas();
            if (added >= 0.5) {
                uses.add((point.total() - before.total()) / added);
            }
            uses.add(point.perReplica());
        }
        return uses.stream().mapToDouble(use -> use).max().orElse(0);
    }

    private double[] perReplica() {
        return points.stream().mapToDouble(UsePoint::perReplica).toArray();
    }
}
