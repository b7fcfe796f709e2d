// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** Duration of operations, and the age of the oldest open one. */
@Metric(
        value = "smo_engine_oldest_operation_seconds",
        type = MetricType.GAUGE,
        unit = "seconds",
        meaning = "Age of the oldest open operation; 0 without any")
@Metric(
        value = "smo_engine_operation_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = {"kind", "outcome=succeeded|failed|superseded|cancelled"},
        meaning = "Each operation on a graph or a cluster that has ended, from its request to its end; "
                + "`kind` is that of the operation, in lower case. Appears with the first end")
final class OperationMeter {

    private final OpenOperationIndex open;
    private final Clock clock;
    private volatile MetricsRecorder metricsRecorder = MetricsRecorder.NONE;

    OperationMeter(OpenOperationIndex open, Clock clock) {
        this.open = open;
        this.clock = clock;
    }

    void publish(MetricsRecorder present) {
        metricsRecorder = present;
        present.gauge("smo_engine_oldest_operation_seconds", Map.of(), this, OperationMeter::oldestSeconds);
    }

    private double oldestSeconds() {
        Instant now = clock.instant();
        return open.all().stream()
                .map(tracked -> tracked.operation().times().createdAt())
                .min(Comparator.naturalOrder())
                .map(begun -> Duration.between(begun, now).toMillis() / 1e3)
                .map(seconds -> Math.max(0, seconds))
                .orElse(0.0);
    }

    void ended(Operation operation) {
        Duration took = Duration.between(
                operation.times().createdAt(), operation.times().finishedAt().orElseGet(clock::instant));
        metricsRecorder.time(
                "smo_engine_operation_seconds",
                Map.of(
                        "kind",
                        operation.kind().name().toLowerCase(Locale.ROOT),
                        "outcome",
                        operation.state().name().toLowerCase(Locale.ROOT)),
                took.isNegative() ? Duration.ZERO : took);
    }
}
