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
 * Plays scheduler and kubelet of one cluster: keeps nodes ready, binds pods that wait to nodes with room, reports them running
 * after a while. A pod that fits nowhere stays pending with {@code PodScheduled=False/Unschedulable}. A node with the label
 * {@code testbed/dead=true} gets no heartbeats, so that the controller manager finds it dead.
 */
public final class NodePlayer implements AutoCloseable {

    private static final long HEARTBEAT_MILLIS = 2_500;
    private static final String DEAD = "testbed/dead";

    private final ApiServer server;
    private final Mirror nodes;
    private final Mirror pods;
    private final PodPlayer podPlayer;
    private final Round round;
    private final Map<String, Long> heartbeats = new ConcurrentHashMap<>();
    private volatile boolean hearts = true;

    public NodePlayer(ApiServer server, Delays delays, Path folder) {
        this.server = server;
        this.nodes = new Mirror(server, Kind.NODE, "");
        this.pods = new Mirror(server, Kind.POD, "");
        this.podPlayer = new PodPlayer(server, delays);
        this.round = new Round(server.name() + "-nodes", folder);
    }

    /** Declares the nodes and starts to play. */
    public void start(List<NodeSpec> declared, String region, String zone) {
        for (NodeSpec node : declared) {
            ObjectNode object = node.object(region, zone);
            server.apply(Kind.NODE, object, "kubelet");
            server.patchStatus(Kind.NODE, object.path("metadata"), node.status(), true);
        }
        nodes.start();
        pods.start();
        round.run(this::look);
    }

    /** Whether nodes report that they live; those that do not are found dead after some seconds. */
    public void setHearts(boolean beat) {
        hearts = beat;
    }

    Collection<ObjectNode> nodes() {
        return nodes.all();
    }

    Collection<ObjectNode> pods() {
        return pods.all();
    }

    private void look() {
        Map<String, Amounts> free = new LinkedHashMap<>();
        for (ObjectNode node : nodes.all()) {
            if (!dead(node)) {
                round.attempt(() -> beat(node));
                if (!node.path("spec").path("unschedulable").asBoolean()) {
                    free.put(name(node), Amounts.of(node.path("status").path("allocatable")));
                }
            }
        }
        for (ObjectNode pod : pods.all()) {
            Optional.ofNullable(free.get(podPlayer.placeOf(pod)))
                    .filter(room -> Pods.takesRoom(pod))
                    .ifPresent(room -> room.subtract(Amounts.ofPod(pod)));
        }
        for (ObjectNode pod : pods.all()) {
            round.attempt(() -> podPlayer.play(pod, free, this::alive));
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
        ObjectNode ready = Pods.condition("Ready", "True", "KubeletReady")
                .put("lastHeartbeatTime", Instant.now().toString());
        ObjectNode status = ApiServer.object();
        status.putArray("conditions").add(ready);
        server.patchStatus(Kind.NODE, node.path("metadata"), status, true);
        heartbeats.put(name(node), now);
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    @Override
    public void close() {
        round.close();
        nodes.close();
        pods.close();
    }
}
