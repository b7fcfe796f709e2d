// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.model.GraphId;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serialises the changes of a graph over all paths: none between the comparison of a tag and its change. */
public final class GraphChangeLock {

    /** Number of locks, fewer than graphs: graphs that share a lock wait for each other while a change is accepted. */
    private static final int PLACES = 64;

    private final Object[] places = Stream.generate(Object::new).limit(PLACES).toArray();

    <T> T take(GraphId graph, Supplier<T> change) {
        synchronized (places[Math.floorMod(graph.hashCode(), places.length)]) {
            return change.get();
        }
    }
}
