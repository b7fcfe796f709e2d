// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import eu.nephele.smo.access.http.json.ConditionJson;
import eu.nephele.smo.access.http.json.OperationJson;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class GraphJson {

    private GraphJson() {}

    static String path(GraphId graph) {
        return OperationJson.path(graph);
    }

    static ObjectNode summary(GraphItem graph) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("project", graph.id().project());
        node.put("name", graph.id().name());
        node.put("version", graph.version());
        node.put("generation", graph.generation());
        node.put("revision", graph.revision());
        node.put("paused", graph.paused());
        node.put("desired", graph.desired().name());
        node.put("phase", graph.phase().name());
        node.put("staticPlacement", graph.staticPlacement());
        node.put("assignment", graph.assignment());
        node.put("decisionId", graph.decisionId().orElse(null));
        node.put("dashboard", graph.dashboard().map(URI::toString).orElse(null));
        node.put("createdAt", graph.times().createdAt().toString());
        node.put("updatedAt", graph.times().updatedAt().toString());
        return node;
    }

    static ObjectNode whole(GraphView view, ClusterNames names, Optional<Operation> open) {
        ObjectNode node = summary(view.item());
        open.ifPresentOrElse(
                operation -> node.set("operation", OperationJson.link(operation)), () -> node.putNull("operation"));
        ArrayNode drift = node.putArray("drift");
        view.drift().forEach(found -> drift.addObject()
                .put("service", found.service())
                .put("field", found.field())
                .put("expected", found.expected())
                .put("actual", found.actual())
                .put("since", found.since().toString()));
        node.set("conditions", ConditionJson.toJson(view.conditions()));
        ObjectNode placement = node.putObject("placement");
        view.placement().shares().forEach((service, shares) -> placement.set(service, shares(shares, names)));
        ArrayNode clusters = node.putArray("clusters");
        view.clusters().forEach(cluster -> clusters.add(names.get(cluster)));
        ArrayNode services = node.putArray("services");
        view.services().forEach(service -> services.add(service(service, names)));
        node.putRawValue("hdaGraph", new RawValue(view.graph().descriptor().toJson()));
        return node;
    }

    static ObjectNode service(ServiceView service, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", service.spec().id());
        node.put("state", service.state().name());
        node.put("conditional", service.spec().trigger().isConditional());
        ArrayNode shares = node.putArray("shares");
        service.shares().forEach(share -> shares.addObject()
                .put("cluster", names.get(share.cluster()))
                .put("replicas", share.replicas())
                .put("readyReplicas", service.readyOn(share.cluster())));
        node.put("replicas", service.shares().stream().mapToInt(Share::replicas).sum());
        node.put("readyReplicas", service.readyReplicas());
        node.set("perReplica", ClusterJson.resources(service.perReplica()));
        node.putObject("artifact")
                .put("reference", service.spec().artifact().reference())
                .put("kind", service.spec().artifact().kind())
                .put("implementer", service.spec().artifact().implementer());
        node.set("values", StrictJson.node(service.values()));
        ArrayNode imports = node.putArray("importClusters");
        service.importClusters().forEach(cluster -> imports.add(names.get(cluster)));
        node.put("dashboard", service.dashboard().map(URI::toString).orElse(null));
        service.hold().ifPresentOrElse(hold -> node.set("hold", hold(hold)), () -> node.putNull("hold"));
        node.put("message", service.message());
        return node;
    }

    private static ObjectNode hold(ReplicaHold hold) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("replicas", hold.replicas())
                .put("until", hold.until().map(Instant::toString).orElse(null));
    }

    static ArrayNode shares(List<Share> shares, ClusterNames names) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        shares.forEach(share ->
                nodes.addObject().put("cluster", names.get(share.cluster())).put("replicas", share.replicas()));
        return nodes;
    }
}
