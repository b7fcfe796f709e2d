// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.overview;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Selection of graphs of all projects on a page.
 *
 * @param text only graphs whose name or project contains it, whatever its case; "" for all
 * @param phases only graphs in one of these; empty for all
 * @param project only of this one
 * @param cluster only graphs with a service on it: its name, or {@code source/name}
 * @param attention only graphs that need a person
 * @param order of the whole list
 * @param after where the page before ended
 * @param limit at most this many, 1 or more
 */
public record OverviewQuery(
        String text,
        Set<GraphPhase> phases,
        Optional<String> project,
        Optional<String> cluster,
        boolean attention,
        Order order,
        Optional<ListPosition> after,
        int limit) {

    /** Order of a list; graphs that are equal in it follow by name and project. */
    public enum Order {
        NAME,
        /** the last change first */
        CHANGED
    }

    /**
     * Where a graph is in a list.
     *
     * @param changedAt when it changed last; of no meaning in a list by name
     */
    public record ListPosition(Instant changedAt, GraphId graph) {}

    public OverviewQuery {
        phases = Set.copyOf(phases);
        if (limit < 1) {
            throw new IllegalArgumentException("limit is %d, expected 1 or more".formatted(limit));
        }
    }
}
