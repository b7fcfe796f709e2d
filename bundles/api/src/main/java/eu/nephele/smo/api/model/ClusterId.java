// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Comparator;

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

    private static final Comparator<ClusterId> ORDER =
            Comparator.comparing(ClusterId::name).thenComparing(ClusterId::source);

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
        return ORDER.compare(this, other);
    }

    /** {@code source/name}, unique. People see the bare name where that is unique. */
    @Override
    public String toString() {
        return source + "/" + name;
    }
}
