// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Four replicas of a service of a running graph on two of three clusters, one of which is lost: half of them serve all the time, and
 * the other half come up on the third cluster.
 */
final class DividedService {

    private static final long PATIENCE_SECONDS = 120;
    private static final int REPLICAS = 4;
    private static final int SHARE = 2;

    private final NativeApi api;
    private final String graph;
    private final String service;
    private final Federation federation;

    DividedService(NativeApi api, String graph, String service, Federation federation) {
        this.api = api;
        this.graph = graph;
        this.service = service;
        this.federation = federation;
    }

    /** The clusters as they are, not as the server believes them to be. */
    interface Federation {

        List<String> clusters();

        /** Ready replicas in fact; 0 where there are none. */
        int ready(String cluster, String service) throws Exception;

        void lose(String cluster) throws Exception;

        void restore(String cluster) throws Exception;
    }

    void keepsTheOtherShareWhileOneIsLost() throws Exception {
        divide();
        List<String> clusters = List.copyOf(runsOnTwo(federation.clusters()).keySet());
        explanationNames(clusters);
        String lost = clusters.get(0);
        String kept = clusters.get(1);
        List<String> remaining = federation.clusters().stream()
                .filter(cluster -> !cluster.equals(lost))
                .toList();
        AtomicBoolean watching = new AtomicBoolean(true);
        FutureTask<Integer> fewest = new FutureTask<>(() -> fewestReady(kept, watching));
        new Thread(fewest, "watch of " + kept).start();
        try {
            federation.lose(lost);
            assertThat(runsOnTwo(remaining)).containsEntry(kept, SHARE);
        } finally {
            watching.set(false);
            federation.restore(lost);
        }
        assertThat(fewest.get())
                .as("fewest ready replicas on %s at any moment", kept)
                .isEqualTo(SHARE);
        explanationNames(remaining);
        Eventually.within(PATIENCE_SECONDS, () -> federation.ready(lost, service), left -> assertThat(left)
                .as("what was on the lost cluster")
                .isZero());
        assertThat(decided()).containsOnlyKeys(remaining);
    }

    private void divide() throws Exception {
        ObjectNode descriptor = api.graph(graph).path("hdaGraph").deepCopy();
        for (JsonNode each : descriptor.path("services")) {
            if (each.path("id").asText().equals(service)) {
                ((ObjectNode) each.at("/deployment/intent"))
                        .putObject("spread")
                        .put("overClusters", 2)
                        .put("survivingPercent", 50);
                ((ObjectNode) each.path("scaling")).put("minReplicas", REPLICAS).put("maxReplicas", REPLICAS + SHARE);
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("hdaGraph", descriptor);
        RestClient.Answer answer = api.client().put(api.graphs() + "/" + graph, body.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    /** Waits until the replicas run as decided, in equal shares on two of the clusters. */
    private Map<String, Integer> runsOnTwo(List<String> clusters) throws Exception {
        return Eventually.within(PATIENCE_SECONDS, this::decided, decided -> {
            assertThat(decided).hasSize(2).allSatisfy((cluster, replicas) -> assertThat(replicas)
                    .isEqualTo(SHARE));
            assertThat(clusters).containsAll(decided.keySet());
            assertThat(running(clusters)).isEqualTo(decided);
            assertThat(api.graph(graph).path("phase").asText()).isEqualTo("RUNNING");
        });
    }

    private Map<String, Integer> decided() throws Exception {
        Map<String, Integer> shares = new TreeMap<>();
        api.graph(graph)
                .at("/placement/" + service)
                .forEach(share -> shares.put(
                        share.path("cluster").asText(), share.path("replicas").asInt()));
        return shares;
    }

    private Map<String, Integer> running(List<String> clusters) throws Exception {
        Map<String, Integer> ready = new TreeMap<>();
        for (String cluster : clusters) {
            ready.put(cluster, federation.ready(cluster, service));
        }
        ready.values().removeIf(replicas -> replicas == 0);
        return ready;
    }

    private void explanationNames(List<String> clusters) throws Exception {
        RestClient.Answer answer =
                api.client().get("%s/%s/services/%s/explanation".formatted(api.graphs(), graph, service));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("text").toString()).contains(clusters);
    }

    private int fewestReady(String cluster, AtomicBoolean watching) throws Exception {
        int fewest = Integer.MAX_VALUE;
        while (watching.get()) {
            fewest = Math.min(fewest, federation.ready(cluster, service));
        }
        return fewest;
    }
}
