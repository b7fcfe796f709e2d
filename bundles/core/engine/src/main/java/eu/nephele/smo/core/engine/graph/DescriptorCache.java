// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.json.JsonHeapSize;
import eu.nephele.smo.core.contract.store.Desired;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Graphs read from their stored descriptors. The most recently used ones are kept, within a fixed part of the heap: the
 * author of a descriptor decides on its size.
 */
final class DescriptorCache {

    static final long MOST_BYTES = 16L << 20;

    /** Number of graphs whose {@link DescriptorEssentials} are kept: some hundred bytes each. */
    private static final int MOST_ESSENTIALS = 100_000;

    private record Cached(Instant createdAt, long generation, Graph graph, long bytes) {
        boolean answers(Desired desired) {
            return generation == desired.generation()
                    && createdAt.equals(desired.times().createdAt());
        }
    }

    private final DescriptorReader reader;
    /** Cache of stored descriptors, found again by reading them; in the order of their last use, guarded by itself. */
    private final Map<GraphId, Cached> cache = new LinkedHashMap<>(16, 0.75f, true);
    /** Cache of parts of the same, found again in the same way; guarded by {@link #cache}. */
    private final Map<GraphId, DescriptorEssentials> essentials = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    DescriptorCache(DescriptorReader reader) {
        this.reader = reader;
    }

    Graph parse(Desired desired) {
        synchronized (cache) {
            Cached cached = cache.get(desired.id());
            if (cached != null && cached.answers(desired)) {
                return cached.graph();
            }
        }
        Graph graph =
                reader.restore(desired.id().project(), desired.declaration().descriptor());
        keep(
                desired.id(),
                new Cached(
                        desired.times().createdAt(),
                        desired.generation(),
                        graph,
                        JsonHeapSize.estimate(desired.declaration().descriptor())));
        keep(desired, graph);
        return graph;
    }

    /**
     * Returns the facts about a graph that only its descriptor has; it is read once per generation.
     *
     * @param stored reads the desired state, empty when the graph is gone
     */
    Optional<DescriptorEssentials> essentials(
            GraphId graph, Instant createdAt, long generation, Supplier<Optional<Desired>> stored) {
        synchronized (cache) {
            DescriptorEssentials known = essentials.get(graph);
            if (known != null && known.areOf(createdAt, generation)) {
                return Optional.of(known);
            }
        }
        return stored.get().map(desired -> keep(desired, parse(desired)));
    }

    void forget(GraphId graph) {
        synchronized (cache) {
            essentials.remove(graph);
            Cached gone = cache.remove(graph);
            bytes -= gone == null ? 0 : gone.bytes();
        }
    }

    private DescriptorEssentials keep(Desired desired, Graph graph) {
        DescriptorEssentials read = DescriptorEssentials.of(desired, graph);
        synchronized (cache) {
            essentials.put(desired.id(), read);
            if (essentials.size() > MOST_ESSENTIALS) {
                Iterator<DescriptorEssentials> oldest = essentials.values().iterator();
                oldest.next();
                oldest.remove();
            }
        }
        return read;
    }

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
