// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.itests.MetricsPage.DescribedMetric;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real Prometheus watches a server at work: all metrics are described, and all panels of the dashboard have data. */
class WatchedServerIT {

    private static final long PATIENCE_SECONDS = 90;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(smo_[a-z_]+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PROCESS = Pattern.compile("(jvm|process|system)_.*");

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);

    @Test
    void everyMetricIsDescribedAndEveryPanelHasData() throws Exception {
        ScrapingPrometheus.require();
        Settings settings = Settings.fresh()
                .world(new int[] {100, 100})
                // nobody listens there: spans are exported, and lost
                .with("eu.nephele.smo.ops.tracing", "endpoint=http://127.0.0.1:9/v1/traces", "sampleRatio=1.0");
        try (ServerProcess server = ServerProcess.ready(port, settings.data());
                ScrapingPrometheus prometheus = ScrapingPrometheus.start(port, AlertRulesFile.RULES)) {
            assertThat(server.processId()).isPositive();
            work("first");
            Eventually.within(
                    PATIENCE_SECONDS, () -> prometheus.query("smo_health_ready == 1"), ready -> assertThat(ready)
                            .isNotEmpty());
            // a rate needs a value before and one after
            Thread.sleep(2_000);
            work("second");

            String text = client.get("/metrics").text();
            metricsAreThoseOfThePage(text);
            panelsHaveData(prometheus);
            durationsReferToTraces(prometheus);
            Eventually.within(PATIENCE_SECONDS, prometheus::alerts, alerts -> assertThat(alerts.values())
                    .as(alerts.toString())
                    .doesNotContain("firing"));
        }
    }

    private void work(String graph) throws Exception {
        NativeApi api = new NativeApi(client, "shop");
        RestClient.Answer accepted = client.call(
                "POST",
                api.graphs(),
                Descriptors.graph(graph, Descriptors.service(graph + "-a"), Descriptors.service(graph + "-b")),
                "traceparent",
                "00-" + TRACE + "-00f067aa0ba902b7-01");
        assertThat(accepted.status()).as(accepted.text()).isIn(200, 202);
        Eventually.within(PATIENCE_SECONDS, () -> api.graph(graph), view -> assertThat(
                        view.path("phase").asText())
                .isEqualTo("RUNNING"));
        assertThat(client.get("/api/v1/projects/shop/graphs/nothing").status()).isEqualTo(404);
        assertThat(client.call("GET", "/api/v1/clusters", "", "Authorization", "Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThat(client.postJson("/api/v1/sessions", "{\"user\":\"nobody\",\"password\":\"wrong\"}")
                        .status())
                .isEqualTo(401);
    }

    private static void metricsAreThoseOfThePage(String text) {
        Map<String, DescribedMetric> described = new TreeMap<>();
        MetricsPage.described().forEach(metric -> described.put(metric.name(), metric));
        Map<String, String> types = pairs(TYPE, text);
        Map<String, String> help = pairs(HELP, text);
        Set<String> shown = new TreeSet<>();
        types.forEach((name, type) -> {
            DescribedMetric metric = described.get(name.replaceFirst("_max$", ""));
            if (metric == null) {
                assertThat(name).as("not on the page").matches(PROCESS);
                return;
            }
            shown.add(metric.name());
            boolean greatest = metric.type().equals("HISTOGRAM") && name.endsWith("_max");
            assertThat(type)
                    .as(name)
                    .isEqualTo(greatest ? "gauge" : metric.type().toLowerCase(java.util.Locale.ROOT));
            assertThat(help.get(name)).as(name).isEqualTo(metric.meaning());
        });
        assertThat(shown)
                .as("R-061")
                .contains(
                        "smo_http_requests_seconds",
                        "smo_engine_graphs",
                        "smo_engine_services",
                        "smo_placement_duration_seconds",
                        "smo_scaling_duration_seconds",
                        "smo_engine_waiting_graphs",
                        "smo_journal_queue_decisions",
                        "smo_events_backlog_deliveries",
                        "smo_audit_waiting_entries");
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            DescribedMetric metric = described.get(sample.group(1));
            if (metric == null) {
                metric = described.get(sample.group(1).replaceFirst("_(bucket|count|sum|max)$", ""));
            }
            assertThat(metric).as(sample.group()).isNotNull();
            Map<String, String> labels = pairs(LABEL, sample.group(2) == null ? "" : sample.group(2));
            labels.remove("le");
            assertThat(labels.keySet())
                    .as(sample.group())
                    .isEqualTo(metric.values().keySet());
            metric.values().forEach((label, values) -> {
                if (!values.isEmpty()) {
                    assertThat(values).as(sample.group()).contains(labels.get(label));
                }
            });
        }
    }

    private static Map<String, String> pairs(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1), found -> found.group(2), (one, same) -> one, TreeMap::new));
    }

    private static void panelsHaveData(ScrapingPrometheus prometheus) throws Exception {
        JsonNode panels = new JsonMapper()
                .readTree(Files.readString(Distribution.HOME.resolve("monitoring/smo-dashboard.json")))
                .path("panels");
        assertThat(panels).hasSizeGreaterThan(40);
        List<String> empty =
                Eventually.within(PATIENCE_SECONDS, () -> emptyQueries(prometheus, panels), found -> assertThat(found)
                        .isEmpty());
        assertThat(empty).isEmpty();
    }

    /** Each expression is asked; those of panels that say why they may be empty have to be understood only. */
    private static List<String> emptyQueries(ScrapingPrometheus prometheus, JsonNode panels) throws Exception {
        List<String> empty = new ArrayList<>();
        for (JsonNode panel : panels) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asText();
                JsonNode series = prometheus.query(expression);
                boolean excused = panel.path("description").asText().startsWith("Empty ");
                if (!excused && !hasNumber(series)) {
                    empty.add(panel.path("title").asText() + ": " + expression);
                }
            }
        }
        return empty;
    }

    private static boolean hasNumber(JsonNode series) {
        for (JsonNode one : series) {
            if (!one.at("/value/1").asText("NaN").equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private static void durationsReferToTraces(ScrapingPrometheus prometheus) throws Exception {
        for (String histogram : List.of("smo_http_requests_seconds_bucket", "smo_engine_pass_seconds_bucket")) {
            Eventually.within(
                    PATIENCE_SECONDS, () -> prometheus.exemplars(histogram), series -> assertThat(series.toString())
                            .contains(TRACE));
        }
    }
}
