// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How often replicas were decided since the start, for the metrics of the server. */
@Metric(
        value = "smo_scaling_passes",
        type = MetricType.GAUGE,
        unit = "passes",
        meaning = "Passes over the graphs whose replicas are due, since the start")
@Metric(
        value = "smo_scaling_looks",
        type = MetricType.GAUGE,
        unit = "graphs",
        meaning = "Graphs looked at in these passes, since the start")
@Metric(
        value = "smo_scaling_missed",
        type = MetricType.GAUGE,
        unit = "intervals",
        meaning = "Intervals that ended without a look, since the start: with the looks these are all that " + "ended")
@Metric(
        value = "smo_scaling_seconds",
        type = MetricType.GAUGE,
        unit = "seconds",
        meaning = "Time of these passes since the start: reading what was measured, deciding, noting")
public final class ScalingTally {

    private static final double NANOS_PER_SECOND = 1e9;

    private final AtomicLong passes = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();

    /**
     * Counts one pass.
     *
     * @param graphs looked at in it
     * @param missedIntervals of all of them: intervals that ended without a look
     */
    void count(int graphs, long missedIntervals) {
        passes.incrementAndGet();
        looks.addAndGet(graphs);
        missed.addAndGet(missedIntervals);
    }

    /** Adds the time of one pass. */
    public void took(Duration pass) {
        nanos.addAndGet(pass.toNanos());
    }

    public void publish(MetricsRecorder metricsRecorder) {
        metricsRecorder.gauge("smo_scaling_passes", Map.of(), passes, AtomicLong::doubleValue);
        metricsRecorder.gauge("smo_scaling_looks", Map.of(), looks, AtomicLong::doubleValue);
        metricsRecorder.gauge("smo_scaling_missed", Map.of(), missed, AtomicLong::doubleValue);
        metricsRecorder.gauge("smo_scaling_seconds", Map.of(), nanos, total -> total.doubleValue() / NANOS_PER_SECOND);
    }
}
