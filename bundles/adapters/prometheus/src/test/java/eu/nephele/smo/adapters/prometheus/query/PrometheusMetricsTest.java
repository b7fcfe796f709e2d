// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import static eu.nephele.smo.adapters.prometheus.query.ScriptedHttp.data;
import static eu.nephele.smo.adapters.prometheus.query.ScriptedHttp.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries to Prometheus, and the meaning of its answers. */
class PrometheusMetricsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final String[] TEMPLATES = {
        "request_rate=sum by ($labels) (rate(r{$selector}[$window]))",
        "cpu_cores@container=sum by ($labels) (rate(c{$selector}[$window]))",
        "queue=q{s=\"$service\",n=\"$namespace\"}"
    };

    @Test
    void oneQueryIsForAllServicesOfAMetric() {
        ScriptedHttp http = new ScriptedHttp(form -> data(
                "vector",
                "[%s,%s,%s]".formatted(series("a", "p", "1.5"), series("b", "q", "2"), series("b", "p", "99"))));
        MetricQuery a = rate("p", "a");
        MetricQuery b = rate("q", "b");
        MetricQuery silent = rate("q", "c");
        assertThat(metrics(http, "namespace").instant(List.of(a, b, silent))).isEqualTo(Map.of(a, 1.5, b, 2.0));
        assertThat(http.queries())
                .containsExactly("sum by (service, namespace) (rate(r{service=~\"a|b|c\",namespace=~\"p|q\"}[60s]))");
        assertThat(http.asked().get(0)).containsEntry("path", "/api/v1/query").containsEntry("lookback_delta", "90s");
    }

    @Test
    void metricsAndWindowsHaveQueriesOfTheirOwnAndLabelsOfTheirOwn() {
        ScriptedHttp http = new ScriptedHttp(form -> data("vector", "[]"));
        metrics(http, "")
                .instant(List.of(
                        rate("p", "a"),
                        new MetricQuery("request_rate", ref("p", "a"), Duration.ofMillis(90_500), Optional.empty()),
                        new MetricQuery("cpu_cores", ref("p", "a"), SHORT, Optional.empty()),
                        new MetricQuery("queue", ref("p", "a"), SHORT, Optional.empty()),
                        new MetricQuery("nobody-knows", ref("p", "a"), SHORT, Optional.empty())));
        assertThat(http.queries())
                .containsExactly(
                        "sum by (service) (rate(r{service=~\"a\"}[60s]))",
                        "sum by (service) (rate(r{service=~\"a\"}[90500ms]))",
                        "sum by (container) (rate(c{container=~\"a\"}[60s]))",
                        "q{s=\"a\",n=\"p\"}");
    }

    @Test
    void namesAreDataAndNeverPartOfTheLanguage() {
        ScriptedHttp http = new ScriptedHttp(form -> data("vector", "[]"));
        WorkloadRef nasty = ref("p", "a.b|c\"}) or vector(1) #\\$namespace");
        metrics(http, "")
                .instant(List.of(
                        new MetricQuery("request_rate", nasty, SHORT, Optional.empty()),
                        new MetricQuery("x", nasty, SHORT, Optional.of("x{s=\"$service\"} * $1"))));
        assertThat(http.queries())
                .containsExactly(
                        "sum by (service) (rate(r{service=~\"a\\\\.b\\\\|c\\\"\\\\}\\\\) or vector\\\\(1\\\\) #\\\\\\\\\\\\$namespace\"}[60s]))",
                        "x{s=\"a.b|c\\\"}) or vector(1) #\\\\$namespace\"} * $1");
    }

    @Test
    void aLongQueryIsDividedAndNobodyIsForgotten() {
        ScriptedHttp http = new ScriptedHttp(form -> {
            List<String> all = new ArrayList<>();
            String query = form.getOrDefault("query", "");
            IntStream.range(0, 300)
                    .filter(i -> query.contains("service-%03d".formatted(i)))
                    .forEach(i -> all.add(series("service-%03d".formatted(i), "p", "1")));
            return data("vector", "[" + String.join(",", all) + "]");
        });
        List<MetricQuery> asked = IntStream.range(0, 300)
                .mapToObj(i -> rate("p", "service-%03d".formatted(i)))
                .toList();
        assertThat(metrics(http, "namespace").instant(asked)).hasSize(300);
        assertThat(http.queries()).hasSizeBetween(7, 10).allMatch(query -> query.length() <= 600);
    }

    @Test
    void severalSeriesOfOneServiceAreAddedUp() {
        ScriptedHttp http = new ScriptedHttp(
                form -> data("vector", "[%s,%s]".formatted(series("a", "p", "1.5"), series("a", "p", "2"))));
        assertThat(metrics(http, "namespace").instant(List.of(rate("p", "a")))).containsValue(3.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-Inf"})
    void whatIsNoNumberIsNoData(String value) {
        ScriptedHttp http = new ScriptedHttp(
                form -> data("vector", "[%s,%s]".formatted(series("a", "p", value), series("b", "p", "0"))));
        MetricQuery idle = rate("p", "b");
        assertThat(metrics(http, "namespace").instant(List.of(rate("p", "a"), idle)))
                .isEqualTo(Map.of(idle, 0.0));
    }

    @Test
    void whatIsTooOldIsNoData() {
        ScriptedHttp http = new ScriptedHttp(form -> data(
                "vector",
                "[{\"metric\":{\"service\":\"a\",\"namespace\":\"p\"},\"value\":[%d,\"7\"]},{\"metric\":{\"service\":\"b\",\"namespace\":\"p\"},\"value\":[%d.5,\"8\"]}]"
                        .formatted(NOW.getEpochSecond() - 91, NOW.getEpochSecond() - 90)));
        assertThat(metrics(http, "namespace").instant(List.of(rate("p", "a"), rate("p", "b"))))
                .containsOnlyKeys(rate("p", "b"));
    }

    @Test
    void aQueryOfADescriptorMayAnswerAScalarOrOneSeries() {
        ScriptedHttp http =
                new ScriptedHttp(form -> form.getOrDefault("query", "").startsWith("scalar")
                        ? data("scalar", "[%d,\"4\"]".formatted(NOW.getEpochSecond()))
                        : data("vector", "[%s]".formatted(series("whatever", "p", "5"))));
        MetricQuery scalar = own("a", "scalar(x{s=\"$service\"})");
        MetricQuery vector = own("a", "x{s=\"$service\"}");
        assertThat(metrics(http, "namespace").instant(List.of(scalar, vector)))
                .isEqualTo(Map.of(scalar, 4.0, vector, 5.0));
    }

    @Test
    void aQueryOfADescriptorWithSeveralResultsIsRefusedByName() {
        ScriptedHttp http = new ScriptedHttp(
                form -> data("vector", "[%s,%s]".formatted(series("a", "p", "1.5"), series("b", "p", "2"))));
        AdapterException failure = failure(metrics(http, "namespace"), own("a", "up{s=\"$service\"}"));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure)
                .hasMessageContaining("up{s=\"a\"}")
                .hasMessageContaining("2 results")
                .hasMessageContaining("service=b");
    }

    @Test
    void aQueryThatIsRefusedSaysSoInTheWordsOfPrometheus() {
        ScriptedHttp http = new ScriptedHttp(form ->
                json(400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error at char 3\"}"));
        AdapterException failure = failure(metrics(http, "namespace"), own("a", "x{{"));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("refused the query x{{: bad_data, parse error at char 3");
    }

    @Test
    void aBadQueryOfOneDescriptorSpoilsNothingForOthers() {
        ScriptedHttp http =
                new ScriptedHttp(form -> form.getOrDefault("query", "").equals("bad")
                        ? json(422, "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"no\"}")
                        : data("vector", "[%s]".formatted(series("a", "p", "1"))));
        MetricQuery good = own("c", "good");
        assertThat(metrics(http, "namespace").instant(List.of(own("b", "bad"), rate("p", "a"), good)))
                .containsOnlyKeys(rate("p", "a"), good);
        assertThat(failure(metrics(http, "namespace"), own("b", "bad")).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void oneSlowQueryOfADescriptorIsItsOwnFaultAndASilentSystemIsNot() {
        Function<Map<String, String>, HttpAnswer> script = form -> {
            if (form.getOrDefault("query", "").startsWith("slow")) {
                throw new AdapterException(Kind.TIMED_OUT, "prometheus", "late");
            }
            return data("vector", "[%s]".formatted(series("a", "p", "1")));
        };
        PrometheusMetrics metrics = metrics(new ScriptedHttp(script), "namespace");
        assertThat(metrics.instant(List.of(own("b", "slow"), rate("p", "a")))).hasSize(1);
        ScriptedHttp counted = new ScriptedHttp(script);
        AdapterException failure = catchThrowableOfType(AdapterException.class, () -> metrics(counted, "namespace")
                .instant(List.of(rate("p", "a"), own("b", "slow1"), own("c", "slow2"), own("d", "slow3"))));
        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(counted.queries()).hasSize(3);
    }

    @Test
    void aPrometheusThatIsAwayIsAskedOnce() {
        ScriptedHttp http = new ScriptedHttp(form -> {
            throw new AdapterException(Kind.UNAVAILABLE, "prometheus", "away", Optional.of(SHORT));
        });
        AdapterException failure = catchThrowableOfType(AdapterException.class, () -> metrics(http, "namespace")
                .instant(List.of(rate("p", "a"), own("b", "x"), own("c", "y"))));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.retryAfter()).contains(SHORT);
        assertThat(http.queries()).hasSize(1);
    }

    @Test
    void theSameQueryOfManyDescriptorsIsAskedOnceAndOnlySoManyAreAsked() {
        ScriptedHttp http = new ScriptedHttp(form -> data("vector", "[%s]".formatted(series("a", "p", "1"))));
        assertThat(metrics(http, "namespace").instant(List.of(own("a", "x"), own("b", "x"))))
                .hasSize(2);
        assertThat(http.queries()).hasSize(1);
        List<MetricQuery> many = IntStream.range(0, 50)
                .mapToObj(i -> own("s" + i, "x{s=\"$service\"}"))
                .toList();
        assertThat(metrics(http, "namespace").instant(many)).hasSize(20);
    }

    @Test
    void aQueryThatIsLeftOutKeepsItsLastValueUntilThatIsTooOld() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        ScriptedHttp http = new ScriptedHttp(form -> data(
                "vector",
                "[{\"metric\":{},\"value\":[%d,\"%d\"]}]"
                        .formatted(now.get().getEpochSecond(), now.get().getEpochSecond() - NOW.getEpochSecond())));
        PrometheusMetrics metrics =
                new PrometheusMetrics(new PrometheusApi(http, "prometheus"), settings("namespace"), now::get);
        List<MetricQuery> many = IntStream.range(0, 40)
                .mapToObj(i -> own("s" + i, "x{s=\"$service\"}"))
                .toList();
        assertThat(metrics.instant(many)).hasSize(20).containsValue(0.0);
        now.set(NOW.plusSeconds(90));
        Map<MetricQuery, Double> values = metrics.instant(many);
        assertThat(http.queries()).hasSize(40).doesNotHaveDuplicates();
        assertThat(many.subList(0, 20)).allSatisfy(query -> assertThat(values).containsEntry(query, 0.0));
        assertThat(many.subList(20, 40)).allSatisfy(query -> assertThat(values).containsEntry(query, 90.0));
        now.set(NOW.plusSeconds(181));
        assertThat(metrics.instant(many)).containsOnlyKeys(many.subList(0, 20)).containsValue(181.0);
    }

    @Test
    void aQueryThatIsSentAndNotAnsweredHasNoData() {
        AtomicReference<String> result = new AtomicReference<>("[%s]".formatted(series("a", "p", "1")));
        PrometheusMetrics metrics = metrics(new ScriptedHttp(form -> data("vector", result.get())), "namespace");
        assertThat(metrics.instant(List.of(own("a", "x")))).hasSize(1);
        result.set("[]");
        assertThat(metrics.instant(List.of(own("a", "x")))).isEmpty();
    }

    @Test
    void thePastComesOldestFirstAndWithoutHoles() {
        ScriptedHttp http = new ScriptedHttp(form -> data(
                "matrix",
                "[{\"metric\":{\"service\":\"a\",\"namespace\":\"p\"},\"values\":[[10,\"1\"],[20,\"NaN\"],[30.5,\"3\"]]},"
                        + "{\"metric\":{\"service\":\"a\",\"namespace\":\"p\"},\"values\":[[10,\"0.5\"]]}]"));
        Map<MetricQuery, List<LoadPoint>> past = metrics(http, "namespace")
                .range(List.of(rate("p", "a"), rate("p", "b")), Duration.ofMinutes(10), Duration.ofSeconds(30));
        assertThat(past)
                .isEqualTo(Map.of(
                        rate("p", "a"),
                        List.of(
                                new LoadPoint(Instant.ofEpochSecond(10), 1.5),
                                new LoadPoint(Instant.ofEpochMilli(30_500), 3))));
        assertThat(http.asked().get(0))
                .containsEntry("path", "/api/v1/query_range")
                .containsEntry("start", NOW.minusSeconds(600).toString())
                .containsEntry("end", NOW.toString())
                .containsEntry("step", "30s");
    }

    @Test
    void thePastIsAskedForAtMultiplesOfItsStep() {
        ScriptedHttp http = new ScriptedHttp(form -> data("matrix", "[]"));
        metrics(http, "namespace").range(List.of(rate("p", "a")), Duration.ofDays(14), Duration.ofMinutes(7));
        Instant end = Instant.ofEpochSecond(1_800_000_000L / 420 * 420);
        assertThat(end).isBefore(NOW);
        assertThat(http.asked().get(0))
                .containsEntry("start", end.minus(Duration.ofDays(14)).toString())
                .containsEntry("end", end.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"status\":\"error\"}",
                "{\"status\":\"success\",\"data\":{}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"x\"]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":7}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"x\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,2]}}"
            })
    void whatIsNoAnswerOfAPrometheusIsRefused(String body) {
        ScriptedHttp http = new ScriptedHttp(form -> json(200, body));
        assertThat(failure(metrics(http, "namespace"), rate("p", "a")).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void refusalsThatAreNoJsonAreRefusalsToo() {
        ScriptedHttp http = new ScriptedHttp(form -> json(400, "<html>Bad Request"));
        assertThat(failure(metrics(http, "namespace"), rate("p", "a")))
                .hasMessageContaining("status 400, <html>Bad Request");
    }

    @Test
    void valuesKeepTheirPrecision() {
        ScriptedHttp http =
                new ScriptedHttp(form -> data("vector", "[%s]".formatted(series("a", "p", "0.1234567890123"))));
        assertThat(metrics(http, "namespace")
                        .instant(List.of(rate("p", "a")))
                        .values()
                        .iterator()
                        .next())
                .isCloseTo(0.1234567890123, within(1e-15));
    }

    private static PrometheusMetrics metrics(ScriptedHttp http, String namespaceLabel) {
        return new PrometheusMetrics(
                new PrometheusApi(http, "prometheus"), settings(namespaceLabel), InstantSource.fixed(NOW));
    }

    static QuerySettings settings(String namespaceLabel) {
        return new QuerySettings(
                MetricTemplate.parse(TEMPLATES, "service"),
                Optional.of(namespaceLabel).filter(label -> !label.isEmpty()),
                Duration.ofSeconds(60),
                Duration.ofSeconds(90),
                600,
                20);
    }

    private static AdapterException failure(PrometheusMetrics metrics, MetricQuery query) {
        return catchThrowableOfType(AdapterException.class, () -> metrics.instant(List.of(query)));
    }

    private static MetricQuery rate(String project, String service) {
        return new MetricQuery(MetricQuery.REQUEST_RATE, ref(project, service), SHORT, Optional.empty());
    }

    private static MetricQuery own(String service, String template) {
        return new MetricQuery(MetricQuery.REQUEST_RATE, ref("p", service), SHORT, Optional.of(template));
    }

    private static WorkloadRef ref(String project, String service) {
        return new WorkloadRef(new GraphId(project, "g"), service);
    }

    private static String series(String service, String namespace, String value) {
        return "{\"metric\":{\"service\":\"%s\",\"namespace\":\"%s\"},\"value\":[%d,\"%s\"]}"
                .formatted(service, namespace, NOW.getEpochSecond(), value);
    }
}
