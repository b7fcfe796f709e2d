// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays scheduler and kubelet of one cluster: keeps nodes ready, binds pending pods to nodes with capacity, reports them running
 * after a while. A pod that fits nowhere stays pending with {@code PodScheduled=False/Unschedulable}. A node with the label
 * {@code testbed/dead=true} gets no heartbeats, so that the controller manager finds it dead.
 */
public final class NodePlayer implements AutoCloseable {

    private static final long HEARTBEAT_MILLIS = 2_500;
    private static final String DEAD = "testbed/dead";

    private final ApiServer server;
    private final WatchCache nodes;
    private final WatchCache pods;
    private final PodPlayer podPlayer;
    private final PlayerLoop playerLoop;
    private final Map<String, Long> heartbeats = new ConcurrentHashMap<>();
    private volatile boolean hearts = true;

    public NodePlayer(ApiServer server, PlayedDelays delays, Path folder) {
        this.server = server;
        this.nodes = new WatchCache(server, ObjectKind.NODE, "");
        this.pods = new WatchCache(server, ObjectKind.POD, "");
        this.podPlayer = new PodPlayer(server, delays);
        this.playerLoop = new PlayerLoop(server.name() + "-nodes", folder);
    }

    /** Declares the nodes and starts to play. */
    public void start(List<NodeSpec> declared, String region, String zone) {
        for (NodeSpec node : declared) {
            ObjectNode object = node.object(region, zone);
            server.apply(ObjectKind.NODE, object, "kubelet");
            server.patchStatus(ObjectKind.NODE, object.path("metadata"), node.status(), true);
        }
        nodes.start();
        pods.start();
        playerLoop.run(this::reconcile);
    }

    /** Sets whether nodes send heartbeats; nodes without them are marked as failed after some seconds. */
    public void setHearts(boolean beat) {
        hearts = beat;
    }

    Collection<ObjectNode> nodes() {
        return nodes.all();
    }

    Collection<ObjectNode> pods() {
        return pods.all();
    }

    private void reconcile() {
        Map<String, ResourceAmounts> free = new LinkedHashMap<>();
        for (ObjectNode node : nodes.all()) {
            if (!dead(node)) {
                playerLoop.attempt(() -> beat(node));
                if (!node.path("spec").path("unschedulable").asBoolean()) {
                    free.put(
                            name(node),
                            ResourceAmounts.create(node.path("status").path("allocatable")));
                }
            }
        }
        for (ObjectNode pod : pods.all()) {
            Optional.ofNullable(free.get(podPlayer.placeOf(pod)))
                    .filter(resourceAmounts -> PodStatuses.takesRoom(pod))
                    .ifPresent(resourceAmounts -> resourceAmounts.subtract(ResourceAmounts.ofPod(pod)));
        }
        for (ObjectNode pod : pods.all()) {
            playerLoop.attempt(() -> podPlayer.play(pod, free, this::alive));
        }
        podPlayer.forgetAllBut(pods.all());
    }

    private boolean alive(String node) {
        return nodes.get("", node).filter(found -> !dead(found)).isPresent();
    }

    private boolean dead(JsonNode node) {
        return !hearts
                || node.path("metadata").path("labels").path(DEAD).asText().equals("true");
    }

    private void beat(ObjectNode node) {
        long now = System.nanoTime() / 1_000_000;
        Long last = heartbeats.get(name(node));
        if (last != null && now - last < HEARTBEAT_MILLIS) {
            return;
        }
        ObjectNode ready = PodStatuses.condition("Ready", "True", "KubeletReady")
                .put("lastHeartbeatTime", Instant.now().toString());
        ObjectNode status = ApiServer.object();
        status.putArray("conditions").add(ready);
        server.patchStatus(ObjectKind.NODE, node.path("metadata"), status, true);
        heartbeats.put(name(node), now);
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    @Override
    public void close() {
        playerLoop.close();
        nodes.close();
        pods.close();
    }
}
