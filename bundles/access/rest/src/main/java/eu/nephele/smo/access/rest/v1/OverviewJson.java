// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.core.contract.overview.ClusterUse;
import eu.nephele.smo.core.contract.overview.GraphEntry;
import eu.nephele.smo.core.contract.overview.GraphEntry.OpenCondition;
import eu.nephele.smo.core.contract.overview.GraphTotals;
import eu.nephele.smo.core.contract.overview.HostedService;
import java.util.List;
import java.util.Locale;
import java.util.Map;

final class OverviewJson {

    private OverviewJson() {}

    static ObjectNode entry(GraphEntry entry, ClusterNames names) {
        ObjectNode node = GraphJson.summary(entry.item());
        node.put("href", GraphJson.path(entry.item().id()));
        node.put("services", entry.services());
        node.put("replicas", entry.replicas());
        ArrayNode clusters = node.putArray("clusters");
        entry.clusters().forEach(cluster -> clusters.add(names.get(cluster)));
        node.put("changedAt", entry.changedAt().toString());
        node.put("attention", entry.attention().name().toLowerCase(Locale.ROOT));
        entry.condition()
                .ifPresentOrElse(
                        condition -> node.set("condition", condition(condition)), () -> node.putNull("condition"));
        return node;
    }

    private static ObjectNode condition(OpenCondition condition) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", condition.type())
                .put("reason", condition.reason())
                .put("message", condition.message())
                .put("since", condition.since().toString())
                .put("remedy", condition.remedy());
    }

    static ObjectNode totals(GraphTotals totals, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("graphs", totals.graphs());
        node.put("services", totals.services());
        node.put("replicas", totals.replicas());
        ObjectNode phases = node.putObject("phases");
        totals.phases().forEach((phase, count) -> phases.put(phase.name(), count));
        ObjectNode projects = node.putObject("projects");
        projects.put("count", totals.projects());
        ArrayNode largest = projects.putArray("largest");
        totals.largest().forEach(project -> largest.addObject()
                .put("name", project.project())
                .put("graphs", project.graphs())
                .put("services", project.services())
                .put("replicas", project.replicas())
                .put("attention", project.inNeed()));
        ObjectNode attention = node.putObject("attention");
        attention.put("count", totals.inNeed());
        ArrayNode urgent = attention.putArray("items");
        totals.urgent().forEach(entry -> urgent.add(entry(entry, names)));
        return node;
    }

    /** The totals of somebody who sees no graph. */
    static ObjectNode nothing() {
        return totals(new GraphTotals(0, 0, 0, Map.of(), 0, List.of(), 0, List.of()), new ClusterNames(List.of()));
    }

    static ObjectNode use(ClusterUse use) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("graphs", use.graphs())
                .put("services", use.services())
                .put("replicas", use.replicas());
    }

    static ObjectNode hosted(HostedService service, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("project", service.key().graph().project());
        node.put("graph", service.key().graph().name());
        node.put("service", service.key().service());
        node.put("href", GraphJson.path(service.key().graph()));
        node.put("phase", service.phase().name());
        node.put("replicas", service.replicas());
        ArrayNode elsewhere = node.putArray("elsewhere");
        service.elsewhere().forEach(cluster -> elsewhere.add(names.get(cluster)));
        return node;
    }
}
