// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.lab.remote.wire.Messages.Measured;
import eu.nephele.smo.lab.remote.wire.Messages.MeasuredHistory;
import eu.nephele.smo.lab.remote.wire.Messages.RangeQuestion;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Metrics measured in the world; answers come in the order of the queries. */
final class RemoteMetrics implements MetricsSource {

    private static final TypeReference<List<Measured>> VALUES = new TypeReference<>() {};
    private static final TypeReference<List<MeasuredHistory>> HISTORIES = new TypeReference<>() {};

    private final WorldClient client;

    RemoteMetrics(WorldClient client) {
        this.client = client;
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        List<MetricQuery> asked = List.copyOf(queries);
        List<Measured> answers = client.post("/metrics/instant", asked, "Read metrics", VALUES);
        requireAll(asked, answers);
        Map<MetricQuery, Double> values = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            MetricQuery query = asked.get(i);
            answers.get(i).value().ifPresent(value -> values.put(query, value));
        }
        return values;
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        List<MetricQuery> asked = List.copyOf(queries);
        List<MeasuredHistory> answers = client.post(
                "/metrics/range", new RangeQuestion(asked, range, step), "Read metrics of the past", HISTORIES);
        requireAll(asked, answers);
        Map<MetricQuery, List<LoadPoint>> values = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!answers.get(i).points().isEmpty()) {
                values.put(asked.get(i), answers.get(i).points());
            }
        }
        return values;
    }

    private static void requireAll(List<MetricQuery> asked, List<?> answers) {
        if (asked.size() != answers.size()) {
            throw new AdapterException(
                    AdapterException.Kind.REFUSED,
                    WorldClient.SYSTEM,
                    "Read metrics: %d answers to %d questions".formatted(answers.size(), asked.size()));
        }
    }
}
