// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.graphitemetrics;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Queries Graphite for the load of services, all of them in one request; ranks before other sources. */
@Component(
        configurationPid = "eu.h3ni.graphite-metrics",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = {AdapterException.SYSTEM + "=" + GraphiteMetrics.SYSTEM, "service.ranking:Integer=100"})
@Designate(ocd = GraphiteConfig.class)
public final class GraphiteMetrics implements MetricsSource {

    static final String SYSTEM = "graphite";

    private final HttpSystem graphite;
    private final Map<String, String> templates;

    @Activate
    public GraphiteMetrics(GraphiteConfig config, @Reference HttpSystems systems) {
        this(
                systems.open(new HttpSettings(
                        SYSTEM,
                        config.url(),
                        Duration.ofMillis(config.connectTimeoutMillis()),
                        Duration.ofMillis(config.timeoutMillis()),
                        config.maxAnswerKiB() * 1024,
                        Optional.of(config.proxy()).filter(proxy -> !proxy.isEmpty()),
                        Optional.of(config.caFile()).filter(file -> !file.isEmpty()),
                        Credentials.of(config.token(), "", ""))),
                Map.of(MetricQuery.REQUEST_RATE, config.requestRate(), MetricQuery.CPU_CORES, config.cpuCores()));
    }

    /** @param templates metric to series */
    GraphiteMetrics(HttpSystem graphite, Map<String, String> templates) {
        this.graphite = graphite;
        this.templates = templates;
    }

    @Deactivate
    void end() {
        graphite.close();
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        Duration longest = queries.stream()
                .map(MetricQuery::window)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Map<MetricQuery, Double> values = new HashMap<>();
        render(queries, longest)
                .forEach((query, points) ->
                        values.put(query, points.get(points.size() - 1).perSecond()));
        return values;
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        Map<MetricQuery, List<LoadPoint>> thinned = new HashMap<>();
        render(queries, range).forEach((query, points) -> thinned.put(query, RawSeries.thinned(points, step)));
        return thinned;
    }

    /** Each series gets the number of its query as its name: names in answers differ from those in requests. */
    private Map<MetricQuery, List<LoadPoint>> render(Collection<MetricQuery> queries, Duration range) {
        List<MetricQuery> asked = queries.stream()
                .distinct()
                .filter(query -> !series(query).isEmpty())
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        StringBuilder targets = new StringBuilder();
        for (int i = 0; i < asked.size(); i++) {
            targets.append("&target=")
                    .append(encoded("alias(sumSeries(%s),\"%d\")".formatted(series(asked.get(i)), i)));
        }
        HttpCall call = HttpCall.of("POST", "/render", "Ask for the load of %d services".formatted(asked.size()))
                .body(
                        "format=raw&from=-%ds%s".formatted(Math.max(1, range.toSeconds()), targets),
                        "application/x-www-form-urlencoded")
                .anyText();
        Map<MetricQuery, List<LoadPoint>> byQuery = new HashMap<>();
        RawSeries.parse(graphite.send(call).body()).forEach((name, points) -> {
            if (name < asked.size() && !points.isEmpty()) {
                byQuery.put(asked.get(name), points);
            }
        });
        return byQuery;
    }

    /** @return "" for a metric without a configured series */
    private String series(MetricQuery query) {
        return templates
                .getOrDefault(query.metric(), "")
                .replace("$namespace", query.workload().graph().project())
                .replace("$service", query.workload().service());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
