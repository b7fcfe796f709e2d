// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.scaling.optimal.OptimalParameters;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import eu.nephele.smo.scaling.optimal.OptimalScalingStrategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The strategy {@code optimal} with changes that are dearer than use, so that idle replicas stay until their capacity is needed: else
 * no capacity ever binds beyond what the demands need.
 */
final class MeasuredScaler {

    static final double USE = 0.2;
    static final double CHANGE = 0.4;

    private static final double NANOS_PER_MILLI = 1e6;

    private final ScalingStrategy strategy = new OptimalScalingStrategy();
    private final OptimalParameters parameters =
            new OptimalParameters(Mode.DEFAULT, Optional.of(USE), Optional.of(CHANGE), 1);

    /** Decides again and again, for so long in the time of the thread, so that the code is compiled on a busy machine, too. */
    void warmUp(List<ScalingRequest> requests, long limitMillis, long warmUpMillis) {
        double used = 0;
        while (used < warmUpMillis) {
            for (ScalingRequest request : requests) {
                used += decide(request, limitMillis).millis();
            }
        }
    }

    /** The decision that took the median time of so many. */
    ScalingDecision decide(ScalingRequest request, long limitMillis, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> decide(request, limitMillis))
                .sorted((one, other) -> Double.compare(one.millis(), other.millis()))
                .toList()
                .get(times / 2);
    }

    /** Decides by the time that the thread uses, so that other work on the machine is no fault of it. */
    ScalingDecision decide(ScalingRequest request, long limitMillis) {
        UsedTime used = UsedTime.ofOneThatLooksAtItself();
        used.begin();
        SimpleContext context = SimpleContext.within(used, limitMillis).withParameters(parameters);
        long before = used.nanos();
        ScalingResult result = strategy.scale(request, context);
        return new ScalingDecision(request, result, (used.nanos() - before) / NANOS_PER_MILLI);
    }
}
