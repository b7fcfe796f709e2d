// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults;
import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import eu.nephele.smo.lab.harness.placement.PlacementTrace.TracePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a strategy, with its default parameters, on instances. */
final class PlacementRun implements MeasuredSolver {

    private static final long WARM_UP_MILLIS = 500;

    /** Where times of many runs count: the compiler of a busy machine needs that long. */
    private static final long LONG_WARM_UP_MILLIS = 3_000;

    private static final long FIRST_TRACE_MILLIS = 1;

    private final String id;
    private final PlacementStrategy strategy;
    private final RunLimits limits;
    private final boolean traced;
    private final int repeats;

    PlacementRun(String id, PlacementStrategy strategy, RunLimits limits, boolean traced) {
        this(id, strategy, limits, traced, 1);
    }

    /**
     * @param traced whether runs with less time tell what is found when
     * @param repeats runs, of which the one with the median time counts
     */
    PlacementRun(String id, PlacementStrategy strategy, RunLimits limits, boolean traced, int repeats) {
        this.id = id;
        this.strategy = strategy;
        this.limits = limits;
        this.traced = traced;
        this.repeats = repeats;
    }

    @Override
    public PlacementRow run(Instance instance, double readSeconds) throws InterruptedException {
        List<TracePoint> points = new ArrayList<>();
        TimedAnswer last;
        try {
            warmUp(instance);
            for (long millis = FIRST_TRACE_MILLIS; traced && millis < limits.millis(); millis *= 2) {
                points.add(answer(instance, millis).point());
            }
            last = median(instance);
            points.add(last.point());
        } catch (SolverFailedException failed) {
            last = new TimedAnswer(0, CheckedAnswer.failed(failed.reason()));
        }
        return new PlacementRow(
                instance,
                id,
                PlacementReport.OUR_VERSION,
                limits,
                readSeconds,
                last.seconds(),
                traced ? new PlacementTrace(points) : PlacementTrace.NONE,
                last.answer());
    }

    /** A small instance is solved many times, until its code is compiled. */
    private void warmUp(Instance instance) throws SolverFailedException, InterruptedException {
        long millis = Math.min(limits.millis(), repeats > 1 ? LONG_WARM_UP_MILLIS : WARM_UP_MILLIS);
        long start = System.nanoTime();
        do {
            answer(instance, millis);
        } while (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < millis);
    }

    /** An answer that is an error counts, whenever it comes. */
    private TimedAnswer median(Instance instance) throws SolverFailedException, InterruptedException {
        List<TimedAnswer> answers = new ArrayList<>();
        for (int run = 0; run < repeats; run++) {
            TimedAnswer next = answer(instance, limits.millis());
            if (next.answer().status() == RowStatus.ERROR) {
                return next;
            }
            answers.add(next);
        }
        answers.sort(Comparator.comparingDouble(TimedAnswer::seconds));
        return answers.get((repeats - 1) / 2);
    }

    private record TimedAnswer(double seconds, CheckedAnswer answer) {

        TracePoint point() {
            boolean found = answer.status() == RowStatus.OPTIMAL || answer.status() == RowStatus.FEASIBLE;
            return new TracePoint(seconds, found ? answer.value().orElseThrow() : Long.MAX_VALUE);
        }
    }

    private TimedAnswer answer(Instance instance, long millis) throws SolverFailedException, InterruptedException {
        SolverCall call = new SolverCall("smo-bench-" + id, Duration.ofMillis(limits.endMillis(millis)));
        long start = System.nanoTime();
        PlacementResult result = call.call(() -> place(instance, millis));
        double seconds = RunLimits.secondsSince(start);
        return new TimedAnswer(seconds, CheckedAnswer.from(instance, result));
    }

    private PlacementResult place(Instance instance, long millis) {
        SimpleContext context = SimpleContext.within(millis)
                .withParameters(
                        ParameterDefaults.bind(strategy.parametersType()).value());
        return strategy.place(instance.request(), new SeededContext(context, limits.seed()));
    }
}
