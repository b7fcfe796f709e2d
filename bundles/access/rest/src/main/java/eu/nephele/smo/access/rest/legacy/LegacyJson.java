// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.access.rest.cluster.ClusterOverview.ClusterEntry;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.port.NetworkFabric.ClusterNetwork;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Graphs, services and clusters with the field names and words of the reference. */
final class LegacyJson {

    private static final String DEPLOYED = "Deployed";
    private static final String NOT_DEPLOYED = "Not deployed";
    private static final String PENDING = "Pending";

    private LegacyJson() {}

    static ObjectNode graph(GraphView view, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", view.graph().id().name());
        node.put("status", view.item().desired() == DesiredState.STOPPED ? "Stopped" : "Running");
        node.put("project", view.graph().id().project());
        address(node, view.item().dashboard());
        node.set("hdaGraph", StrictJson.node(view.graph().descriptor()));
        placement(node, view, names);
        ArrayNode services = node.putArray("services");
        view.services().forEach(service -> services.add(service(view, service, names)));
        return node;
    }

    private static void placement(ObjectNode node, GraphView view, ClusterNames names) {
        if (view.placement().shares().isEmpty()) {
            node.putNull("placement");
            node.putNull("placementMap");
            return;
        }
        ArrayNode rows = node.putArray("placement");
        ObjectNode map = node.putObject("placementMap");
        for (ServiceView service : view.services()) {
            List<ClusterId> on = view.placement().clustersOf(service.spec().id());
            ArrayNode row = rows.addArray();
            view.clusters().forEach(cluster -> row.add(on.contains(cluster) ? 1 : 0));
            mainCluster(view.placement().of(service.spec().id()))
                    .ifPresent(cluster -> map.put(service.spec().id(), names.get(cluster)));
        }
    }

    /** The reference has one cluster for a service: of a divided one it is that with most replicas, the first among equals. */
    private static Optional<ClusterId> mainCluster(List<Share> shares) {
        return shares.stream()
                .min(Comparator.comparing(Share::replicas, Comparator.reverseOrder()))
                .map(Share::cluster);
    }

    private static ObjectNode service(GraphView view, ServiceView service, ClusterNames names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Resources needs = service.perReplica();
        Artifact artifact = service.spec().artifact();
        node.put("name", service.spec().id());
        node.put("status", status(view, service));
        address(node, service.dashboard());
        mainCluster(service.shares())
                .ifPresentOrElse(
                        cluster -> node.put("cluster_affinity", names.get(cluster)),
                        () -> node.putNull("cluster_affinity"));
        node.put("artifact_ref", artifact.reference());
        node.put("artifact_type", artifact.kind());
        node.put("artifact_implementer", artifact.implementer());
        node.put("cpu", LegacyQuantities.cores(needs));
        node.put("memory", LegacyQuantities.exact(needs.memoryBytes()));
        node.put("storage", LegacyQuantities.exact(needs.storageBytes()));
        node.put("gpu", needs.gpus() > 0);
        node.put("gpus", needs.gpus());
        node.set("values_overwrite", StrictJson.node(service.values()));
        node.set("alert", alert(view, service));
        return node;
    }

    private static String status(GraphView view, ServiceView service) {
        if (view.item().desired() != DesiredState.RUNNING) {
            return NOT_DEPLOYED;
        }
        if (service.state() == ServiceState.PENDING && service.spec().trigger().isConditional()) {
            return PENDING;
        }
        return view.graph().staticPlacement() || !service.shares().isEmpty() ? DEPLOYED : NOT_DEPLOYED;
    }

    private static ObjectNode alert(GraphView view, ServiceView service) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (service.spec().trigger() instanceof Trigger.OnEvent trigger) {
            Trigger.EventRule rule = trigger.events().get(0);
            String id = service.spec().id();
            node.put("alert", "%s/%s/%s".formatted(view.graph().id(), id, rule.id()));
            node.put("expr", rule.promQuery());
            node.put("for", LegacyQuantities.prometheus(rule.gracePeriod()));
            node.putObject("annotations").put("description", rule.description()).put("summary", rule.description());
            node.putObject("labels")
                    .put("severity", "critical")
                    .put("service", id)
                    .put("smo_project", view.graph().id().project())
                    .put("smo_graph", view.graph().id().name())
                    .put("smo_event", rule.id());
        }
        return node;
    }

    /** @param number position of the cluster in the list, from 1 */
    static ObjectNode cluster(ClusterEntry cluster, int number, Optional<URI> dashboard) {
        Resources available = cluster.available();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", number);
        node.put("name", cluster.name());
        String location = cluster.state().location();
        node.put("location", location.isBlank() ? "Unknown" : location);
        node.put("available_cpu", LegacyQuantities.cores(available));
        node.put("available_ram", LegacyQuantities.display(available.memoryBytes()));
        node.put("availability", cluster.state().ready());
        node.put("acceleration", cluster.state().allocatable().gpus() > 0);
        address(node, dashboard);
        node.put("pod_cidr", range(cluster, ClusterNetwork::podCidr));
        node.put("service_cidr", range(cluster, ClusterNetwork::serviceCidr));
        return node;
    }

    /** Null where it is unknown. */
    private static @Nullable String range(ClusterEntry cluster, Function<ClusterNetwork, String> which) {
        return cluster.network().map(which).filter(known -> !known.isBlank()).orElse(null);
    }

    private static void address(ObjectNode node, Optional<URI> dashboard) {
        dashboard.ifPresentOrElse(at -> node.put("grafana", at.toString()), () -> node.putNull("grafana"));
    }
}
