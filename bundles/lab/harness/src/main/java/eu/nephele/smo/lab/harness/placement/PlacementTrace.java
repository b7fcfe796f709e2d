// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a strategy finds in less time: runs of their own, each with twice the limit of the one before. A strategy answers once, at its
 * end, so that this is how the time of its first answer is seen from outside.
 */
record PlacementTrace(List<TracePoint> points) {

    static final PlacementTrace NONE = new PlacementTrace(List.of());

    PlacementTrace {
        points = List.copyOf(points);
    }

    /**
     * @param seconds duration of the run
     * @param value cost in whole units of the file; the greatest number if it has found nothing
     */
    record TracePoint(double seconds, long value) {}

    /** Returns the duration of the shortest run that found a placement which costs no more. */
    OptionalDouble secondsTo(double value) {
        return points.stream()
                .filter(point -> point.value() < Long.MAX_VALUE && point.value() <= value)
                .mapToDouble(TracePoint::seconds)
                .findFirst();
    }
}
