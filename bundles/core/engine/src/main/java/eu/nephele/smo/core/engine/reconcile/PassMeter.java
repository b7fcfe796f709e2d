// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Duration of passes by their outcome, measured within their trace. */
@Metric(
        value = "smo_engine_pass_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = "outcome=done|again|retry|refused|fault",
        meaning = "Each pass over a graph: nothing left to do; another pass after a delay; an external "
                + "system is unavailable; one refused; `fault`: the pass failed. Appears with the first "
                + "pass")
public final class PassMeter {

    private static final String FAULT = "fault";

    private final LongSupplier nanos;
    private volatile MetricsRecorder metricsRecorder = MetricsRecorder.NONE;

    /** @param nanos as {@link System#nanoTime} */
    public PassMeter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public void publish(MetricsRecorder present) {
        metricsRecorder = present;
    }

    /** Runs a pass and records its duration, also when it fails. */
    public PassResult measured(GraphId id, Function<GraphId, PassResult> pass) {
        long begun = nanos.getAsLong();
        String outcome = FAULT;
        try {
            PassResult result = pass.apply(id);
            outcome = result.outcome();
            return result;
        } finally {
            metricsRecorder.time(
                    "smo_engine_pass_seconds", Map.of("outcome", outcome), Duration.ofNanos(nanos.getAsLong() - begun));
        }
    }
}
