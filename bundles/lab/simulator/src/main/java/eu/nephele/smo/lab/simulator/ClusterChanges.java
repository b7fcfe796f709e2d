// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.ClusterState;
import java.util.List;

/**
 * Changes of clusters since the last poll.
 *
 * @param version number of the last change in it; from here on the next time
 * @param complete whether these are all clusters, because one has left or the number is not of this world; else all others are as
 *     they were
 * @param clusters in name order
 */
public record ClusterChanges(long version, boolean complete, List<ClusterState> clusters) {

    public ClusterChanges {
        clusters = List.copyOf(clusters);
    }
}
