// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

/** An object of ours on an API server. */
public record ReconciledObject(String server, String kind, String namespace, String name)
        implements Comparable<ReconciledObject> {

    @Override
    public int compareTo(ReconciledObject other) {
        return toString().compareTo(other.toString());
    }

    /** {@code c1 Deployment brussels/noise-reduction}. */
    @Override
    public String toString() {
        return "%s %s %s/%s".formatted(server, kind, namespace, name);
    }
}
