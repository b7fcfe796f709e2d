// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A member cluster as Karmada sees it: its health, the objects brought there, the resources of its nodes. */
final class MemberCluster implements AutoCloseable {

    /** Label on all objects that Karmada has brought. */
    static final String MANAGED = "karmada.io/managed";

    private final ApiServer server;
    private final NodePlayer nodes;
    private final MemberRegion memberRegion;
    private final Map<ObjectKind, WatchCache> copies = new LinkedHashMap<>();
    private final ApiEnablements enablements;
    private volatile boolean reachable = true;
    private volatile long since = now();

    record MemberRegion(String region, String zone) {}

    MemberCluster(ApiServer server, NodePlayer nodes, MemberRegion memberRegion) {
        this.server = server;
        this.nodes = nodes;
        this.memberRegion = memberRegion;
        for (ObjectKind kind : ObjectKind.PROPAGATED) {
            copies.put(kind, new WatchCache(server, kind, MANAGED + "=true"));
        }
        enablements = new ApiEnablements(server);
    }

    void start() {
        copies.values().forEach(WatchCache::start);
    }

    String name() {
        return server.name();
    }

    ApiServer server() {
        return server;
    }

    MemberRegion place() {
        return memberRegion;
    }

    void ask() {
        boolean answers;
        try {
            answers = "ok".equals(server.client().raw("/readyz"));
        } catch (KubernetesClientException e) {
            answers = false;
        }
        if (answers != reachable) {
            since = now();
            reachable = answers;
        }
    }

    void askForKinds() {
        if (reachable) {
            enablements.ask();
        }
    }

    /** Returns whether it has that kind, as far as is known. */
    boolean serves(ObjectKind kind) {
        return enablements.serve(kind);
    }

    /** {@code status.apiEnablements}; empty while it is not known. */
    ArrayNode apiEnablements() {
        return enablements.all();
    }

    boolean reachable() {
        return reachable;
    }

    /** Duration for which it has answered, or been silent, without a break. */
    long sinceMillis() {
        return now() - since;
    }

    Optional<ObjectNode> copy(ObjectKind kind, JsonNode manifest) {
        JsonNode metadata = manifest.path("metadata");
        return Optional.ofNullable(copies.get(kind))
                .flatMap(watchCache -> watchCache.get(
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText()));
    }

    /** Returns whether another actor made an object of that name here, which Karmada neither takes over nor deletes. */
    boolean isOfOthers(ObjectKind kind, JsonNode manifest) {
        return copy(kind, manifest).isEmpty()
                && server.find(kind, manifest.path("metadata"))
                        .filter(found -> !found.path("metadata")
                                .path("labels")
                                .path(MANAGED)
                                .asText()
                                .equals("true"))
                        .isPresent();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** {@code status.resourceSummary} as Karmada writes it: without {@code allocated} where nothing runs. */
    ObjectNode resourceSummary() {
        Map<ClusterShare, ResourceAmounts> sums = new EnumMap<>(ClusterShare.class);
        for (ObjectNode node : nodes.nodes()) {
            if (PodStatuses.isTrue(node, "Ready")) {
                add(
                        sums,
                        ClusterShare.ALLOCATABLE,
                        ResourceAmounts.create(node.path("status").path("allocatable")));
            }
        }
        for (ObjectNode pod : nodes.pods()) {
            if (PodStatuses.takesRoom(pod)) {
                boolean bound = !pod.path("spec").path("nodeName").asText().isEmpty();
                add(sums, bound ? ClusterShare.ALLOCATED : ClusterShare.ALLOCATING, ResourceAmounts.ofPod(pod));
            }
        }
        ObjectNode summary = ApiServer.object();
        sums.forEach((share, amounts) -> summary.set(share.field, amounts.toTree()));
        return summary;
    }

    ObjectNode nodeSummary() {
        long ready = nodes.nodes().stream()
                .filter(node -> PodStatuses.isTrue(node, "Ready"))
                .count();
        return ApiServer.object().put("totalNum", nodes.nodes().size()).put("readyNum", ready);
    }

    private static void add(Map<ClusterShare, ResourceAmounts> sums, ClusterShare share, ResourceAmounts amounts) {
        sums.computeIfAbsent(share, first -> new ResourceAmounts()).add(amounts);
    }

    private enum ClusterShare {
        ALLOCATABLE("allocatable"),
        ALLOCATED("allocated"),
        ALLOCATING("allocating");

        private final String field;

        ClusterShare(String field) {
            this.field = field;
        }
    }

    @Override
    public void close() {
        copies.values().forEach(WatchCache::close);
    }
}
