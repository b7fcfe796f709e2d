// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.adapters.karmada.link.ResourceCache.WatchTarget;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lists all objects of one kind in pages and reduces them as they come. */
final class PagedLister<T extends HasMetadata, R> {

    private static final long PAGE = 500;

    private final ApiServerConnection connection;
    private final WatchTarget<T> watchTarget;
    private final ObjectReducer<T, R> objectReducer;

    PagedLister(ApiServerConnection connection, WatchTarget<T> watchTarget, Function<T, Optional<R>> read) {
        this.connection = connection;
        this.watchTarget = watchTarget;
        this.objectReducer = new ObjectReducer<>(watchTarget.name(), connection.system(), read);
    }

    /** @param version resource version at which a watch starts */
    record ListedPage<R>(Map<String, R> objects, String version) {}

    ListedPage<R> now() {
        Map<String, R> found = new HashMap<>();
        String version = "";
        String from = "";
        do {
            String page = from;
            KubernetesResourceList<T> answer = connection.call(what(), client -> page(client, page));
            answer.getItems().forEach(item -> read(item).ifPresent(read -> found.put(key(item), read)));
            version = answer.getMetadata().getResourceVersion();
            from = Optional.ofNullable(answer.getMetadata().getContinue()).orElse("");
        } while (!from.isEmpty());
        return new ListedPage<>(found, version);
    }

    /** An object that cannot be read is skipped. */
    Optional<R> read(T item) {
        return objectReducer.read(item);
    }

    String what() {
        return "List " + watchTarget.name();
    }

    String key(T item) {
        return Cache.metaNamespaceKeyFunc(item);
    }

    private KubernetesResourceList<T> page(KubernetesClient client, String from) {
        ListOptionsBuilder options = new ListOptionsBuilder().withLimit(PAGE);
        if (!from.isEmpty()) {
            options.withContinue(from);
        }
        return watchTarget.of().apply(client).list(options.build());
    }
}
