// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Counts while a metrics recorder is available; recorders come and go. */
@Metric(
        value = "smo_audit_entries_total",
        type = MetricType.COUNTER,
        unit = "entries",
        meaning = "Entries appended to the audit chain")
@Metric(
        value = "smo_audit_failures_total",
        type = MetricType.COUNTER,
        unit = "attempts",
        labels = "what=write|buffer|anchor|sink",
        meaning = "Attempts that failed: to write to the database, to write to the local file, to anchor, "
                + "to hand on. Appears with the first")
final class AuditMetrics {

    private final List<MetricsRecorder> present = new CopyOnWriteArrayList<>();
    private final Consumer<MetricsRecorder> gauges;

    AuditMetrics(Consumer<MetricsRecorder> gauges) {
        this.gauges = gauges;
    }

    void add(MetricsRecorder recorder) {
        gauges.accept(recorder);
        present.add(recorder);
    }

    void remove(MetricsRecorder recorder) {
        present.remove(recorder);
    }

    void entries(int count) {
        for (int i = 0; i < count; i++) {
            present.forEach(recorder -> recorder.count("smo_audit_entries_total", Map.of()));
        }
    }

    /** @param what {@code write}, {@code buffer}, {@code anchor} or {@code sink} */
    void failure(String what) {
        present.forEach(recorder -> recorder.count("smo_audit_failures_total", Map.of("what", what)));
    }
}
