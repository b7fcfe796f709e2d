// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Contents of a dashboard; the queries are checked elsewhere. */
class DashboardFactoryTest {

    private static final GraphId SHOP = new GraphId("brussels", "shop");

    private final DashboardFactory dashboards = Samples.dashboards(Map.of());

    @Test
    void aServiceHasFourPanelsWhoseTitlesBeginWithItsName() {
        List<JsonNode> panels = Samples.panels(dashboards.ofService(new WorkloadRef(SHOP, "cart")));
        assertThat(panels)
                .extracting(panel -> panel.path("title").asText())
                .containsExactly("cart pods", "cart CPU utilization", "cart RAM usage", "cart throttling");
        assertThat(panels).extracting(panel -> panel.path("type").asText()).containsOnly("timeseries");
        assertThat(panels).extracting(Samples::grid).containsExactly("0,0,24,8", "0,8,24,8", "0,16,24,8", "0,24,24,8");
    }

    @Test
    void aClusterHasNinePanelsInTheirPlaces() {
        List<JsonNode> panels = Samples.panels(dashboards.ofCluster(new ClusterId("karmada", "edge-1")));
        assertThat(panels)
                .extracting(panel ->
                        panel.path("title").asText() + " " + panel.path("type").asText() + " " + Samples.grid(panel))
                .containsExactly(
                        "CPU usage timeseries 0,0,14,7",
                        "CPU cores stat 14,0,4,7",
                        "CPU busy gauge 18,0,6,7",
                        "Memory Usage timeseries 0,7,18,7",
                        "Memory Usage gauge 18,7,6,7",
                        "Disk I/O timeseries 0,14,18,7",
                        "Disk Space Usage gauge 18,14,6,7",
                        "Network Received timeseries 0,21,12,7",
                        "Network Transmitted timeseries 12,21,12,7");
    }

    @Test
    void onlyAGraphRepeatsItsPanelsForEachService() {
        Dashboard graph = dashboards.ofGraph(Samples.graph("brussels", "shop", "cart", "pay"));
        assertThat(Samples.panels(graph))
                .hasSize(4)
                .allMatch(panel -> panel.path("repeat").asText().equals("service"))
                .allMatch(panel -> panel.path("repeatDirection").asText().equals("h"));
        JsonNode variable = graph.json(0).at("/templating/list/0");
        assertThat(variable.path("name").asText()).isEqualTo("service");
        assertThat(variable.path("query").asText()).isEqualTo("cart, pay");
        assertThat(variable.at("/options/0/selected").asBoolean()).isTrue();
        assertThat(variable.at("/options/1/selected").asBoolean(true)).isFalse();
        Stream.of(
                        dashboards.ofService(new WorkloadRef(SHOP, "cart")),
                        dashboards.ofCluster(new ClusterId("karmada", "edge-1")))
                .forEach(dashboard -> {
                    assertThat(Samples.panels(dashboard)).noneMatch(panel -> panel.has("repeat"));
                    assertThat(dashboard.json(0).has("templating")).isFalse();
                });
    }

    @Test
    void equalNamesOfDifferentThingsGiveDifferentDashboards() {
        List<String> uids = List.of(
                dashboards.ofGraph(Samples.graph("shop", "shop", "shop")).uid(),
                dashboards
                        .ofService(new WorkloadRef(new GraphId("shop", "shop"), "shop"))
                        .uid(),
                dashboards.ofCluster(new ClusterId("shop", "shop")).uid(),
                dashboards.ofCluster(new ClusterId("other", "shop")).uid(),
                dashboards.ofGraph(Samples.graph("other", "shop", "shop")).uid(),
                Samples.dashboards(Map.of("owner", "other"))
                        .ofGraph(Samples.graph("shop", "shop", "shop"))
                        .uid());
        assertThat(uids).doesNotHaveDuplicates();
    }

    @Property
    void uidsAndTagsAreAsShortAsGrafanaWantsThem(@ForAll String project, @ForAll String name, @ForAll String service) {
        DashboardOwnership dashboardOwnership = new DashboardOwnership("an-installation-with-quite-a-long-name!");
        GraphId graph = new GraphId(project, name);
        assertThat(List.of(
                        dashboardOwnership.graph(graph),
                        dashboardOwnership.service(new WorkloadRef(graph, service)),
                        dashboardOwnership.projectFolder(project)))
                .allMatch(uid -> uid.length() <= 40)
                .allMatch(uid -> uid.matches("smo-[gsp]-[0-9a-f]+"))
                .doesNotHaveDuplicates();
        assertThat(dashboardOwnership.tags(graph)).allMatch(tag -> tag.length() <= 50);
    }

    @Test
    void namesThatAreCutDifferentlyAreDifferent() {
        DashboardOwnership dashboardOwnership = new DashboardOwnership("smo");
        assertThat(Set.of(
                        dashboardOwnership.service(new WorkloadRef(new GraphId("a", "b-c"), "d")),
                        dashboardOwnership.service(new WorkloadRef(new GraphId("a", "b"), "c-d")),
                        dashboardOwnership.service(new WorkloadRef(new GraphId("a-b", "c"), "d")),
                        dashboardOwnership.graph(new GraphId("a", "b"))))
                .hasSize(4);
        assertThat(dashboardOwnership.tags(new GraphId("a".repeat(60), "b")))
                .isNotEqualTo(dashboardOwnership.tags(new GraphId("a".repeat(60), "c")));
    }

    @Test
    void windowsLabelsAndTheDataSourceAreConfigured() {
        DashboardFactory own = Samples.dashboards(Map.of(
                "datasourceUid",
                "thanos",
                "refreshSeconds",
                30,
                "serviceCpuWindowSeconds",
                120,
                "throttlingWindowSeconds",
                90,
                "namespaceLabel",
                "ns",
                "podLabel",
                "pod_name",
                "cpuGroupLabels",
                new String[] {"pod_name"},
                "clusterLabel",
                "cluster",
                "networkWindowSeconds",
                45));
        Dashboard service = own.ofService(new WorkloadRef(SHOP, "cart"));
        assertThat(service.json(0).path("refresh").asText()).isEqualTo("30s");
        assertThat(expressions(service).get(1))
                .contains("ns=\"brussels\"", "pod_name=~\"cart-", "[2m]", "sum by (pod_name) (")
                .doesNotContain("namespace=", "40s");
        assertThat(expressions(service).get(3)).contains("[90s]");
        assertThat(Samples.panels(service).get(0).at("/datasource/uid").asText())
                .isEqualTo("thanos");
        assertThat(Samples.panels(service)
                        .get(0)
                        .at("/targets/0/datasource/uid")
                        .asText())
                .isEqualTo("thanos");
        Dashboard cluster = own.ofCluster(new ClusterId("karmada", "edge-1"));
        assertThat(expressions(cluster)).allMatch(expr -> expr.contains("cluster=\"edge-1\""));
        assertThat(expressions(cluster).get(expressions(cluster).size() - 1)).contains("[45s]");
    }

    @Test
    void allQueriesOfAClusterAreForThisCluster() {
        Dashboard cluster = dashboards.ofCluster(new ClusterId("karmada", "edge-1"));
        for (String expr : expressions(cluster)) {
            assertThat(expr.split("\\{", -1).length).isEqualTo(expr.split("source=\"edge-1\"", -1).length);
        }
    }

    @Test
    void nothingElseBecomesOfANameThanAValue() {
        String nasty = "x\"} or vector(1) # \\ \n {{}} </script>";
        Dashboard cluster = dashboards.ofCluster(new ClusterId("karmada", nasty));
        assertThat(expressions(cluster).get(6))
                .contains("source=\"x\\\"} or vector(1) # \\\\ \\n {{}} </script>\"")
                .doesNotContain("\n");
        assertThat(cluster.title()).startsWith(nasty);
    }

    @Test
    void aDigestIsThatOfTheContentAlone() {
        Dashboard first = dashboards.ofService(new WorkloadRef(SHOP, "cart"));
        Dashboard again = Samples.dashboards(Map.of()).ofService(new WorkloadRef(SHOP, "cart"));
        Dashboard other = Samples.dashboards(Map.of("refreshSeconds", 6)).ofService(new WorkloadRef(SHOP, "cart"));
        assertThat(again.digest()).isEqualTo(first.digest()).isNotEqualTo(other.digest());
        assertThat(Dashboard.digestIn(first.json(7).path("description").asText()))
                .contains(first.digest());
        assertThat(Dashboard.digestIn("a description of somebody else")).isEmpty();
    }

    static List<String> expressions(Dashboard dashboard) {
        List<String> all = new ArrayList<>();
        Samples.panels(dashboard).forEach(panel -> panel.path("targets")
                .forEach(target -> all.add(target.path("expr").asText())));
        return all;
    }
}
