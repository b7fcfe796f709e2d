// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.store.Desired;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Graphs read from their stored descriptors, each once per generation. */
public final class Graphs {

    private record Cached(Instant createdAt, long generation, Graph graph) {
        boolean answers(Desired desired) {
            return generation == desired.generation() && createdAt.equals(desired.createdAt());
        }
    }

    private final DescriptorReader reader;
    private final Map<GraphId, Cached> cache = new ConcurrentHashMap<>();

    Graphs(DescriptorReader reader) {
        this.reader = reader;
    }

    /** The graph that a desired state declares. */
    public Graph of(Desired desired) {
        return cache.compute(
                        desired.id(),
                        (id, cached) -> cached != null && cached.answers(desired)
                                ? cached
                                : new Cached(
                                        desired.createdAt(),
                                        desired.generation(),
                                        reader.restore(id.project(), desired.descriptor())))
                .graph();
    }

    /** What was read of a graph is read anew. */
    public void forget(GraphId graph) {
        cache.remove(graph);
    }
}
