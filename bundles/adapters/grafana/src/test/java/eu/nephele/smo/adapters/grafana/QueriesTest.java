// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.adapters.grafana.Series.Workload;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every query of every panel, against a real Prometheus. */
class QueriesTest {

    private static final GraphId SHOP = new GraphId("shop", "graph");
    private static final String FIFTY = "a-service-whose-name-has-exactly-fifty-characters-".substring(0, 49) + "x";
    private static final String SIXTY_THREE = "a-service-with-the-longest-name-that-a-label-of-dns-can-have-63";
    private static final String NASTY = "a.b\"c\\d{}|$x";
    private static final Offset<Double> EXACTLY = within(1e-6);

    private static final List<Workload> WORKLOADS = List.of(
            deployment("shop", "cart", 3, 0.24, 1000, 0.1, "cart-75675f5897-7ck7p", "cart-75675f5897-zz9xx"),
            deployment("shop", "cart2", 5, 0.4, 7000, 0.2, "cart2-6d8f9c7b5d-bcdfg"),
            deployment("shop", "cart-2", 7, 0.64, 11000, 0.3, "cart-2-5f6b7c8d9-wxz24"),
            deployment("shop", "my-cart", 1, 1.44, 290000, 0.35, "my-cart-5f6b7c8d9-wxz24"),
            deployment("other", "cart", 11, 0.8, 13000, 0.4, "cart-75675f5897-ppppp"),
            statefulSet("shop", "db", 2, 1.04, 17000, 0.5, "db-0", "db-1", "db-12"),
            statefulSet("shop", "cart-db", 2, 1.2, 19000, 0.6, "cart-db-0"),
            deployment("shop", FIFTY, 1, 1.6, 23000, 0.7, FIFTY + "-75675f5" + "bcdfg"),
            deployment("shop", SIXTY_THREE, 1, 1.84, 29000, 0.8, SIXTY_THREE.substring(0, 58) + "bcdfg"));

    private static final Optional<String> MISSING = RealPrometheus.missing();

    @TempDir
    static Path folder;

    private static RealPrometheus prometheus;

    private final DashboardFactory dashboards = Samples.dashboards(Map.of());

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        if (MISSING.isPresent()) {
            System.err.println(MISSING.get());
            return;
        }
        long now = Instant.now().getEpochSecond() / 10 * 10;
        Series series = new Series(now)
                .cluster("edge-1", 0.6, 1)
                .cluster("edge-12", 0.1, 5)
                .cluster(NASTY, 0.2, 3);
        WORKLOADS.forEach(series::workload);
        prometheus = RealPrometheus.start(folder, series.openMetrics(), now);
    }

    /** Here and not before all, so that each test counts as skipped. */
    @BeforeEach
    void needPrometheus() {
        Assumptions.assumeTrue(MISSING.isEmpty(), () -> MISSING.orElse(""));
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    static List<Workload> workloads() {
        return WORKLOADS;
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aServiceShowsItsOwnPodsAndNoOthers(Workload workload) throws Exception {
        GraphId graph = new GraphId(workload.namespace(), "graph");
        List<String> expressions =
                DashboardFactoryTest.expressions(dashboards.ofService(new WorkloadRef(graph, workload.name())));
        assertThat(expressions).hasSize(4);
        expects(workload, expressions);
    }

    @Test
    void aGraphShowsForEachServiceWhatTheServicesDashboardShows() throws Exception {
        for (Workload workload : WORKLOADS) {
            // the Deployment of the longest name is distinguished on the service's own dashboard only
            if (workload.namespace().equals("shop") && !workload.name().equals(SIXTY_THREE)) {
                List<String> expressions = DashboardFactoryTest.expressions(
                        dashboards.ofGraph(Samples.graph("shop", "graph", "cart", FIFTY)));
                expects(workload, chosen(expressions, workload.name()));
                if (workload.name().length() <= 46) {
                    expressions = DashboardFactoryTest.expressions(
                            dashboards.ofGraph(Samples.graph("shop", "graph", "cart", "db")));
                    expects(workload, chosen(expressions, workload.name()));
                }
            }
        }
    }

    @Test
    void aServiceThatDoesNotRunHasNoPodsAndNoDataAndNoErrors() throws Exception {
        List<String> expressions =
                DashboardFactoryTest.expressions(dashboards.ofService(new WorkloadRef(SHOP, "not-installed")));
        assertThat(values(expressions.get(0))).containsExactly(0.0);
        for (String expr : expressions.subList(1, 4)) {
            assertThat(values(expr)).isEmpty();
            assertThat(prometheus.range(expr).path("result")).isEmpty();
        }
    }

    @Test
    void withLabelsOfTheKubeletEachContainerHasALineOfItsOwn() throws Exception {
        DashboardFactory own = Samples.dashboards(Map.of("cpuGroupLabels", new String[] {"pod", "container"}));
        String expr = DashboardFactoryTest.expressions(own.ofService(new WorkloadRef(SHOP, "cart")))
                .get(1);
        assertThat(values(expr)).containsExactlyInAnyOrder(12.0, 6.0, 12.0, 6.0);
        JsonNode first = prometheus.instant(expr).at("/result/0/metric");
        assertThat(first.path("pod").asText()).startsWith("cart-75675f5897-");
        assertThat(first.path("container").asText()).isIn("main", "proxy");
    }

    @Test
    void withoutANamespaceLabelEqualNamesAreOneService() throws Exception {
        DashboardFactory own = Samples.dashboards(Map.of("namespaceLabel", ""));
        String expr = DashboardFactoryTest.expressions(own.ofService(new WorkloadRef(SHOP, "cart")))
                .get(0);
        assertThat(values(expr)).containsExactly(14.0);
    }

    @Test
    void withoutGroupsThereIsOneLine() throws Exception {
        DashboardFactory own =
                Samples.dashboards(Map.of("cpuGroupLabels", new String[0], "memoryGroupLabels", new String[0]));
        List<String> expressions = DashboardFactoryTest.expressions(own.ofService(new WorkloadRef(SHOP, "cart")));
        assertThat(values(expressions.get(1))).hasSize(1);
        assertThat(values(expressions.get(2))).hasSize(1);
    }

    @Test
    void theCpuOfAClusterAddsUpToAllOfIt() throws Exception {
        JsonNode panel = panels("edge-1").get(0);
        Map<String, Double> expected = Map.of(
                "Busy System",
                0.16,
                "Busy user",
                0.12,
                "Busy Iowait",
                0.04,
                "Busy IRQs",
                0.04,
                "Busy Other",
                0.04,
                "Idle",
                0.6);
        double sum = 0;
        for (JsonNode target : panel.path("targets")) {
            double value = only(target.path("expr").asText());
            assertThat(value)
                    .as(target.toString())
                    .isCloseTo(expected.get(target.path("legendFormat").asText()), EXACTLY);
            sum += value;
        }
        assertThat(panel.path("targets")).hasSize(6);
        assertThat(sum).isCloseTo(1, EXACTLY);
    }

    @Test
    void theOtherPanelsOfAClusterShowItsNodes() throws Exception {
        List<List<Double>> all = new ArrayList<>();
        for (JsonNode panel : panels("edge-12").subList(1, 9)) {
            for (JsonNode target : panel.path("targets")) {
                all.add(values(target.path("expr").asText()));
            }
        }
        List<List<Double>> expected = List.of(
                List.of(2.0, 2.0),
                List.of(90.0),
                List.of(2500.0, 2500.0),
                List.of(250.0, 250.0),
                List.of(750.0, 750.0),
                List.of(1500.0, 1500.0),
                List.of(50.0, 50.0),
                List.of(50.0, 50.0),
                List.of(100.0, 100.0),
                List.of(250.0, 250.0),
                List.of(0.6, 0.6),
                List.of(500.0, 500.0),
                List.of(250.0, 250.0));
        assertThat(all).hasSameSizeAs(expected);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)).as("query %d", i).hasSameSizeAs(expected.get(i));
            for (int j = 0; j < expected.get(i).size(); j++) {
                assertThat(all.get(i).get(j))
                        .as("query %d", i)
                        .isCloseTo(expected.get(i).get(j), EXACTLY);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge-1", "edge-12", NASTY})
    void everyQueryOfAClusterHasDataOverTimeToo(String cluster) throws Exception {
        for (String expr : DashboardFactoryTest.expressions(dashboards.ofCluster(new ClusterId("karmada", cluster)))) {
            assertThat(values(expr)).as(expr).isNotEmpty().allMatch(Double::isFinite);
            hasLines(expr);
        }
    }

    @Test
    void noQueryOfAClusterShowsAnother() throws Exception {
        for (String expr : DashboardFactoryTest.expressions(dashboards.ofCluster(new ClusterId("karmada", "edge-")))) {
            assertThat(values(expr)).as(expr).isEmpty();
        }
    }

    private void expects(Workload workload, List<String> expressions) throws Exception {
        assertThat(values(expressions.get(0))).containsExactly((double) workload.ready());
        assertThat(values(expressions.get(1))).containsExactly((double) workload.cpuPercent());
        assertThat(values(expressions.get(2))).containsExactly(workload.memory());
        List<Double> throttled = values(expressions.get(3));
        assertThat(throttled).hasSize(2);
        assertThat(throttled.stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(workload.throttled() * 1.5, EXACTLY);
        for (String expr : expressions) {
            hasLines(expr);
        }
    }

    private static void hasLines(String expr) throws Exception {
        JsonNode data = prometheus.range(expr);
        assertThat(data.path("resultType").asText()).isEqualTo("matrix");
        assertThat(data.path("result"))
                .as(expr)
                .isNotEmpty()
                .allMatch(line -> line.path("values").size() == 9);
    }

    private List<JsonNode> panels(String cluster) {
        return Samples.panels(dashboards.ofCluster(new ClusterId("karmada", cluster)));
    }

    /** Queries as Grafana renders them for one chosen service. */
    private static List<String> chosen(List<String> expressions, String service) {
        return expressions.stream()
                .map(expr -> expr.replace("$service", service))
                .toList();
    }

    private static double only(String expr) throws Exception {
        List<Double> values = values(expr);
        assertThat(values).as(expr).hasSize(1);
        return values.get(0);
    }

    private static List<Double> values(String expr) throws Exception {
        JsonNode data = prometheus.instant(expr);
        assertThat(data.path("resultType").asText()).as(expr).isEqualTo("vector");
        List<Double> values = new ArrayList<>();
        data.path("result")
                .forEach(series ->
                        values.add(Double.parseDouble(series.at("/value/1").asText())));
        return values;
    }

    private static Workload deployment(
            String namespace, String name, int ready, double cores, long bytes, double throttled, String... pods) {
        return new Workload("deployment", namespace, name, ready, List.of(pods), cores, bytes, throttled);
    }

    private static Workload statefulSet(
            String namespace, String name, int ready, double cores, long bytes, double throttled, String... pods) {
        return new Workload("statefulset", namespace, name, ready, List.of(pods), cores, bytes, throttled);
    }
}
