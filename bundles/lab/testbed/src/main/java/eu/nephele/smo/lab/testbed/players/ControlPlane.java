// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API server of the control plane has, kind by kind. All that the players of Karmada know is there. */
final class ControlPlane implements AutoCloseable {

    /** Who writes what controllers write, as {@code managedFields} name it. */
    static final String CONTROLLERS = "karmada-controller-manager";

    private final ApiServer server;
    private final Map<Kind, Mirror> mirrors = new LinkedHashMap<>();

    ControlPlane(ApiServer server) {
        this.server = server;
        Kind.PROPAGATED.forEach(this::look);
        List.of(Kind.CLUSTER, Kind.PROPAGATION_POLICY, Kind.OVERRIDE_POLICY, Kind.RESOURCE_BINDING, Kind.WORK)
                .forEach(this::look);
    }

    private void look(Kind kind) {
        mirrors.put(kind, new Mirror(server, kind, ""));
    }

    void start() {
        mirrors.values().forEach(Mirror::start);
    }

    /** Whether all of it was seen once: half of the truth would look like an order to delete. */
    boolean synced() {
        return mirrors.values().stream().allMatch(Mirror::synced);
    }

    ApiServer server() {
        return server;
    }

    List<ObjectNode> all(Kind kind) {
        return mirror(kind).all();
    }

    Optional<ObjectNode> get(Kind kind, String namespace, String name) {
        return mirror(kind).get(namespace, name);
    }

    /** The condition of its Cluster object, as controllers judge a member. */
    boolean clusterReady(String name) {
        return get(Kind.CLUSTER, "", name)
                .filter(cluster -> Pods.isTrue(cluster, "Ready"))
                .isPresent();
    }

    static boolean ends(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    /** Lets an object go that has been told to end. */
    void removeFinalizer(Kind kind, ObjectNode object, String finalizer) {
        ObjectNode patch = ApiServer.object();
        var left = patch.putObject("metadata").putArray("finalizers");
        for (JsonNode other : object.path("metadata").path("finalizers")) {
            if (!other.asText().equals(finalizer)) {
                left.add(other);
            }
        }
        server.patch(kind, object.path("metadata"), patch);
    }

    private Mirror mirror(Kind kind) {
        Mirror mirror = mirrors.get(kind);
        if (mirror == null) {
            throw new IllegalArgumentException("Not looked at: " + kind.plural());
        }
        return mirror;
    }

    @Override
    public void close() {
        mirrors.values().forEach(Mirror::close);
    }
}
