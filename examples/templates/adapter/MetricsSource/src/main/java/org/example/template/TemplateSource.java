// SPDX-License-Identifier: Apache-2.0
package org.example.template;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Queries the system template-name for the load of services. Its ranking puts it before the source of the server. */
@Component(
        configurationPid = "org.example.template",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = {AdapterException.SYSTEM + "=" + TemplateSource.SYSTEM, "service.ranking:Integer=100"})
@Designate(ocd = TemplateConfig.class, factory = true)
public final class TemplateSource implements MetricsSource {

    static final String SYSTEM = "template-name";

    private final HttpSystem system;

    @Activate
    public TemplateSource(TemplateConfig config, @Reference HttpSystems systems) {
        this(systems.open(new HttpSettings(
                SYSTEM,
                config.url(),
                Duration.ofMillis(config.connectTimeoutMillis()),
                Duration.ofMillis(config.timeoutMillis()),
                config.maxAnswerKiB() * 1024,
                Optional.of(config.proxy()).filter(proxy -> !proxy.isEmpty()),
                Optional.of(config.caFile()).filter(file -> !file.isEmpty()),
                Credentials.of(config.token(), "", ""))));
    }

    TemplateSource(HttpSystem system) {
        this.system = system;
    }

    /** Closes everything that the adapter has opened. */
    @Deactivate
    void end() {
        system.close();
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        Map<MetricQuery, Double> latest = new HashMap<>();
        ask(queries, Duration.ofMinutes(1), Duration.ofSeconds(10))
                .forEach((query, points) ->
                        latest.put(query, points.get(points.size() - 1).perSecond()));
        return latest;
    }

    /** The request, yours to change: one for all queries, and no entry for those without data. */
    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        return ask(queries, range, step);
    }

    private Map<MetricQuery, List<LoadPoint>> ask(Collection<MetricQuery> queries, Duration range, Duration step) {
        Map<String, MetricQuery> byName = new HashMap<>();
        queries.forEach(query -> byName.put(name(query), query));
        if (byName.isEmpty()) {
            return Map.of();
        }
        String names = byName.keySet().stream()
                .map(name -> "&of=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        String path = "/load?seconds=%d&step=%d%s".formatted(range.toSeconds(), step.toSeconds(), names);
        String answer = system.send(
                        HttpCall.of("GET", path, "Ask for the load of services").anyText())
                .body();
        Map<MetricQuery, List<LoadPoint>> points = new HashMap<>();
        answer.lines().filter(line -> !line.isBlank()).forEach(line -> read(line, byName, points));
        points.values().forEach(each -> each.sort(Comparator.comparing(LoadPoint::at)));
        return points;
    }

    private static String name(MetricQuery query) {
        return "%s:%s/%s"
                .formatted(
                        query.metric(),
                        query.workload().graph().project(),
                        query.workload().service());
    }

    /** The answer, yours to change: lines {@code metric:project/service second value}. */
    private static void read(String line, Map<String, MetricQuery> byName, Map<MetricQuery, List<LoadPoint>> points) {
        String[] parts = line.strip().split(" +");
        MetricQuery query = byName.get(parts[0]);
        try {
            if (query != null && parts.length == 3) {
                LoadPoint point =
                        new LoadPoint(Instant.ofEpochSecond(Long.parseLong(parts[1])), Double.parseDouble(parts[2]));
                points.computeIfAbsent(query, any -> new ArrayList<>()).add(point);
                return;
            }
        } catch (NumberFormatException wrong) {
            throw failure(line, wrong);
        }
        throw failure(line, new IllegalArgumentException("not a query, or not three words"));
    }

    private static AdapterException failure(String line, Exception cause) {
        String shown = line.substring(0, Math.min(line.length(), 100));
        return new AdapterException(
                Kind.REFUSED,
                SYSTEM,
                "Answer with the load is '%s', expected name, second and value".formatted(shown),
                cause);
    }
}
