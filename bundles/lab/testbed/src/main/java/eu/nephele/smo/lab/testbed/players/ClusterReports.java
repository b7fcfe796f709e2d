// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps the Cluster objects: resources and health of a member. One that is silent is not ready after a while, tainted at
 * once against new objects, and some time later against present ones; its last summary stays.
 */
final class ClusterReports {

    private static final String FINALIZER = "karmada.io/cluster-controller";

    private final ControlPlane host;
    private final PlayedDelays delays;
    private final LongSupplier millis;
    private final Map<String, Long> summarised = new HashMap<>();

    /** @param millis a clock that only goes forward */
    ClusterReports(ControlPlane host, PlayedDelays delays, LongSupplier millis) {
        this.host = host;
        this.delays = delays;
        this.millis = millis;
    }

    private void join(MemberCluster member) {
        ObjectNode cluster = ApiServer.object(ObjectKind.CLUSTER, "", member.name());
        ((ObjectNode) cluster.path("metadata")).putArray("finalizers").add(FINALIZER);
        ObjectNode spec = cluster.putObject("spec").put("syncMode", "Push").put("provider", "testbed");
        spec.put("apiEndpoint", member.server().client().getMasterUrl().toString());
        spec.put("region", member.place().region()).put("zone", member.place().zone());
        host.server().apply(ObjectKind.CLUSTER, cluster, ControlPlane.CONTROLLERS);
    }

    void report(MemberCluster member) {
        ObjectNode cluster = host.get(ObjectKind.CLUSTER, "", member.name()).orElse(null);
        if (cluster == null) {
            join(member);
            return;
        }
        if (ControlPlane.ends(cluster)) {
            host.removeFinalizer(ObjectKind.CLUSTER, cluster, FINALIZER);
            return;
        }
        boolean known = PodStatuses.hasCondition(cluster, "Ready");
        boolean was = PodStatuses.isTrue(cluster, "Ready");
        long needed = !known ? 0 : was ? delays.notReady() : delays.readyAgain();
        boolean ready = (member.reachable() == was || member.sinceMillis() >= needed) ? member.reachable() : was;
        taint(cluster, ready);
        ObjectNode status = ApiServer.object();
        status.put("kubernetesVersion", "v1.20.2");
        status.putArray("conditions").add(ready ? ready(cluster) : gone(cluster));
        if (ready && member.reachable() && due(member)) {
            status.set("apiEnablements", member.apiEnablements());
            status.set("nodeSummary", member.nodeSummary());
            status.set("resourceSummary", summary(cluster, member));
        }
        if (differs(cluster.path("status"), status)) {
            host.server().patchStatus(ObjectKind.CLUSTER, cluster.path("metadata"), status, false);
        }
    }

    /** Returns whether a report is due: from time to time, and continuously until the kinds of the member are known. */
    private boolean due(MemberCluster member) {
        long now = millis.getAsLong();
        Long last = summarised.get(member.name());
        if (member.apiEnablements().isEmpty() || last == null || now - last >= delays.clusterStatus()) {
            summarised.put(member.name(), now);
            return true;
        }
        return false;
    }

    /** A merge patch removes a field only by an explicit null. */
    private static ObjectNode summary(ObjectNode cluster, MemberCluster member) {
        ObjectNode summary = member.resourceSummary();
        JsonNode before = cluster.path("status").path("resourceSummary");
        for (var part : before.properties()) {
            if (!summary.has(part.getKey())) {
                summary.putNull(part.getKey());
            } else {
                for (var amount : part.getValue().properties()) {
                    ObjectNode amounts = (ObjectNode) summary.path(part.getKey());
                    if (!amounts.has(amount.getKey())) {
                        amounts.putNull(amount.getKey());
                    }
                }
            }
        }
        return summary;
    }

    private static boolean differs(JsonNode is, JsonNode wanted) {
        for (var field : wanted.properties()) {
            JsonNode now = is.path(field.getKey());
            boolean differs = field.getValue().isObject()
                    ? differs(now, field.getValue())
                    : !now.equals(field.getValue()) && !(field.getValue().isNull() && now.isMissingNode());
            if (differs) {
                return true;
            }
        }
        return false;
    }

    private void taint(ObjectNode cluster, boolean ready) {
        JsonNode taints = cluster.path("spec").path("taints");
        if (ready) {
            if (!taints.isEmpty()) {
                write(cluster, ApiServer.object().putArray("taints"));
            }
            return;
        }
        boolean leave = false;
        for (JsonNode condition : cluster.path("status").path("conditions")) {
            leave |= condition.path("status").asText().equals("False")
                    && Duration.between(
                                            Instant.parse(condition
                                                    .path("lastTransitionTime")
                                                    .asText()),
                                            Instant.now())
                                    .toMillis()
                            >= delays.noExecute();
        }
        if (taints.isEmpty() || (leave && taints.size() == 1)) {
            ArrayNode more = ApiServer.object().putArray("taints");
            taints.forEach(more::add);
            more.addObject()
                    .put("key", TaintMatcher.NOT_READY)
                    .put("effect", taints.isEmpty() ? TaintMatcher.NO_SCHEDULE : TaintMatcher.NO_EXECUTE)
                    .put("timeAdded", KarmadaConditions.now());
            write(cluster, more);
        }
    }

    private void write(ObjectNode cluster, ArrayNode taints) {
        ObjectNode patch = ApiServer.object();
        ObjectNode spec = patch.putObject("spec");
        if (taints.isEmpty()) {
            spec.putNull("taints");
        } else {
            spec.set("taints", taints);
        }
        host.server().patch(ObjectKind.CLUSTER, cluster.path("metadata"), patch);
    }

    private static JsonNode ready(ObjectNode cluster) {
        return condition(cluster, "True", "ClusterReady", "cluster is healthy and ready to accept workloads");
    }

    private static JsonNode gone(ObjectNode cluster) {
        return condition(cluster, "False", "ClusterNotReachable", "cluster is not reachable");
    }

    private static JsonNode condition(ObjectNode cluster, String status, String reason, String message) {
        for (JsonNode before : cluster.path("status").path("conditions")) {
            if (before.path("reason").asText().equals(reason)) {
                return before;
            }
        }
        return ApiServer.object()
                .put("type", "Ready")
                .put("status", status)
                .put("lastTransitionTime", KarmadaConditions.now())
                .put("reason", reason)
                .put("message", message);
    }
}
