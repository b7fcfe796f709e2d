// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Measures with Micrometer, shown in the format of Prometheus. */
@Component(service = {MetricsRecorder.class, MicrometerMeasurements.class})
public final class MicrometerMeasurements implements MetricsRecorder {

    private static final String SECONDS = "_seconds";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    // creating a meter, or finding it in the registry, takes longer than some of the measured calls
    private final Map<MeterSeries, Counter> counters = new ConcurrentHashMap<>();
    private final Map<MeterSeries, Timer> timers = new ConcurrentHashMap<>();

    private record MeterSeries(String name, Map<String, String> labels) {}

    @Activate
    public MicrometerMeasurements() {
        List.of(
                        new JvmMemoryMetrics(),
                        garbageCollection,
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    @Deactivate
    void close() {
        garbageCollection.close();
        registry.close();
    }

    @Override
    public void count(String name, Map<String, String> labels) {
        counters.computeIfAbsent(new MeterSeries(name, Map.copyOf(labels)), this::counter)
                .increment();
    }

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {
        timers.computeIfAbsent(new MeterSeries(name, Map.copyOf(labels)), this::timer)
                .record(duration);
    }

    private Counter counter(MeterSeries series) {
        return registry.counter(series.name(), tags(series.labels()));
    }

    private Timer timer(MeterSeries series) {
        return Timer.builder(timerName(series.name()))
                .tags(tags(series.labels()))
                .publishPercentileHistogram(false)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
        withdraw(name, labels);
        Gauge.builder(name, owner, value).tags(tags(labels)).register(registry);
    }

    @Override
    public void withdraw(String name, Map<String, String> labels) {
        Tags tags = tags(labels);
        registry.find(name).tags(tags).meters().stream()
                .map(Meter::getId)
                .filter(id -> Tags.of(id.getTags()).equals(tags))
                .forEach(registry::remove);
    }

    List<Meter> meters() {
        return registry.getMeters();
    }

    /** In Prometheus's text format. */
    String text() {
        return registry.scrape();
    }

    /** Upper bounds of the buckets of every duration: from a cached read to a deployment. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    /** The registry adds the unit to the name of every timer. */
    private static String timerName(String name) {
        return name.endsWith(SECONDS) ? name.substring(0, name.length() - SECONDS.length()) : name;
    }

    private static Tags tags(Map<String, String> labels) {
        return Tags.of(labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    }
}
