// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The used calls of Prometheus. */
public final class PrometheusApi {

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusApi.class);
    private static final int BAD_DATA = 400;
    private static final int CANNOT_BE_EXECUTED = 422;
    private static final int FORBIDDEN = 403;
    private static final int BROKEN = 500;
    private static final int MAX_TEXT = 300;

    private final HttpSystem http;
    private final String system;
    private final ObjectMapper json = new ObjectMapper();

    public PrometheusApi(HttpSystem http, String system) {
        this.http = http;
        this.system = system;
    }

    public String system() {
        return system;
    }

    /** Queries present values up to this age; returns {@code data} of the answer. */
    JsonNode instant(String promQl, Duration notOlderThan) {
        return ask(
                "/api/v1/query", Map.of("query", promQl, "lookback_delta", PromQlDuration.text(notOlderThan)), promQl);
    }

    /** Queries past values; returns {@code data} of the answer. */
    JsonNode range(String promQl, Instant from, Instant to, Duration step) {
        Map<String, String> form = Map.of(
                "query", promQl, "start", from.toString(), "end", to.toString(), "step", PromQlDuration.text(step));
        return ask("/api/v1/query_range", form, promQl);
    }

    /** {@code REFUSED} with the message of Prometheus if it does not accept the expression. */
    public void check(String promQl) {
        HttpAnswer answer = http.send(call("/api/v1/query", Map.of("query", promQl), "Check a rule"));
        if (answer.status() == BAD_DATA) {
            throw refused(answer, promQl, "Check a rule");
        }
        // a valid query that fails with the present values may succeed later
        if (answer.status() == CANNOT_BE_EXECUTED) {
            LOG.warn(
                    "evaluating rule failed query=\"{}\" reason=\"{}\"; the rule is accepted",
                    promQl,
                    shown(answer.body()));
        }
    }

    /** Reloads the files; returns an error message, empty if Prometheus accepts them. */
    public Optional<String> reload() {
        HttpCall call =
                HttpCall.of("POST", "/-/reload", "Reload the rules").anyText().expecting(BROKEN, FORBIDDEN);
        HttpAnswer answer = http.send(call);
        if (answer.status() == FORBIDDEN) {
            throw new AdapterException(
                    Kind.REFUSED,
                    system,
                    "Reload the rules: %s does not allow reloading (start it with --web.enable-lifecycle): %s"
                            .formatted(system, shown(answer.body())));
        }
        return answer.status() == BROKEN ? Optional.of(shown(answer.body())) : Optional.empty();
    }

    private JsonNode ask(String path, Map<String, String> form, String promQl) {
        HttpAnswer answer = http.send(call(path, form, "Read metrics"));
        if (answer.status() == BAD_DATA || answer.status() == CANNOT_BE_EXECUTED) {
            throw refused(answer, promQl, "Read metrics");
        }
        JsonNode body = tree(answer.body()).orElseThrow(() -> unexpected(promQl, answer.body()));
        if (!"success".equals(body.path("status").asText())
                || !body.path("data").has("resultType")) {
            throw unexpected(promQl, answer.body());
        }
        body.path("warnings")
                .forEach(warning -> LOG.warn(
                        "query warning system={} query=\"{}\" reason=\"{}\"", system, promQl, shown(warning.asText())));
        return body.path("data");
    }

    private static HttpCall call(String path, Map<String, String> form, String what) {
        String body = new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return HttpCall.of("POST", path, what)
                .body(body, "application/x-www-form-urlencoded")
                .expecting(BAD_DATA, CANNOT_BE_EXECUTED);
    }

    private AdapterException refused(HttpAnswer answer, String promQl, String what) {
        Optional<JsonNode> body = tree(answer.body());
        String type = body.map(node -> node.path("errorType").asText("")).orElse("");
        String error = body.map(node -> node.path("error").asText("")).orElse("");
        return new AdapterException(
                Kind.REFUSED,
                system,
                "%s: %s refused the query %s: %s"
                        .formatted(
                                what,
                                system,
                                shown(promQl),
                                error.isEmpty()
                                        ? "status %d, %s".formatted(answer.status(), shown(answer.body()))
                                        : type + ", " + shown(error)));
    }

    private AdapterException unexpected(String promQl, String body) {
        return new AdapterException(
                Kind.REFUSED,
                system,
                "Read metrics: %s did not answer the query %s as a Prometheus does: %s"
                        .formatted(system, shown(promQl), shown(body)));
    }

    private Optional<JsonNode> tree(String text) {
        try {
            return Optional.ofNullable(json.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    static String shown(String text) {
        String line = text.substring(0, Math.min(text.length(), 4 * MAX_TEXT))
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
