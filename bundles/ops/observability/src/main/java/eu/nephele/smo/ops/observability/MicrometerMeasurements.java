// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures with Micrometer, shown in the format of Prometheus. */
@Component(
        service = {MetricsRecorder.class, MicrometerMeasurements.class},
        configurationPid = "eu.nephele.smo.ops.observability")
@Designate(ocd = MetricsConfig.class)
public final class MicrometerMeasurements implements MetricsRecorder {

    /** Series of one metric: more than a server has, and few enough for its memory and for Prometheus. */
    static final int MOST_SERIES = 2_000;

    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** Of all metrics of one type. */
    private static final int MOST_KEPT = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(MicrometerMeasurements.class);
    private static final String SECONDS = "_seconds";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(new Exposition(), new PrometheusRegistry(), Clock.SYSTEM, new LoggedTrace());
    private final UnaryOperator<String> meanings;
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final JvmHeapPressureMetrics heapPressure = new JvmHeapPressureMetrics();
    // creating a meter, or finding it in the registry, takes longer than some of the measured calls
    private final Map<MeterSeries, Counter> counters = new ConcurrentHashMap<>();
    private final Map<MeterSeries, Timer> timers = new ConcurrentHashMap<>();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    private volatile boolean recording = true;

    /** Exemplars are for buckets and counters only: Prometheus rejects everything where others have some. */
    private static final class Exposition implements PrometheusConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            return new Properties();
        }
    }

    private record MeterSeries(String name, Map<String, String> labels) {}

    @Activate
    public MicrometerMeasurements(BundleContext context, MetricsConfig config) {
        this(new MetricMeanings(context));
        configure(config);
    }

    @Modified
    void configure(MetricsConfig config) {
        recording = config.record();
    }

    /** @param meanings the meaning of a metric by its name, "" for an unknown one */
    MicrometerMeasurements(UnaryOperator<String> meanings) {
        this.meanings = meanings;
        registry.config().meterFilter(MeterFilter.deny(this::isTooMuch));
        List.of(
                        new JvmMemoryMetrics(),
                        garbageCollection,
                        heapPressure,
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    @Deactivate
    void close() {
        garbageCollection.close();
        heapPressure.close();
        registry.close();
    }

    @Override
    public void count(String name, Map<String, String> labels) {
        if (!recording) {
            return;
        }
        MeterSeries series = new MeterSeries(name, Map.copyOf(labels));
        if (counters.size() < MOST_KEPT || counters.containsKey(series)) {
            counters.computeIfAbsent(series, this::counter).increment();
        }
    }

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {
        if (!recording) {
            return;
        }
        MeterSeries series = new MeterSeries(name, Map.copyOf(labels));
        if (timers.size() < MOST_KEPT || timers.containsKey(series)) {
            timers.computeIfAbsent(series, this::timer).record(duration);
        }
    }

    private Counter counter(MeterSeries series) {
        return Counter.builder(series.name())
                .description(meanings.apply(series.name()))
                .tags(tags(series.labels()))
                .register(registry);
    }

    private Timer timer(MeterSeries series) {
        return Timer.builder(timerName(series.name()))
                .description(meanings.apply(series.name()))
                .tags(tags(series.labels()))
                .publishPercentileHistogram(false)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
        withdraw(name, labels);
        Gauge.builder(name, owner, value)
                .description(meanings.apply(name))
                .tags(tags(labels))
                .register(registry);
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

    /** In the text format of OpenMetrics, with exemplars. */
    String openMetrics() {
        return registry.scrape(OPEN_METRICS);
    }

    /** Labels come from closed sets; a mistake there must not fill the memory. */
    private boolean isTooMuch(Meter.Id id) {
        if (registry.find(id.getName()).meters().size() < MOST_SERIES) {
            return false;
        }
        if (cut.add(id.getName())) {
            LOG.warn(
                    "metric has too many series, further ones are dropped metric={} series={}",
                    id.getName(),
                    MOST_SERIES);
        }
        return true;
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
