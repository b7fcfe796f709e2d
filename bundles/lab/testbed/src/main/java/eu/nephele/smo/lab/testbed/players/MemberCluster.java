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

/** A member cluster as Karmada sees it: does it answer, what has been brought there, what do its nodes hold. */
final class Member implements AutoCloseable {

    /** On everything that Karmada has brought. */
    static final String MANAGED = "karmada.io/managed";

    private final ApiServer server;
    private final NodePlayer nodes;
    private final Place place;
    private final Map<Kind, Mirror> copies = new LinkedHashMap<>();
    private final Enablements enablements;
    private volatile boolean reachable = true;
    private volatile long since = now();

    /** Where the cluster is. */
    record Place(String region, String zone) {}

    Member(ApiServer server, NodePlayer nodes, Place place) {
        this.server = server;
        this.nodes = nodes;
        this.place = place;
        for (Kind kind : Kind.PROPAGATED) {
            copies.put(kind, new Mirror(server, kind, MANAGED + "=true"));
        }
        enablements = new Enablements(server);
    }

    void start() {
        copies.values().forEach(Mirror::start);
    }

    String name() {
        return server.name();
    }

    ApiServer server() {
        return server;
    }

    Place place() {
        return place;
    }

    /** Asks whether it answers. */
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

    /** Asks which kinds of objects it has. */
    void askForKinds() {
        if (reachable) {
            enablements.ask();
        }
    }

    /** Whether it has that kind, as far as is known. */
    boolean serves(Kind kind) {
        return enablements.serve(kind);
    }

    /** {@code status.apiEnablements}; empty while it is not known. */
    ArrayNode apiEnablements() {
        return enablements.all();
    }

    /** Whether it answered when last asked. */
    boolean reachable() {
        return reachable;
    }

    /** How long it has answered, or been silent, without a break. */
    long sinceMillis() {
        return now() - since;
    }

    /** What has become of a manifest here. */
    Optional<ObjectNode> copy(Kind kind, JsonNode manifest) {
        JsonNode metadata = manifest.path("metadata");
        return Optional.ofNullable(copies.get(kind))
                .flatMap(mirror -> mirror.get(
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText()));
    }

    /** Whether somebody else has made an object of that name here, which Karmada neither takes over nor deletes. */
    boolean isOfOthers(Kind kind, JsonNode manifest) {
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
        Map<Share, Amounts> sums = new EnumMap<>(Share.class);
        for (ObjectNode node : nodes.nodes()) {
            if (Pods.isTrue(node, "Ready")) {
                add(sums, Share.ALLOCATABLE, Amounts.of(node.path("status").path("allocatable")));
            }
        }
        for (ObjectNode pod : nodes.pods()) {
            if (Pods.takesRoom(pod)) {
                boolean bound = !pod.path("spec").path("nodeName").asText().isEmpty();
                add(sums, bound ? Share.ALLOCATED : Share.ALLOCATING, Amounts.ofPod(pod));
            }
        }
        ObjectNode summary = ApiServer.object();
        sums.forEach((share, amounts) -> summary.set(share.field, amounts.toTree()));
        return summary;
    }

    ObjectNode nodeSummary() {
        long ready = nodes.nodes().stream()
                .filter(node -> Pods.isTrue(node, "Ready"))
                .count();
        return ApiServer.object().put("totalNum", nodes.nodes().size()).put("readyNum", ready);
    }

    private static void add(Map<Share, Amounts> sums, Share share, Amounts amounts) {
        sums.computeIfAbsent(share, first -> new Amounts()).add(amounts);
    }

    private enum Share {
        ALLOCATABLE("allocatable"),
        ALLOCATED("allocated"),
        ALLOCATING("allocating");

        private final String field;

        Share(String field) {
            this.field = field;
        }
    }

    @Override
    public void close() {
        copies.values().forEach(Mirror::close);
    }
}
