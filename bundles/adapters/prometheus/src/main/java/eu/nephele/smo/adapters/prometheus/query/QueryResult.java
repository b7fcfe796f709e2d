// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class QueryResult {

    record ResultSample(Instant at, double value) {

        /** Neither NaN nor infinite. */
        boolean isNumber() {
            return Double.isFinite(value);
        }
    }

    /** @param labels none for a scalar */
    record ResultSeries(Map<String, String> labels, List<ResultSample> samples) {}

    private final List<ResultSeries> series;

    private QueryResult(List<ResultSeries> series) {
        this.series = series;
    }

    List<ResultSeries> series() {
        return series;
    }

    /** @throws AdapterException {@code REFUSED}: {@code data} has no numbers, or another form */
    static QueryResult create(JsonNode data, String promQl, String system) {
        String type = data.path("resultType").asText();
        JsonNode result = data.path("result");
        try {
            return switch (type) {
                case "scalar" -> new QueryResult(List.of(new ResultSeries(Map.of(), List.of(sample(result)))));
                case "vector" -> new QueryResult(list(result, "value"));
                case "matrix" -> new QueryResult(list(result, "values"));
                default ->
                    throw refused(promQl, system, "is a %s, expected numbers".formatted(PrometheusApi.shown(type)));
            };
        } catch (IllegalArgumentException malformed) {
            throw refused(promQl, system, "has another form than expected: " + PrometheusApi.shown(data.toString()));
        }
    }

    private static AdapterException refused(String promQl, String system, String fault) {
        return new AdapterException(
                Kind.REFUSED,
                system,
                "Read metrics: the answer of %s to %s %s".formatted(system, PrometheusApi.shown(promQl), fault));
    }

    private static List<ResultSeries> list(JsonNode result, String member) {
        if (!result.isArray()) {
            throw new IllegalArgumentException("not a list");
        }
        List<ResultSeries> all = new ArrayList<>();
        for (JsonNode one : result) {
            Map<String, String> labels = new TreeMap<>();
            one.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            JsonNode values = one.path(member);
            List<ResultSample> samples = new ArrayList<>();
            if (member.equals("value")) {
                samples.add(sample(values));
            } else {
                values.forEach(value -> samples.add(sample(value)));
            }
            all.add(new ResultSeries(labels, List.copyOf(samples)));
        }
        return List.copyOf(all);
    }

    private static ResultSample sample(JsonNode pair) {
        if (!pair.isArray()
                || pair.size() != 2
                || !pair.get(0).isNumber()
                || !pair.get(1).isTextual()) {
            throw new IllegalArgumentException("no value at a moment");
        }
        BigDecimal seconds = pair.get(0).decimalValue();
        return new ResultSample(
                Instant.ofEpochMilli(seconds.movePointRight(3).longValue()),
                number(pair.get(1).asText()));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
