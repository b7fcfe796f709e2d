// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.lab.remote.wire.Messages.ChangesMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Clusters as reported by the world so far, with the position to continue from.
 *
 * @param history name of the run of the world that reported it, "" before the first answer
 * @param next number of the last reported change
 * @param version number of the last reported change of clusters
 */
record WorldView(String history, long next, long version, List<ClusterState> clusters) {

    private static final Comparator<ClusterState> BY_ID = Comparator.comparing(ClusterState::id);
    static final WorldView NONE = new WorldView("", 0, 0, List.of());

    WorldView {
        clusters = List.copyOf(clusters);
    }

    WorldView after(ChangesMessage changes) {
        return new WorldView(changes.history(), changes.next(), changes.version(), clustersAfter(changes));
    }

    private List<ClusterState> clustersAfter(ChangesMessage changes) {
        if (changes.clusters().isEmpty() && !changes.complete()) {
            return clusters;
        }
        List<ClusterState> now = changes.complete() ? new ArrayList<>() : new ArrayList<>(clusters);
        for (ClusterState state : changes.clusters()) {
            int at = Collections.binarySearch(now, state, BY_ID);
            if (at >= 0) {
                now.set(at, state);
            } else {
                now.add(-at - 1, state);
            }
        }
        return now;
    }
}
