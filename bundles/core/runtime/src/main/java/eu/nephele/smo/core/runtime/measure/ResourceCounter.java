// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.measure;

import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.ResourceStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Number of resources: counted once at the start, then with each change. */
@Metric(
        value = "smo_runtime_resources",
        type = MetricType.GAUGE,
        unit = "resources",
        labels = {"kind", "phase"},
        meaning = "Resources of kinds of bundles, by phase, in lower case")
public final class ResourceCounter {

    private record Slot(String kind, Phase phase) {}

    private final Map<Slot, LongAdder> counts = new ConcurrentHashMap<>();
    private final List<MetricsRecorder> told = new CopyOnWriteArrayList<>();

    public void load(ResourceStore store) {
        store.count()
                .forEach((kind, phases) ->
                        phases.forEach((phase, number) -> slot(kind, phase).add(number)));
    }

    public void came(String kind, Phase phase) {
        slot(kind, phase).increment();
    }

    public void went(String kind, Phase phase) {
        slot(kind, phase).decrement();
    }

    public void publish(MetricsRecorder metricsRecorder) {
        told.add(metricsRecorder);
        counts.keySet().forEach(slot -> publish(metricsRecorder, slot));
    }

    public void forget(MetricsRecorder metricsRecorder) {
        told.remove(metricsRecorder);
    }

    private LongAdder slot(String kind, Phase phase) {
        Slot slot = new Slot(kind, phase);
        return counts.computeIfAbsent(slot, fresh -> {
            told.forEach(metricsRecorder -> publish(metricsRecorder, fresh));
            return new LongAdder();
        });
    }

    private void publish(MetricsRecorder metricsRecorder, Slot slot) {
        metricsRecorder.gauge(
                "smo_runtime_resources",
                Map.of("kind", slot.kind(), "phase", slot.phase().name().toLowerCase(Locale.ROOT)),
                this,
                resourceCounter -> resourceCounter.count(slot));
    }

    private double count(Slot slot) {
        LongAdder number = counts.get(slot);
        return number == null ? 0 : number.sum();
    }
}
