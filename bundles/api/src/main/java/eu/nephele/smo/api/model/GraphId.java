// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

/**
 * Identity of a graph. A graph is unique by project and name.
 *
 * @param project name of the project, a DNS label; it is the Kubernetes namespace of everything the graph runs
 * @param name the descriptor's {@code id}
 */
public record GraphId(String project, String name) implements Comparable<GraphId> {

    @Override
    public int compareTo(GraphId other) {
        int byProject = project.compareTo(other.project);
        return byProject == 0 ? name.compareTo(other.name) : byProject;
    }

    // As in ClusterId.
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof GraphId that && name.equals(that.name) && project.equals(that.project));
    }

    @Override
    public int hashCode() {
        return 31 * project.hashCode() + name.hashCode();
    }

    /** {@code project/name}. */
    @Override
    public String toString() {
        return project + "/" + name;
    }
}
