// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Keeps the Cluster objects: what a member has, and whether it answers. The last summary of one that does not stays. */
final class ClusterReports {

    private static final String NOT_READY = "cluster.karmada.io/not-ready";

    private final ApiServer host;
    private final Mirror clusters;
    private final long notReadyMillis;

    /** @param notReadyMillis how long a member may be silent */
    ClusterReports(ApiServer host, Mirror clusters, long notReadyMillis) {
        this.host = host;
        this.clusters = clusters;
        this.notReadyMillis = notReadyMillis;
    }

    boolean ready(Member member) {
        return clusters.get("", member.name())
                .filter(cluster -> Pods.isTrue(cluster, "Ready"))
                .isPresent();
    }

    void join(Member member) {
        ObjectNode cluster = ApiServer.object(Kind.CLUSTER, "", member.name());
        ObjectNode spec = cluster.putObject("spec").put("syncMode", "Push").put("provider", "testbed");
        spec.put("apiEndpoint", member.server().client().getMasterUrl().toString());
        spec.put("region", member.place().region()).put("zone", member.place().zone());
        host.apply(Kind.CLUSTER, cluster, "karmada");
    }

    void report(Member member) {
        ObjectNode cluster = clusters.get("", member.name()).orElse(null);
        if (cluster == null) {
            join(member);
            return;
        }
        boolean silent = !member.reachable();
        if (silent && member.silentMillis() < notReadyMillis) {
            return;
        }
        taint(cluster, silent);
        ObjectNode status = ApiServer.object();
        status.put("kubernetesVersion", "v1.20.2");
        status.putArray("conditions").add(silent ? gone(cluster) : ready(cluster));
        if (!silent) {
            status.set("nodeSummary", member.nodeSummary());
            status.set("resourceSummary", summary(cluster, member));
        }
        if (differs(cluster.path("status"), status)) {
            host.patchStatus(Kind.CLUSTER, cluster.path("metadata"), status, false);
        }
    }

    /** A merge patch takes a field away only by saying so. */
    private static ObjectNode summary(ObjectNode cluster, Member member) {
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

    private void taint(ObjectNode cluster, boolean silent) {
        boolean tainted = !cluster.path("spec").path("taints").isEmpty();
        if (tainted == silent) {
            return;
        }
        ObjectNode patch = ApiServer.object();
        ObjectNode spec = patch.putObject("spec");
        if (silent) {
            spec.putArray("taints")
                    .addObject()
                    .put("key", NOT_READY)
                    .put("effect", "NoSchedule")
                    .put("timeAdded", now());
        } else {
            spec.putNull("taints");
        }
        host.patch(Kind.CLUSTER, cluster.path("metadata"), patch);
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
                .put("lastTransitionTime", now())
                .put("reason", reason)
                .put("message", message);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
