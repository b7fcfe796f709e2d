// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.GraphPhase;
import java.util.Optional;

/**
 * Selection of the graphs of a project on a page.
 *
 * @param project whose graphs
 * @param after only names that come after this one: the last of the page before; "" for the first page
 * @param namePrefix only names that begin so; "" for all
 * @param phase only graphs in this phase
 * @param limit at most this many, 1 or more
 */
public record GraphQuery(String project, String after, String namePrefix, Optional<GraphPhase> phase, int limit) {

    public GraphQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is %d, expected 1 or more".formatted(limit));
        }
    }

    /** The same, of the graphs that come after one. */
    public GraphQuery behind(String name) {
        return new GraphQuery(project, name, namePrefix, phase, limit);
    }

    /** Returns whether a graph of the project belongs to the page or to one that follows. */
    public boolean matches(GraphItem item) {
        String name = item.id().name();
        return name.compareTo(after) > 0
                && name.startsWith(namePrefix)
                && phase.map(item.phase()::equals).orElse(true);
    }
}
