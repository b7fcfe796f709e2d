// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphSummary;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Graphs read from their stored descriptors. Those that were asked for last are kept, as far as a fixed part of the heap goes: how
 * large a descriptor is, its author decides.
 */
public final class Graphs {

    /** What the graphs that are kept may weigh together. */
    static final long MOST_BYTES = 16L << 20;

    private record Cached(Instant createdAt, long generation, Graph graph, long bytes) {
        boolean answers(Desired desired) {
            return generation == desired.generation() && createdAt.equals(desired.createdAt());
        }
    }

    private final DescriptorReader reader;
    // in the order of their last use; guarded by itself
    private final Map<GraphId, Cached> cache = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<GraphId, EventIds> events = new ConcurrentHashMap<>();
    private long bytes;

    Graphs(DescriptorReader reader) {
        this.reader = reader;
    }

    /** The graph that a desired state declares. */
    public Graph of(Desired desired) {
        synchronized (cache) {
            Cached cached = cache.get(desired.id());
            if (cached != null && cached.answers(desired)) {
                return cached.graph();
            }
        }
        Graph graph = reader.restore(desired.id().project(), desired.descriptor());
        keep(
                desired.id(),
                new Cached(desired.createdAt(), desired.generation(), graph, Weight.of(desired.descriptor())));
        return graph;
    }

    /**
     * The events that conditional services of a graph wait for, service → ids; its descriptor is read for them once.
     *
     * @param stored reads the desired state, empty when the graph is gone
     */
    public Map<String, Set<String>> events(GraphSummary graph, Supplier<Optional<Desired>> stored) {
        EventIds known = events.get(graph.id());
        if (known != null && known.answers(graph)) {
            return known.byService();
        }
        return stored.get()
                .map(desired -> events(desired.id(), EventIds.of(desired, of(desired))))
                .orElse(Map.of());
    }

    private Map<String, Set<String>> events(GraphId graph, EventIds read) {
        events.put(graph, read);
        return read.byService();
    }

    /** What was read of a graph is read anew. */
    public void forget(GraphId graph) {
        events.remove(graph);
        synchronized (cache) {
            Cached gone = cache.remove(graph);
            bytes -= gone == null ? 0 : gone.bytes();
        }
    }

    /** Bytes that the graphs which are kept weigh, by estimate. */
    long bytes() {
        synchronized (cache) {
            return bytes;
        }
    }

    private void keep(GraphId id, Cached read) {
        synchronized (cache) {
            Cached before = cache.put(id, read);
            bytes += read.bytes() - (before == null ? 0 : before.bytes());
            Iterator<Cached> oldest = cache.values().iterator();
            while (bytes > MOST_BYTES && oldest.hasNext()) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
        }
    }
}
