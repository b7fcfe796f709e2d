// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults;
import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import eu.nephele.smo.lab.harness.placement.PlacementTrace.TracePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Runs a strategy, with its default parameters, on instances. */
final class PlacementRun {

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final long WARM_UP_MILLIS = 500;
    private static final long FIRST_TRACE_MILLIS = 1;

    private final String id;
    private final PlacementStrategy strategy;
    private final long limitMillis;
    private final long seed;
    private final boolean traced;

    PlacementRun(String id, PlacementStrategy strategy, long limitMillis, long seed, boolean traced) {
        this.id = id;
        this.strategy = strategy;
        this.limitMillis = limitMillis;
        this.seed = seed;
        this.traced = traced;
    }

    /** @param buildSeconds that the instance took to be read */
    PlacementRow run(Instance instance, double buildSeconds) {
        place(instance, Math.min(limitMillis, WARM_UP_MILLIS));
        List<TracePoint> points = new ArrayList<>();
        for (long millis = FIRST_TRACE_MILLIS; traced && millis < limitMillis; millis *= 2) {
            points.add(point(instance, millis));
        }
        long start = System.nanoTime();
        PlacementResult result = place(instance, limitMillis);
        double seconds = (System.nanoTime() - start) / NANOS;
        return row(instance, buildSeconds, seconds, points, result);
    }

    private TracePoint point(Instance instance, long millis) {
        long start = System.nanoTime();
        PlacementResult result = place(instance, millis);
        double seconds = (System.nanoTime() - start) / NANOS;
        boolean valid = result instanceof Placed placed && keepsRules(instance, placed);
        return new TracePoint(seconds, valid ? value(instance, (Placed) result) : Long.MAX_VALUE);
    }

    private PlacementRow row(
            Instance instance, double buildSeconds, double seconds, List<TracePoint> points, PlacementResult result) {
        RowStatus status = RowStatus.NONE;
        OptionalLong value = OptionalLong.empty();
        OptionalLong bound = OptionalLong.empty();
        if (result instanceof Placed placed) {
            bound = placed.quality().lowerBoundMicros().stream()
                    .map(micros -> Math.floorDiv(micros + Costs.MICROS - 1, Costs.MICROS))
                    .findFirst();
            status = RowStatus.ERROR;
            if (keepsRules(instance, placed)) {
                value = OptionalLong.of(value(instance, placed));
                points.add(new TracePoint(seconds, value.getAsLong()));
                status = status(instance, placed, value.getAsLong());
            }
        }
        PlacementTrace trace = traced ? new PlacementTrace(points) : PlacementTrace.NONE;
        return new PlacementRow(
                instance, id, limitMillis / MILLIS, seed, buildSeconds, seconds, trace, status, value, bound);
    }

    /** A bound above the value of a placement, and a value below the bound of the file, are errors, too. */
    private static RowStatus status(Instance instance, Placed placed, long value) {
        long micros = Pricing.total(instance.request(), placed.placement(), 0);
        if (placed.quality().lowerBoundMicros().orElse(0) > micros
                || instance.knownBound().orElse(value) > value) {
            return RowStatus.ERROR;
        }
        return placed.quality().stop() == StopReason.PROVEN_OPTIMAL ? RowStatus.OPTIMAL : RowStatus.FEASIBLE;
    }

    private static boolean keepsRules(Instance instance, Placed placed) {
        return Feasibility.violations(instance.request(), placed.placement()).isEmpty();
    }

    private static long value(Instance instance, Placed placed) {
        return Pricing.total(instance.request(), placed.placement(), 0) / Costs.MICROS;
    }

    private PlacementResult place(Instance instance, long millis) {
        SimpleContext context = SimpleContext.within(millis)
                .withParameters(
                        ParameterDefaults.bind(strategy.parametersType()).value());
        return strategy.place(instance.request(), new SeededContext(context, seed));
    }
}
