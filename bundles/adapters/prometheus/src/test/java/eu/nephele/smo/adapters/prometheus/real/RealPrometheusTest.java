// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.prometheus.DefaultMetrics;
import eu.nephele.smo.adapters.prometheus.query.MetricTemplate;
import eu.nephele.smo.adapters.prometheus.query.PrometheusApi;
import eu.nephele.smo.adapters.prometheus.query.PrometheusMetrics;
import eu.nephele.smo.adapters.prometheus.query.QuerySettings;
import eu.nephele.smo.adapters.prometheus.rules.RuleFiles;
import eu.nephele.smo.adapters.prometheus.rules.RuleFolder;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.lab.testkit.AlertRulesContract;
import eu.nephele.smo.lab.testkit.MetricsSourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The adapter against a real Prometheus with a real Alertmanager. */
@Timeout(120)
class RealPrometheusTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SERVICES = 60;
    private static final long BEGIN = System.currentTimeMillis();

    @TempDir
    static Path folder;

    private static Monitoring monitoring;
    private static PrometheusMetrics metrics;
    private static volatile boolean ends = true;

    @BeforeAll
    static void start() throws Exception {
        monitoring = new Monitoring(folder, RealPrometheusTest::exposition);
        metrics = metrics(4);
        Programs.await("rates are whole", SOON, () -> metrics.instant(List.of(rate(40))).values().stream()
                .anyMatch(perSecond -> perSecond > 36));
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (monitoring != null) {
            monitoring.end();
        }
    }

    /** Service i gets i requests per second, in two series; some metrics are of no use. */
    private static String exposition() {
        double seconds = (System.currentTimeMillis() - BEGIN) / 1000.0;
        StringBuilder text = new StringBuilder("# TYPE flask_http_request_total counter\n");
        for (int i = 0; i < SERVICES; i++) {
            for (String code : List.of("200", "500")) {
                text.append("flask_http_request_total{service=\"s%d\",namespace=\"demo\",code=\"%s\"} %.3f\n"
                        .formatted(i, code, i * seconds / 2));
            }
        }
        text.append("flask_http_request_total{service=\"s1\",namespace=\"foreign\"} %.3f\n".formatted(1000 * seconds));
        text.append(ends ? "" : "# TYPE ending gauge\nending 5\n");
        for (int pod = 0; pod < 2; pod++) {
            appendContainer("s3", "s3-" + pod, 0.25 * seconds, 64 << 20, text);
            appendContainer("POD", "s3-" + pod, 0.01 * seconds, 1 << 20, text);
            // of the whole pod
            appendContainer("", "s3-" + pod, 0.26 * seconds, 65 << 20, text);
        }
        text.append("kube_deployment_status_replicas_ready{deployment=\"s3\",namespace=\"demo\"} 2\n");
        text.append("kube_deployment_status_replicas_ready{deployment=\"s3\",namespace=\"foreign\"} 7\n");
        text.append("# TYPE lux gauge\nlux{where=\"crossing\"} 3\n");
        return text.toString();
    }

    /** As the kubelet tells them: also of the pause container and of the pod as a whole. */
    private static void appendContainer(
            String container, String pod, double cpuSeconds, long memoryBytes, StringBuilder text) {
        String labels = "{container=\"%s\",namespace=\"demo\",pod=\"%s\"}".formatted(container, pod);
        text.append("container_cpu_usage_seconds_total%s %.3f\n".formatted(labels, cpuSeconds));
        text.append("container_memory_working_set_bytes%s %d\n".formatted(labels, memoryBytes));
    }

    @Test
    void useAndReadyReplicasOfAServiceAreThoseOfItsContainersOnly() throws Exception {
        PrometheusMetrics asConfigured = metrics(monitoring.http(), 4, DefaultMetrics.templates());
        WorkloadRef workload = rate(3).workload();
        Map<String, MetricQuery> queries = Stream.of(
                        MetricQuery.CPU_CORES, MetricQuery.MEMORY_BYTES, MetricQuery.READY_REPLICAS)
                .collect(Collectors.toMap(
                        metric -> metric,
                        metric -> new MetricQuery(metric, workload, Duration.ofSeconds(5), Optional.empty())));
        Programs.await("the use of the last seconds is told", SOON, () -> {
            Map<MetricQuery, Double> now = asConfigured.instant(queries.values());
            return Math.abs(now.getOrDefault(queries.get(MetricQuery.CPU_CORES), 0.0) - 0.5) <= 0.1;
        });
        assertThat(asConfigured.instant(queries.values()))
                .containsEntry(queries.get(MetricQuery.MEMORY_BYTES), 2.0 * (64 << 20))
                .containsEntry(queries.get(MetricQuery.READY_REPLICAS), 2.0);
        assertThat(asConfigured.range(queries.values(), Duration.ofSeconds(10), Duration.ofSeconds(1)))
                .containsOnlyKeys(queries.values().toArray(MetricQuery[]::new));
    }

    @Test
    void allServicesAreAskedForInOneRequest() throws Exception {
        List<MetricQuery> asked = Stream.concat(
                        IntStream.range(0, SERVICES).mapToObj(RealPrometheusTest::rate),
                        Stream.of(rate("demo", "absent")))
                .toList();
        int before = monitoring.http().calls();
        Map<MetricQuery, Double> rates = metrics.instant(asked);
        assertThat(monitoring.http().calls() - before).isEqualTo(1);
        assertThat(rates).hasSize(SERVICES).doesNotContainKey(rate("demo", "absent"));
        assertThat(rates.get(rate(0))).isZero();
        Programs.await("the load of the last seconds is told", SOON, () -> {
            Map<MetricQuery, Double> now = metrics.instant(asked);
            return Math.abs(now.get(rate(1)) - 1) <= 0.2 && Math.abs(now.get(rate(40)) - 40) <= 4;
        });
    }

    @Test
    void aWindowThatIsTooShortForDataIsMadeLonger() {
        MetricQuery shortWindow =
                new MetricQuery(MetricQuery.REQUEST_RATE, rate(4).workload(), Duration.ofMillis(500), Optional.empty());
        assertThat(metrics.instant(List.of(shortWindow))).containsOnlyKeys(shortWindow);
        PrometheusMetrics impatient = metrics(0);
        assertThat(impatient.instant(List.of(shortWindow))).isEmpty();
    }

    @Test
    void thePastOfAllServicesComesInOneRequest() throws Exception {
        int before = monitoring.http().calls();
        Map<MetricQuery, List<LoadPoint>> past = metrics.range(
                IntStream.range(0, SERVICES).mapToObj(RealPrometheusTest::rate).toList(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
        assertThat(monitoring.http().calls() - before).isEqualTo(1);
        assertThat(past).hasSize(SERVICES);
        assertThat(past.get(rate(30))).isNotEmpty().isSortedAccordingTo(java.util.Comparator.comparing(LoadPoint::at));
        // a busy machine may have interrupted the load for a moment
        Programs.await("the load of the last seconds is told", SOON, () -> {
            List<LoadPoint> points = metrics.range(List.of(rate(30)), Duration.ofSeconds(10), Duration.ofSeconds(1))
                    .get(rate(30));
            return Math.abs(points.get(points.size() - 1).perSecond() - 30) <= 6;
        });
    }

    @Test
    void aSeriesThatHasEndedIsNoDataThoughItHadAValueJustNow() throws Exception {
        MetricQuery ending = own("ending");
        ends = false;
        Programs.await(
                "it is measured", SOON, () -> metrics.instant(List.of(ending)).containsValue(5.0));
        ends = true;
        Programs.await("it is not measured", Duration.ofSeconds(5), () -> metrics.instant(List.of(ending))
                .isEmpty());
    }

    @Test
    void whatIsNoNumberIsNoData() {
        assertThat(metrics.instant(List.of(own("lux / 0"), own("lux - lux / 0"), own("0 * lux / 0"), own("lux"))))
                .isEqualTo(Map.of(own("lux"), 3.0));
    }

    @Test
    void aScalarIsAsGoodAsASeriesAndSeveralSeriesAreNot() {
        MetricQuery scalar = own("scalar(lux{where=\"$namespace\"}) or vector(1)");
        assertThat(refused(scalar)).hasMessageContaining("refused the query");
        assertThat(metrics.instant(List.of(own("scalar(lux)"), own("7")))).containsValues(3.0, 7.0);
        assertThat(refused(own("flask_http_request_total{service=\"$service\",namespace=\"demo\"}")))
                .hasMessageContaining("2 results")
                .hasMessageContaining("code=200");
    }

    @Test
    void promQlThatIsRefusedIsReportedInTheWordsOfPrometheus() {
        assertThat(refused(own("sum(rate(x[5m])")))
                .hasMessageContaining("bad_data")
                .hasMessageContaining("unclosed left parenthesis");
        assertThat(refused(own("\"text\""))).hasMessageContaining("string");
    }

    @Test
    void aRuleFiresAndItsAlertHasOurLabelsAndTheTextOfTheUser() throws Exception {
        RuleFiles rules = rules();
        WorkloadRef workload = rate("demo", "night-filter").workload();
        String text = "It's dark: \"{{ $value }}\" {{ broken\n- \uD83C\uDF19 % # ' lux";
        rules.ensure(workload, new EventRule("dark", "lux{where=\"crossing\"} < 5", Duration.ZERO, text), "smo-1");
        Programs.await("the alert has come", SOON, () -> monitoring.alerts().stream()
                .anyMatch(alert -> alert.contains("demo/graph/night-filter/dark")));
        String alert = monitoring.alerts().stream()
                .filter(each -> each.contains("demo/graph/night-filter/dark"))
                .findFirst()
                .orElseThrow();
        assertThat(alert)
                .contains("\"status\":\"firing\"")
                .contains("\"alertname\":\"demo/graph/night-filter/dark\"")
                .contains("\"severity\":\"critical\"")
                .contains("\"service\":\"night-filter\"")
                .contains("\"smo_project\":\"demo\"")
                .contains("\"smo_graph\":\"graph\"")
                .contains("\"smo_event\":\"dark\"")
                .contains("It's dark: \\\"{{ $value }}\\\" {{ broken\\n- \uD83C\uDF19 % # ' lux");
        assertThat(monitoring.credentials()).containsOnly("Bearer " + Monitoring.SECRET);
        assertThat(rules.owned("smo-1")).containsEntry(workload, Set.of("dark"));
        assertThat(rules.owned("smo-2")).isEmpty();
        rules.remove(workload, "dark");
        assertThat(monitoring.loadedRules()).doesNotContain("night-filter");
        assertThat(rules.owned("smo-1")).doesNotContainKey(workload);
    }

    @Test
    void aBrokenRuleIsRefusedAndTheOldOnesGoOn() throws Exception {
        RuleFiles rules = rules();
        WorkloadRef workload = rate("demo", "steady").workload();
        rules.ensure(workload, new EventRule("on", "lux > 100", Duration.ofSeconds(5), "on"), "smo-1");
        AdapterException words = catchThrowableOfType(
                AdapterException.class,
                () -> rules.ensure(workload, new EventRule("off", "lux >", Duration.ofSeconds(5), "off"), "smo-1"));
        assertThat(words.kind()).isEqualTo(Kind.REFUSED);
        assertThat(words).hasMessageContaining("unexpected end of input");
        AdapterException rejected = catchThrowableOfType(
                AdapterException.class,
                () -> rules.ensure(workload, new EventRule("on", "lux > 9", Duration.ofSeconds(-5), "on"), "smo-1"));
        assertThat(rejected.kind()).isEqualTo(Kind.REFUSED);
        assertThat(rejected).hasMessageContaining("rejected its rule files").hasMessageNotContaining("even without");
        assertThat(rules.owned("smo-1")).containsEntry(workload, Set.of("on"));
        assertThat(monitoring
                        .http()
                        .send(eu.nephele.smo.api.port.http.HttpCall.of("POST", "/-/reload", "x")
                                .anyText())
                        .status())
                .isEqualTo(200);
        assertThat(monitoring.loadedRules()).contains("demo/graph/steady/on").contains("lux \\u003e 100");
        rules.remove(workload, "on");
    }

    @Test
    void aFaultOfSomebodyElseIsDistinguishedAndTheRuleIsNotLeftBehind() throws Exception {
        RuleFiles rules = rules();
        WorkloadRef workload = rate("demo", "unlucky").workload();
        Path foreign = Files.writeString(monitoring.rules().resolve("foreign.yml"), "groups: [{name: x, rules: 7}]");
        try {
            AdapterException failure = catchThrowableOfType(
                    AdapterException.class,
                    () -> rules.ensure(workload, new EventRule("e", "lux > 9", Duration.ZERO, ""), "smo-1"));
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageContaining("even without this rule");
            assertThat(rules.owned("smo-1")).doesNotContainKey(workload);
        } finally {
            Files.delete(foreign);
        }
        rules.ensure(workload, new EventRule("e", "lux > 9", Duration.ZERO, ""), "smo-1");
        assertThat(monitoring.loadedRules()).contains("unlucky");
        rules.remove(workload, "e");
    }

    @Test
    void aRuleThatIsThereAlreadyCostsNothingAndAfterARestartAReload() {
        WorkloadRef workload = rate("demo", "same").workload();
        EventRule rule = new EventRule("e", "lux > 9", Duration.ofSeconds(1), "");
        RuleFiles rules = rules();
        rules.ensure(workload, rule, "smo-1");
        int before = monitoring.http().calls();
        rules.ensure(workload, rule, "smo-1");
        rules.remove(workload, "other");
        assertThat(monitoring.http().calls()).isEqualTo(before);
        rules().ensure(workload, rule, "smo-1");
        assertThat(monitoring.http().calls()).isEqualTo(before + 2);
        rules.remove(workload, "e");
    }

    /** The contract of metrics sources. */
    @Nested
    class AsMetricsSource extends MetricsSourceContract {

        private final Switched http = new Switched(monitoring.http());
        private final PrometheusMetrics source = metrics(http, 4);

        @AfterEach
        void close() {
            http.close();
        }

        @Override
        protected MetricsSource adapter() {
            return source;
        }

        @Override
        protected MetricQuery measured() {
            return rate(40);
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return Map.of(AdapterException.SYSTEM, "prometheus");
        }

        @Override
        protected void breakTheSystem() {
            http.cut();
        }
    }

    /** The contract of alert rules, with files. */
    @Nested
    class AsAlertRules extends AlertRulesContract {

        private final RuleFiles files = rules();

        @Override
        protected AlertRules adapter() {
            return files;
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return Map.of(AdapterException.SYSTEM, "prometheus");
        }

        /** The list of rules comes from the folder, whose failures are not failures of Prometheus. */
        @Override
        protected Optional<String> system() {
            return Optional.empty();
        }

        @Override
        protected void breakTheSystem() {
            Path elsewhere = folder.resolve("elsewhere");
            moved(monitoring.rules(), elsewhere);
            back = Optional.of(elsewhere);
        }

        private Optional<Path> back = Optional.empty();

        @AfterEach
        void moveBack() {
            back.ifPresent(elsewhere -> moved(elsewhere, monitoring.rules()));
        }

        @Override
        protected long effects() {
            return monitoring.http().calls();
        }

        private static void moved(Path from, Path to) {
            try {
                Files.move(from, to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static RuleFiles rules() {
        return new RuleFiles(
                new RuleFolder(monitoring.rules(), "prometheus-files"),
                new PrometheusApi(monitoring.http(), "prometheus"),
                "critical",
                new OwnerFence("prometheus-rules"));
    }

    private static PrometheusMetrics metrics(int minWindowSeconds) {
        return metrics(monitoring.http(), minWindowSeconds);
    }

    private static PrometheusMetrics metrics(HttpSystem http, int minWindowSeconds) {
        return metrics(
                http,
                minWindowSeconds,
                "request_rate=sum by ($labels) (rate(flask_http_request_total{$selector}[$window]))");
    }

    private static PrometheusMetrics metrics(HttpSystem http, int minWindowSeconds, String... templates) {
        return new PrometheusMetrics(
                new PrometheusApi(http, "prometheus"),
                new QuerySettings(
                        MetricTemplate.parse(templates, "service"),
                        Optional.of("namespace"),
                        Duration.ofSeconds(minWindowSeconds),
                        Duration.ofSeconds(10),
                        8000,
                        100),
                InstantSource.system());
    }

    private static AdapterException refused(MetricQuery query) {
        AdapterException failure = catchThrowableOfType(AdapterException.class, () -> metrics.instant(List.of(query)));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        return failure;
    }

    private static MetricQuery rate(int service) {
        return rate("demo", "s" + service);
    }

    private static MetricQuery rate(String project, String service) {
        return new MetricQuery(
                MetricQuery.REQUEST_RATE,
                new WorkloadRef(new GraphId(project, "graph"), service),
                Duration.ofSeconds(1),
                Optional.empty());
    }

    private static MetricQuery own(String template) {
        return new MetricQuery(
                MetricQuery.REQUEST_RATE, rate(2).workload(), Duration.ofSeconds(5), Optional.of(template));
    }
}
