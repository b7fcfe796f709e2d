// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Objects of one kind of an API server, cached by a watch: frequent polls by a player cost the server nothing. */
final class WatchCache implements AutoCloseable {

    private static final int SPARE = 200;

    /** One version of an object as a tree; players do not change it. */
    private record CachedObject(String version, ObjectNode tree) {}

    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final Map<String, CachedObject> trees = new ConcurrentHashMap<>();

    /** @param labels selector; empty for all */
    WatchCache(ApiServer server, ObjectKind kind, String labels) {
        AnyNamespaceOperation<GenericKubernetesResource, ?, ?> operation =
                kind.namespaced() ? server.operation(kind).inAnyNamespace() : server.operation(kind);
        informer = (labels.isEmpty() ? operation : operation.withLabelSelector(labels)).runnableInformer(0);
        informer.exceptionHandler((started, failure) -> true); // waits for a server that has gone
    }

    void start() {
        // completes with the first list: callers poll synced() instead of waiting
        informer.start().exceptionally(failure -> null);
    }

    /** Returns whether the cache was complete once. While the server is unavailable it keeps its last content. */
    boolean synced() {
        return informer.hasSynced();
    }

    List<ObjectNode> all() {
        List<GenericKubernetesResource> known = informer.getStore().list();
        if (trees.size() > 2 * known.size() + SPARE) {
            trees.clear();
        }
        List<ObjectNode> all = new ArrayList<>();
        known.forEach(resource -> all.add(tree(resource)));
        return List.copyOf(all);
    }

    Optional<ObjectNode> get(String namespace, String name) {
        String key = namespace.isEmpty() ? name : namespace + "/" + name;
        return Optional.ofNullable(informer.getStore().getByKey(key)).map(this::tree);
    }

    private ObjectNode tree(GenericKubernetesResource resource) {
        String version = resource.getMetadata().getResourceVersion();
        CachedObject cachedObject = trees.compute(
                resource.getMetadata().getUid(),
                (uid, before) -> before != null && before.version().equals(version)
                        ? before
                        : new CachedObject(version, ApiServer.tree(resource)));
        return cachedObject.tree();
    }

    @Override
    public void close() {
        informer.close();
    }

    static String key(ObjectNode object) {
        return object.path("metadata").path("namespace").asText() + "/"
                + object.path("metadata").path("name").asText();
    }
}
