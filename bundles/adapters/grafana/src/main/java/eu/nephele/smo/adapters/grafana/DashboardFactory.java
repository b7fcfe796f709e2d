// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.adapters.grafana.Dashboard.Folder;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.ArrayList;
import java.util.List;

/** Builds the dashboards of graphs, services and clusters. */
final class DashboardFactory {

    private static final int SCHEMA = 40;

    /** A graph's panels repeat over it. */
    private static final String SERVICE = "service";

    private static final String EACH_SERVICE = "$" + SERVICE;

    private final DashboardOwnership dashboardOwnership;
    private final DashboardState dashboardState;
    private final ServicePanels services;
    private final ClusterPanels clusters;

    /** @param refreshSeconds refresh interval of the browser, 0 for never */
    record DashboardState(String datasource, int refreshSeconds, String clustersFolder) {}

    DashboardFactory(
            DashboardOwnership dashboardOwnership,
            DashboardState dashboardState,
            ServicePanels services,
            ClusterPanels clusters) {
        this.dashboardOwnership = dashboardOwnership;
        this.dashboardState = dashboardState;
        this.services = services;
        this.clusters = clusters;
    }

    /** One panel of each kind, which Grafana repeats for each chosen service. */
    Dashboard ofGraph(Graph graph) {
        GraphId id = graph.id();
        List<String> names = graph.services().stream().map(ServiceSpec::id).toList();
        ObjectNode json =
                skeleton(dashboardOwnership.graph(id), "%s (graph)".formatted(id.name()), dashboardOwnership.tags(id));
        json.putObject("templating").putArray("list").add(variable(names));
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        ArrayNode panels =
                panels(json, services.create(EACH_SERVICE, id.project(), PodNames.ofVariable(EACH_SERVICE, longest)));
        panels.forEach(panel -> ((ObjectNode) panel).put("repeat", SERVICE).put("repeatDirection", "h"));
        return new Dashboard(folder(id), json);
    }

    Dashboard ofService(WorkloadRef service) {
        GraphId graph = service.graph();
        String title = "%s (service of %s)".formatted(service.service(), graph.name());
        ObjectNode json = skeleton(dashboardOwnership.service(service), title, dashboardOwnership.tags(graph));
        panels(json, services.create(service.service(), graph.project(), PodNames.pattern(service.service())));
        return new Dashboard(folder(graph), json);
    }

    Dashboard ofCluster(ClusterId cluster) {
        String title = "%s (cluster of %s)".formatted(cluster.name(), cluster.source());
        ObjectNode json = skeleton(dashboardOwnership.cluster(cluster), title, dashboardOwnership.tags());
        panels(json, clusters.create(cluster.name()));
        return new Dashboard(new Folder(dashboardOwnership.clustersFolder(), dashboardState.clustersFolder()), json);
    }

    Folder folder(GraphId graph) {
        return new Folder(dashboardOwnership.projectFolder(graph.project()), graph.project());
    }

    private ObjectNode skeleton(String uid, String title, List<String> tags) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .putNull("id")
                .put("uid", uid)
                .put("title", title)
                .put("editable", true)
                .put("timezone", "browser")
                .put("schemaVersion", SCHEMA)
                .put("refresh", dashboardState.refreshSeconds() == 0 ? "" : dashboardState.refreshSeconds() + "s");
        tags.forEach(json.putArray("tags")::add);
        return json;
    }

    private ArrayNode panels(ObjectNode json, List<Panel> panels) {
        ArrayNode list = json.putArray("panels");
        panels.forEach(panel -> list.add(panel.json(list.size() + 1, dashboardState.datasource())));
        return list;
    }

    static List<String> servicesIn(JsonNode dashboard) {
        List<String> names = new ArrayList<>();
        dashboard
                .at("/templating/list/0/options")
                .forEach(option -> names.add(option.path("value").asText()));
        return names;
    }

    private static ObjectNode variable(List<String> names) {
        ObjectNode variable = JsonNodeFactory.instance
                .objectNode()
                .put("name", SERVICE)
                .put("type", "custom")
                .put("query", String.join(", ", names))
                .put("includeAll", true)
                .put("multi", true);
        ArrayNode options = variable.putArray("options");
        names.forEach(name -> options.addObject()
                .put("selected", options.size() == 1)
                .put("text", name)
                .put("value", name));
        ObjectNode current = variable.putObject("current").put("selected", true);
        current.putArray("text").add(names.get(0));
        current.putArray("value").add(names.get(0));
        return variable;
    }
}
