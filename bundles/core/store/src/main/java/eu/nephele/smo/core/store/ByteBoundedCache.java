// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Something of graphs, those that were asked for last, as far as a number of bytes goes. Not thread-safe.
 *
 * @param <V> what is kept of each
 */
final class Weighed<V> {

    private record Kept<V>(V value, long bytes) {}

    private final long most;
    private final ToLongFunction<V> weight;
    // in the order of their last use
    private final Map<GraphId, Kept<V>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param most bytes that all may weigh together, by estimate
     * @param weight bytes of one, by estimate
     */
    Weighed(long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    Optional<V> get(GraphId graph) {
        return Optional.ofNullable(kept.get(graph)).map(Kept::value);
    }

    void put(GraphId graph, V value) {
        remove(graph);
        Kept<V> added = new Kept<>(value, weight.applyAsLong(value));
        kept.put(graph, added);
        bytes += added.bytes();
        Iterator<Kept<V>> oldest = kept.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    Optional<V> remove(GraphId graph) {
        Optional<Kept<V>> gone = Optional.ofNullable(kept.remove(graph));
        gone.ifPresent(before -> bytes -= before.bytes());
        return gone.map(Kept::value);
    }

    void clear() {
        kept.clear();
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }
}
