// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Counts done work over time. One thread adds, others read after its end. */
final class DoneCurve {

    private final List<CurvePoint> points = new ArrayList<>(List.of(new CurvePoint(0, 0)));

    private record CurvePoint(double seconds, double done) {}

    synchronized void add(double seconds, long done) {
        points.add(new CurvePoint(seconds, done));
    }

    synchronized double perSecond(double from, double to) {
        return (at(to) - at(from)) / (to - from);
    }

    /**
     * Returns the time at which a rate is reached and kept for a while.
     *
     * @param from not before that time
     * @param windowSeconds duration for which it is kept
     * @return seconds after {@code from}; empty when it is never reached
     */
    synchronized OptionalDouble reached(double perSecond, double from, double windowSeconds) {
        double last = points.get(points.size() - 1).seconds() - windowSeconds;
        if (last >= from && perSecond(from, from + windowSeconds) >= perSecond) {
            return OptionalDouble.of(0);
        }
        return points.stream()
                .mapToDouble(CurvePoint::seconds)
                .filter(time -> time > from && time <= last)
                .filter(time -> perSecond(time, time + windowSeconds) >= perSecond)
                .map(time -> time - from)
                .findFirst();
    }

    /** Interpolates between two points; constant after the last one. */
    private double at(double seconds) {
        CurvePoint before = points.get(0);
        for (CurvePoint point : points) {
            if (point.seconds() >= seconds) {
                double span = point.seconds() - before.seconds();
                double share = span == 0 ? 1 : (seconds - before.seconds()) / span;
                return before.done() + share * (point.done() - before.done());
            }
            before = point;
        }
        return before.done();
    }
}
