// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Counts while a metrics recorder is available; recorders come and go. */
public final class EventMetrics {

    private final List<MetricsRecorder> present = new CopyOnWriteArrayList<>();
    private final Consumer<MetricsRecorder> gauges;

    public EventMetrics(Consumer<MetricsRecorder> gauges) {
        this.gauges = gauges;
    }

    public void add(MetricsRecorder metricsRecorder) {
        gauges.accept(metricsRecorder);
        present.add(metricsRecorder);
    }

    public void remove(MetricsRecorder metricsRecorder) {
        present.remove(metricsRecorder);
    }

    public void count(String name, Map<String, String> labels) {
        present.forEach(metricsRecorder -> metricsRecorder.count(name, labels));
    }
}
