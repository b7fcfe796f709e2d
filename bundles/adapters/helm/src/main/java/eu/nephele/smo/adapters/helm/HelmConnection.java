// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import java.util.List;

/**
 * One connection to an API server, over which one release serves all clusters behind it.
 *
 * @param reference {@code REFERENCE[#CONTEXT]}
 * @param ready whether a cluster behind it is ready, or none is known
 * @param clusters behind it, bare names
 */
record HelmConnection(String reference, boolean ready, List<String> clusters) {

    HelmConnection {
        clusters = List.copyOf(clusters);
    }

    /** For people: the clusters, or the reference of the secret. */
    @Override
    public String toString() {
        return clusters.isEmpty() ? reference : String.join(", ", clusters);
    }
}
