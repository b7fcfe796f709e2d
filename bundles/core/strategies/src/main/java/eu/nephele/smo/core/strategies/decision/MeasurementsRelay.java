// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.decision;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.core.contract.decision.AbandonedThreads;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Forwards measurements to the present recorder. Deciders hold this, so that they stay when observability is replaced.
 */
@Component(service = MeasurementsRelay.class)
@Metric(
        value = "smo_strategy_abandoned_threads",
        type = MetricType.GAUGE,
        unit = "threads",
        meaning = "Threads that ignore their interruption inside a strategy, objective or handler; only a "
                + "restart ends them")
public final class MeasurementsRelay implements MetricsRecorder {
    private static final String ABANDONED = "smo_strategy_abandoned_threads";

    private final Map<Gauge, Consumer<MetricsRecorder>> gauges = new ConcurrentHashMap<>();
    private volatile MetricsRecorder target = NONE;

    private record Gauge(String name, Map<String, String> labels) {}

    public MeasurementsRelay() {
        // nobody measures yet
    }

    @Activate
    public MeasurementsRelay(@Reference AbandonedThreads strain) {
        gauge(ABANDONED, Map.of(), strain, AbandonedThreads::abandonedThreads);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTarget(MetricsRecorder metricsRecorder) {
        target = metricsRecorder;
        gauges.values().forEach(gauge -> gauge.accept(metricsRecorder));
    }

    void unbindTarget(MetricsRecorder metricsRecorder) {
        if (target == metricsRecorder) {
            target = NONE;
        }
    }

    @Override
    public void count(String name, Map<String, String> labels) {
        target.count(name, labels);
    }

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {
        target.time(name, labels, duration);
    }

    /** Published again for each new recorder. */
    @Override
    public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
        Consumer<MetricsRecorder> publish = metricsRecorder -> metricsRecorder.gauge(name, labels, owner, value);
        gauges.put(new Gauge(name, labels), publish);
        publish.accept(target);
    }

    @Override
    public void withdraw(String name, Map<String, String> labels) {
        gauges.remove(new Gauge(name, labels));
        target.withdraw(name, labels);
    }
}
