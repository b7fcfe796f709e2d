// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.outside.CircuitState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts and times calls while a metrics recorder is available; recorders come and go. */
@Metric(
        value = "smo_outside_calls_total",
        type = MetricType.COUNTER,
        unit = "calls",
        labels = {
            "system",
            "operation",
            "outcome=ok|unavailable|timed_out|refused|not_found|conflict|shut|full|interrupted|left|fault"
        },
        meaning = "Calls to external systems, independent of the number of attempts. `operation` is a "
                + "method of a port, `WorkloadDeployer.state`. `shut`, `full`: not called; `left`: the "
                + "adapter was exchanged meanwhile; `fault`: of the adapter")
@Metric(
        value = "smo_outside_call_duration_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = {"system", "operation"},
        meaning = "Each call, with its attempts and waits")
@Metric(
        value = "smo_outside_retries_total",
        type = MetricType.COUNTER,
        unit = "attempts",
        labels = {"system", "operation"},
        meaning = "Attempts after a first one that failed. Appears with the first")
@Metric(
        value = "smo_outside_stale_answers_total",
        type = MetricType.COUNTER,
        unit = "answers",
        labels = {"system", "operation"},
        meaning = "Failed calls that were answered with the last good data. Appears with the first")
@Metric(
        value = "smo_outside_access",
        type = MetricType.GAUGE,
        unit = "state",
        labels = "system",
        meaning = "State of the circuit. 0: closed; 1: half-open, one trial call passes; 2: open")
@Metric(
        value = "smo_outside_in_flight",
        type = MetricType.GAUGE,
        unit = "calls",
        labels = "system",
        meaning = "Calls in flight")
final class GuardMetrics {

    private static final String SYSTEM = "system";
    private static final String OPERATION = "operation";

    private final List<MetricsRecorder> present = new CopyOnWriteArrayList<>();

    void add(MetricsRecorder metricsRecorder) {
        present.add(metricsRecorder);
    }

    void remove(MetricsRecorder metricsRecorder) {
        present.remove(metricsRecorder);
    }

    void show(SystemGuard system) {
        present.forEach(metricsRecorder -> show(system, metricsRecorder));
    }

    static void show(SystemGuard system, MetricsRecorder metricsRecorder) {
        Map<String, String> labels = Map.of(SYSTEM, system.name());
        metricsRecorder.gauge(
                "smo_outside_access",
                labels,
                system,
                shown -> number(shown.state().access()));
        metricsRecorder.gauge(
                "smo_outside_in_flight", labels, system, shown -> shown.state().inFlight());
    }

    private static double number(CircuitState circuitState) {
        return switch (circuitState) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    void called(String system, GuardedOperation operation, String outcome, Duration duration) {
        if (present.isEmpty()) {
            return;
        }
        Map<String, String> which = Map.of(SYSTEM, system, OPERATION, operation.name());
        Map<String, String> how = Map.of(SYSTEM, system, OPERATION, operation.name(), "outcome", outcome);
        present.forEach(metricsRecorder -> {
            metricsRecorder.count("smo_outside_calls_total", how);
            metricsRecorder.time("smo_outside_call_duration_seconds", which, duration);
        });
    }

    void repeated(String system, GuardedOperation operation) {
        count("smo_outside_retries_total", system, operation);
    }

    void stale(String system, GuardedOperation operation) {
        count("smo_outside_stale_answers_total", system, operation);
    }

    private void count(String name, String system, GuardedOperation operation) {
        Map<String, String> labels = Map.of(SYSTEM, system, OPERATION, operation.name());
        present.forEach(metricsRecorder -> metricsRecorder.count(name, labels));
    }
}
