// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Comparator;

/**
 * Identity of a graph. A graph is unique by project and name.
 *
 * @param project name of the project, a DNS label; it is the Kubernetes namespace of everything the graph runs
 * @param name the descriptor's {@code id}
 */
public record GraphId(String project, String name) implements Comparable<GraphId> {

    private static final Comparator<GraphId> ORDER =
            Comparator.comparing(GraphId::project).thenComparing(GraphId::name);

    @Override
    public int compareTo(GraphId other) {
        return ORDER.compare(this, other);
    }

    /** {@code project/name}. */
    @Override
    public String toString() {
        return project + "/" + name;
    }
}
