// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Metrics under the names of the original, beside those of the server. */
@Component(service = ContainerMetrics.class)
public final class ContainerMetrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge containers = MultiGauge.builder("container.count")
            .description("Containers of a service that run")
            .register(registry);

    @Activate
    public ContainerMetrics() {
        // it begins empty
    }

    /**
     * Counts a request.
     *
     * @param endpoint template of the path, of which there are few
     */
    void request(String method, String endpoint, int status, Duration time) {
        Counter.builder("api.requests")
                .description("Requests to this interface")
                .tags("method", method, "endpoint", endpoint, "status", Integer.toString(status))
                .register(registry)
                .increment();
        Timer.builder("api.request.duration")
                .description("Time of requests to this interface")
                .tags("method", method, "endpoint", endpoint)
                .register(registry)
                .record(time);
    }

    void scaled(String service, String action) {
        Counter.builder("scaling.events")
                .description("Changes of the number of containers of a service")
                .tags("service", service, "action", action)
                .register(registry)
                .increment();
    }

    /**
     * All metrics in the text format of Prometheus.
     *
     * @param counts of containers by service
     */
    String text(Map<String, Integer> counts) {
        containers.register(
                counts.entrySet().stream()
                        .map(count -> MultiGauge.Row.of(Tags.of("service", count.getKey()), count.getValue()))
                        .collect(Collectors.toList()),
                true);
        return registry.scrape();
    }

    @Deactivate
    void close() {
        registry.close();
    }
}
