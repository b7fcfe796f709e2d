// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

/**
 * A cluster of one source (a federation, a set of Kubernetes contexts, the simulator). Ordered by name, then source: lists and
 * matrices of the orchestrator are in this order.
 *
 * @param source value of the service property {@code smo.cluster.source} of the registry that knows the cluster
 * @param name name of the cluster at its source
 */
public record ClusterId(String source, String name) implements Comparable<ClusterId> {

    /** Service property (String) of registries, runtimes and metrics sources: the source they speak for. */
    public static final String SOURCE = "smo.cluster.source";

    public ClusterId {
        if (source.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                    "A cluster needs a source and a name: '%s', '%s'".formatted(source, name));
        }
    }

    /** Reads {@link #toString()}: {@code source/name}. */
    public static ClusterId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'%s' is not source/name".formatted(text));
        }
        return new ClusterId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ClusterId other) {
        int byName = name.compareTo(other.name);
        return byName == 0 ? source.compareTo(other.source) : byName;
    }

    // Clusters are keys everywhere, and what a record has of its own is slow until it is compiled for the last time.
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof ClusterId that && name.equals(that.name) && source.equals(that.source));
    }

    @Override
    public int hashCode() {
        return 31 * source.hashCode() + name.hashCode();
    }

    /** {@code source/name}, unique. People see the bare name where that is unique. */
    @Override
    public String toString() {
        return source + "/" + name;
    }
}
