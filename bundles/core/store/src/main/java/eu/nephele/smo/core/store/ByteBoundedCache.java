// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** An LRU cache of values by graph, bounded by bytes. Not thread-safe. */
final class ByteBoundedCache<V> {

    private record CachedValue<V>(V value, long bytes) {}

    private final long most;
    private final ToLongFunction<V> weight;
    // in the order of their last use
    private final Map<GraphId, CachedValue<V>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param most bytes that all may weigh together, by estimate
     * @param weight bytes of one, by estimate
     */
    ByteBoundedCache(long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    Optional<V> get(GraphId graph) {
        return Optional.ofNullable(kept.get(graph)).map(CachedValue::value);
    }

    void put(GraphId graph, V value) {
        remove(graph);
        CachedValue<V> added = new CachedValue<>(value, weight.applyAsLong(value));
        kept.put(graph, added);
        bytes += added.bytes();
        Iterator<CachedValue<V>> oldest = kept.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    Optional<V> remove(GraphId graph) {
        Optional<CachedValue<V>> gone = Optional.ofNullable(kept.remove(graph));
        gone.ifPresent(before -> bytes -= before.bytes());
        return gone.map(CachedValue::value);
    }

    void clear() {
        kept.clear();
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }
}
