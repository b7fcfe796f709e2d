// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A service as it stands.
 *
 * @param spec as declared
 * @param state in one word
 * @param shares where it is placed with how many replicas; empty when it is not placed, or placed by its chart
 * @param ready replicas that are ready, by cluster that has any, also clusters that it is leaving
 * @param perReplica what one replica needs, as the intents were translated
 * @param values effective values of its release: those of the descriptor plus affinity and imports
 * @param importClusters clusters of the services that call it, sorted, without duplicates
 * @param dashboard where its dashboard is, once it is published
 * @param hold replicas that a person has set and that have not expired
 * @param message what keeps it from being ready, for people; "" when nothing does
 */
public record ServiceView(
        ServiceSpec spec,
        ServiceState state,
        List<Share> shares,
        List<Share> ready,
        Resources perReplica,
        JsonObject values,
        List<ClusterId> importClusters,
        Optional<URI> dashboard,
        Optional<ReplicaHold> hold,
        String message) {

    public ServiceView {
        shares = List.copyOf(shares);
        ready = List.copyOf(ready);
        importClusters = List.copyOf(importClusters);
    }

    /** Returns the replicas that are ready, over all clusters. */
    public int readyReplicas() {
        return ready.stream().mapToInt(Share::replicas).sum();
    }

    /** Returns the replicas that are ready on the cluster. */
    public int readyOn(ClusterId cluster) {
        return ready.stream()
                .filter(share -> share.cluster().equals(cluster))
                .mapToInt(Share::replicas)
                .sum();
    }

    /** States of a service. */
    public enum ServiceState {
        /** conditional, waits for its trigger or for room */
        PENDING,
        /** its graph is stopped, or it is not installed yet */
        NOT_DEPLOYED,
        /** installed, not all replicas ready */
        DEPLOYING,
        /** all replicas ready */
        DEPLOYED,
        /** was ready and is not now */
        DEGRADED,
        /** the last change failed */
        FAILED
    }
}
