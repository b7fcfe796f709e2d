// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.model.GraphId;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One change of a graph at a time, by whatever path of the interface it is asked for: between the comparison of a tag and the
 * change that hangs on it there is no other.
 */
public final class GraphChangeLock {

    /** Fewer than graphs: those that share a place wait for each other, for as long as it takes to accept a change. */
    private static final int PLACES = 64;

    private final Object[] places = Stream.generate(Object::new).limit(PLACES).toArray();

    <T> T take(GraphId graph, Supplier<T> change) {
        synchronized (places[Math.floorMod(graph.hashCode(), places.length)]) {
            return change.get();
        }
    }
}
