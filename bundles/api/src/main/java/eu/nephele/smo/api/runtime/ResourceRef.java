// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one resource of any kind.
 *
 * @param kind its kind, a lower-case word: {@code graph}, {@code cluster}, {@code plugin}, or one that a bundle brings
 * @param project the project it belongs to, "" for one of the whole server
 * @param name unique within kind and project
 */
public record ResourceRef(String kind, String project, String name) implements Comparable<ResourceRef> {

    public static final String GRAPH = "graph";
    public static final String CLUSTER = "cluster";
    public static final String PLUGIN = "plugin";

    /** Syntax of the name of a kind. */
    public static final Pattern KINDS = Pattern.compile("[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private static final Comparator<ResourceRef> ORDER = Comparator.comparing(ResourceRef::kind)
            .thenComparing(ResourceRef::project)
            .thenComparing(ResourceRef::name);

    /** @throws IllegalArgumentException when the kind is no such word, or the name is empty */
    public ResourceRef {
        // references to graphs are made for each item of each list: the syntax of our own kinds is known
        if (!kind.equals(GRAPH) && !kind.equals(CLUSTER) && !KINDS.matcher(kind).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no kind of resources, expected lower-case letters, digits and -".formatted(kind));
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A resource of kind %s has a name".formatted(kind));
        }
    }

    public static ResourceRef of(GraphId graph) {
        return new ResourceRef(GRAPH, graph.project(), graph.name());
    }

    /** Its name is {@code source/name}. */
    public static ResourceRef of(ClusterId cluster) {
        return new ResourceRef(CLUSTER, "", cluster.source() + "/" + cluster.name());
    }

    /** @param symbolicName of the bundle, or of the first of several */
    public static ResourceRef plugin(String symbolicName) {
        return new ResourceRef(PLUGIN, "", symbolicName);
    }

    /** Stands for all resources of a kind, where one asks for what is done with them together. */
    public static ResourceRef all(String kind) {
        return new ResourceRef(kind, "", "*");
    }

    /** The graph that it names, if it names one. */
    public Optional<GraphId> graph() {
        return kind.equals(GRAPH) ? Optional.of(new GraphId(project, name)) : Optional.empty();
    }

    /** The cluster that it names, if it names one. */
    public Optional<ClusterId> cluster() {
        int slash = name.indexOf('/');
        return kind.equals(CLUSTER) && slash > 0
                ? Optional.of(new ClusterId(name.substring(0, slash), name.substring(slash + 1)))
                : Optional.empty();
    }

    /** The symbolic name of the plugin that it names, if it names one. */
    public Optional<String> plugin() {
        return kind.equals(PLUGIN) ? Optional.of(name) : Optional.empty();
    }

    @Override
    public int compareTo(ResourceRef other) {
        return ORDER.compare(this, other);
    }

    /** {@code kind/project/name}, or {@code kind/name} for one of the whole server. */
    @Override
    public String toString() {
        return project.isEmpty() ? kind + "/" + name : kind + "/" + project + "/" + name;
    }
}
