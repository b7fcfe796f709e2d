// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The past of a service, by range queries to a Prometheus: replicas, handled rate, and the use of the processor. */
final class PrometheusHistory {

    /** Prometheus answers at most 11,000 points of a series at once. */
    private static final int MOST_POINTS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI server;
    private final Duration step;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    PrometheusHistory(URI server, Duration step) {
        this.server = server;
        this.step = step;
    }

    /**
     * @param replicas number of ready replicas
     * @param rate handled requests per second
     * @param utilisation share of the processor limit in use
     */
    record Queries(String replicas, String rate, String utilisation) {}

    /** Samples where both replicas and rate are known, oldest first. */
    List<ProfileSample> read(Queries queries, Instant from, Instant to) throws IOException {
        Map<Instant, Double> replicas = series(queries.replicas(), from, to);
        Map<Instant, Double> rates = series(queries.rate(), from, to);
        Map<Instant, Double> use = series(queries.utilisation(), from, to);
        List<ProfileSample> samples = new ArrayList<>();
        rates.forEach((at, rate) -> {
            Double count = replicas.get(at);
            if (count != null) {
                samples.add(ProfileSample.of(at, (int) Math.rint(count), rate)
                        .withUtilisation(use.getOrDefault(at, Double.NaN)));
            }
        });
        return samples;
    }

    private Map<Instant, Double> series(String query, Instant from, Instant to) throws IOException {
        Map<Instant, Double> values = new TreeMap<>();
        if (query.isEmpty()) {
            return values;
        }
        Duration part = step.multipliedBy(MOST_POINTS);
        for (Instant begin = from; begin.isBefore(to); begin = begin.plus(part)) {
            Instant end = begin.plus(part).minus(step);
            JsonNode result = ask(query, begin, end.isBefore(to) ? end : to);
            if (result.size() > 1) {
                throw new IOException("%d series answer %s, expected one: sum them".formatted(result.size(), query));
            }
            for (JsonNode point : result.path(0).path("values")) {
                values.put(
                        Instant.ofEpochMilli(Math.round(point.path(0).asDouble() * 1000)),
                        number(point.path(1).asText()));
            }
        }
        return values;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException infinite) {
            return Double.NaN;
        }
    }

    private JsonNode ask(String query, Instant from, Instant to) throws IOException {
        String base = server.toString().replaceAll("/+$", "");
        URI address = URI.create("%s/api/v1/query_range?query=%s&start=%s&end=%s&step=%d"
                .formatted(base, RestCalls.encoded(query), from, to, step.toSeconds()));
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body = new ObjectMapper().readTree(answer.body());
            if (!body.path("status").asText().equals("success")) {
                throw new IOException("%s answered %d to %s: %s"
                        .formatted(
                                base,
                                answer.statusCode(),
                                query,
                                body.path("error").asText()));
            }
            return body.at("/data/result");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", stopped);
        }
    }
}
