// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects of the API server of the control plane by kind. The players of Karmada know nothing else. */
final class ControlPlane implements AutoCloseable {

    /** Field manager of the controllers, as in {@code managedFields}. */
    static final String CONTROLLERS = "karmada-controller-manager";

    private final ApiServer server;
    private final Map<ObjectKind, WatchCache> caches = new LinkedHashMap<>();

    ControlPlane(ApiServer server) {
        this.server = server;
        ObjectKind.PROPAGATED.forEach(this::reconcile);
        List.of(
                        ObjectKind.CLUSTER,
                        ObjectKind.PROPAGATION_POLICY,
                        ObjectKind.OVERRIDE_POLICY,
                        ObjectKind.RESOURCE_BINDING,
                        ObjectKind.WORK)
                .forEach(this::reconcile);
    }

    private void reconcile(ObjectKind kind) {
        caches.put(kind, new WatchCache(server, kind, ""));
    }

    void start() {
        caches.values().forEach(WatchCache::start);
    }

    /** Returns whether all kinds were listed once: an incomplete view would look like an order to delete. */
    boolean synced() {
        return caches.values().stream().allMatch(WatchCache::synced);
    }

    ApiServer server() {
        return server;
    }

    List<ObjectNode> all(ObjectKind kind) {
        return cache(kind).all();
    }

    Optional<ObjectNode> get(ObjectKind kind, String namespace, String name) {
        return cache(kind).get(namespace, name);
    }

    /** The condition of its Cluster object, by which controllers judge a member. */
    boolean clusterReady(String name) {
        return get(ObjectKind.CLUSTER, "", name)
                .filter(cluster -> PodStatuses.isTrue(cluster, "Ready"))
                .isPresent();
    }

    static boolean ends(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    void removeFinalizer(ObjectKind kind, ObjectNode object, String finalizer) {
        ObjectNode patch = ApiServer.object();
        var left = patch.putObject("metadata").putArray("finalizers");
        for (JsonNode other : object.path("metadata").path("finalizers")) {
            if (!other.asText().equals(finalizer)) {
                left.add(other);
            }
        }
        server.patch(kind, object.path("metadata"), patch);
    }

    private WatchCache cache(ObjectKind kind) {
        WatchCache watchCache = caches.get(kind);
        if (watchCache == null) {
            throw new IllegalArgumentException("Kind without a watch: " + kind.plural());
        }
        return watchCache;
    }

    @Override
    public void close() {
        caches.values().forEach(WatchCache::close);
    }
}
