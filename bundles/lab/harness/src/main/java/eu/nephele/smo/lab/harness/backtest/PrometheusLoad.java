// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The past of a query, minute by minute, from a Prometheus. */
final class PrometheusLoad {

    /** A range query answers at most 11,000 points of a series. */
    private static final Duration PER_QUERY = Duration.ofDays(7);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;

    PrometheusLoad(String url) {
        this.url = url.replaceAll("/+$", "");
    }

    /** @throws IOException with a message for people */
    LoadShape read(String query, Instant end, Duration since) throws IOException, InterruptedException {
        ArrayNode values = json.createArrayNode();
        for (Instant from = end.minus(since); from.isBefore(end); from = from.plus(PER_QUERY)) {
            Instant to = from.plus(PER_QUERY).minus(MINUTE);
            JsonNode result =
                    ask(query, from, to.isAfter(end) ? end : to).path("data").path("result");
            if (result.size() > 1) {
                throw new IOException(
                        "The query answers %d series; expected one, for example a sum".formatted(result.size()));
            }
            result.path(0).path("values").forEach(values::add);
        }
        return LoadFile.ofJson(query, values);
    }

    private JsonNode ask(String query, Instant from, Instant to) throws IOException, InterruptedException {
        URI uri = URI.create("%s/api/v1/query_range?query=%s&start=%d&end=%d&step=%d"
                .formatted(
                        url,
                        URLEncoder.encode(query, StandardCharsets.UTF_8),
                        from.getEpochSecond(),
                        to.getEpochSecond(),
                        MINUTE.toSeconds()));
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("%s answered %d: %.300s".formatted(url, answer.statusCode(), answer.body()));
        }
        return json.readTree(answer.body());
    }
}
