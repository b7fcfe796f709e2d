// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.gridsignals;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.port.SignalSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

// docs: adapter
/** Polls a table on the web, and answers from its last content. */
@Component(configurationPid = "eu.h3ni.grid-signals", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = GridConfig.class)
public final class GridSignals implements SignalSource {

    private static final Logger LOG = LoggerFactory.getLogger(GridSignals.class);

    private final URI table;
    private final Duration timeout;
    private final HttpClient client;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "grid-signals"));
    private volatile Map<String, ClusterSignals> seen = Map.of();

    @Activate
    public GridSignals(GridConfig config) {
        this.table = URI.create(config.url());
        this.timeout = Duration.ofMillis(config.timeoutMillis());
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
        looks.scheduleWithFixedDelay(this::look, 0, config.refreshSeconds(), TimeUnit.SECONDS);
    }

    /** Ends everything that the bundle has started. */
    @Deactivate
    void end() {
        looks.shutdownNow();
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Map<String, ClusterSignals> now = seen;
        Map<ClusterId, ClusterSignals> known = new HashMap<>();
        clusters.stream()
                .filter(cluster -> now.containsKey(cluster.name()))
                .forEach(cluster -> known.put(cluster, now.get(cluster.name())));
        return known;
    }

    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        return Map.of();
    }

    /** A failed poll keeps the signals of the last one: old signals are better than none. */
    private void look() {
        try {
            HttpRequest request = HttpRequest.newBuilder(table).timeout(timeout).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                seen = GridTable.parse(answer.body());
            } else {
                LOG.warn("reading signals failed url={} status={}; the last ones stay", table, answer.statusCode());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalArgumentException failed) {
            LOG.warn("reading signals failed url={} reason=\"{}\"; the last ones stay", table, failed.toString());
        }
    }
}
// docs: end
