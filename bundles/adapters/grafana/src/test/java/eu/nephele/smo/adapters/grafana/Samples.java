// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Graphs and dashboards of the tests. */
final class Samples {

    private Samples() {}

    static Graph graph(String project, String name, String... services) {
        return new Graph(
                new GraphId(project, name),
                "1.0.0",
                false,
                Map.of(),
                Arrays.stream(services).map(Samples::service).toList(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }

    /** Returns the dashboard factory of a publisher with these settings. */
    static DashboardFactory dashboards(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.putIfAbsent("url", "http://grafana.example");
        GrafanaSettings settings = GrafanaSettings.from(Configured.with(values));
        return new DashboardFactory(
                settings.dashboardOwnership(),
                settings.look(),
                new ServicePanels(settings.labels(), settings.windows()),
                new ClusterPanels(settings.labels(), settings.windows()));
    }

    static List<JsonNode> panels(Dashboard dashboard) {
        List<JsonNode> panels = new ArrayList<>();
        dashboard.json(0).path("panels").forEach(panels::add);
        return panels;
    }

    /** Place and size: x, y, width, height. */
    static String grid(JsonNode panel) {
        JsonNode grid = panel.path("gridPos");
        return "%d,%d,%d,%d"
                .formatted(
                        grid.path("x").asInt(-1),
                        grid.path("y").asInt(-1),
                        grid.path("w").asInt(-1),
                        grid.path("h").asInt(-1));
    }

    private static ServiceSpec service(String id) {
        return new ServiceSpec(
                id,
                new Trigger.Auto(List.of()),
                new Artifact("oci://registry.example/" + id, "HELM", "VO", "HELM", JsonObject.EMPTY),
                Map.of(),
                ServiceScaling.UNSPECIFIED);
    }
}
