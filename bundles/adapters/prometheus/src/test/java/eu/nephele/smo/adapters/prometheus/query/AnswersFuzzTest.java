// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import eu.nephele.smo.lab.testkit.fuzz.JsonEdit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever a Prometheus answers is finite values, or a failure of that system. */
class AnswersFuzzTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Map<String, String> SAMPLES = Map.of(
            "vector", success("vector", "[{\"metric\":{\"service\":\"a\"},\"value\":[1800000000,\"1.5\"]}]"),
            "matrix",
                    success(
                            "matrix",
                            "[{\"metric\":{\"service\":\"a\"},\"values\":[[1799999990,\"1\"],[1799999999.5,\"+Inf\"]]}]"),
            "scalar", success("scalar", "[1800000000,\"NaN\"]"),
            "error", "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}",
            "warned",
                    "{\"status\":\"success\",\"warnings\":[\"slow\"],\"data\":{\"resultType\":\"vector\",\"result\":[]}}");

    private static String success(String type, String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}".formatted(type, result);
    }

    @Provide
    static Arbitrary<HostileBytes> texts() {
        return HostileBytes.editedTexts(SAMPLES);
    }

    @Provide
    static Arbitrary<JsonValue> trees() {
        return JsonEdit.edited(
                SAMPLES.values().stream().sorted().map(SampleJson::strict).toList());
    }

    @FuzzTarget
    void answersOfPrometheus(@ForAll("texts") HostileBytes answer) {
        valuesOrFailure(answer.text());
    }

    @FuzzTarget
    void valuesOfPrometheus(@ForAll("trees") JsonValue answer) {
        valuesOrFailure(answer.toJson());
    }

    private static void valuesOrFailure(String body) {
        Stream.of(200, 400).forEach(status -> {
            ScriptedHttp http = new ScriptedHttp(form -> ScriptedHttp.json(status, body));
            QuerySettings settings = PrometheusMetricsTest.settings("");
            PrometheusMetrics metrics =
                    new PrometheusMetrics(new PrometheusApi(http, "prometheus"), settings, InstantSource.fixed(NOW));
            MetricQuery shared = query(Optional.empty());
            MetricQuery own = query(Optional.of("up{s=\"$service\"}"));
            outcome(() ->
                    assertThat(metrics.instant(List.of(shared, own)).values()).allMatch(Double::isFinite));
            outcome(() -> assertThat(metrics.range(List.of(shared, own), Duration.ofMinutes(1), Duration.ofSeconds(1))
                            .values())
                    .allSatisfy(points -> assertThat(points).allMatch(point -> Double.isFinite(point.perSecond()))));
            outcome(() -> new PrometheusApi(http, "prometheus").check("up"));
        });
    }

    private static void outcome(Runnable call) {
        try {
            call.run();
        } catch (AdapterException failure) {
            assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(3_000);
        }
    }

    private static MetricQuery query(Optional<String> own) {
        return new MetricQuery("request_rate", new WorkloadRef(new GraphId("p", "g"), "a"), Duration.ofSeconds(5), own);
    }
}
