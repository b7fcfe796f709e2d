// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import com.sun.management.ThreadMXBean;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A strategy with its default parameters that decides for one reason, on the thread of the caller. */
final class MeasuredStrategy {

    private static final double NANOS_PER_MILLI = 1e6;

    private final String id;
    private final PlacementStrategy strategy;
    private final DecisionReason reason;
    private final ThreadMXBean threads;

    MeasuredStrategy(String id, PlacementStrategy strategy, DecisionReason reason) {
        this.id = id;
        this.strategy = strategy;
        this.reason = reason;
        this.threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    }

    /** Id and reason, for people. */
    String name() {
        return "%s, %s".formatted(id, reason.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Decides all cases at least once, so that the code is compiled.
     *
     * @param warmUpMillis after which it is enough
     */
    void warmUp(List<ExactCase> cases, long limitMillis, long warmUpMillis) {
        long start = System.nanoTime();
        do {
            cases.forEach(each -> decide(each.request(), limitMillis));
        } while (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < warmUpMillis);
    }

    /**
     * Decides by the time that the thread uses, so that other work on the machine is no fault of it. What other threads do for it, the
     * 0/1 program of {@code optimal}, is not in it.
     */
    MeasuredDecision decide(PlacementRequest asked, long limitMillis) {
        PlacementRequest request = new ReasonedRequest(asked, reason);
        UsedTime used = UsedTime.ofOneThatLooksAtItself();
        used.begin();
        SimpleContext context = SimpleContext.within(used, limitMillis)
                .withParameters(
                        ParameterDefaults.bind(strategy.parametersType()).value());
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long before = used.nanos();
        PlacementResult result;
        String fault = "";
        try {
            result = strategy.place(request, context);
        } catch (RuntimeException thrown) {
            // is a finding, and the next case goes on
            result = new Infeasible(Map.of(), Optional.empty());
            fault = thrown.toString();
        }
        double millis = (used.nanos() - before) / NANOS_PER_MILLI;
        return new MeasuredDecision(
                request, result, millis, threads.getCurrentThreadAllocatedBytes() - allocated, fault);
    }
}
