// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A placement problem: an immutable snapshot. Services are rows in descriptor order, clusters are columns in name order; only
 * clusters that are ready are there. Build one with {@link PlacementRequestBuilder}.
 */
@ProviderType
public interface PlacementRequest {

    GraphId graph();

    DecisionReason reason();

    List<PlacementService> services();

    List<ClusterCapacity> clusters();

    /** The column of a cluster; empty for one that is none. */
    default OptionalInt column(ClusterId cluster) {
        List<ClusterCapacity> columns = clusters();
        int low = 0;
        int high = columns.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = columns.get(middle).id().compareTo(cluster);
            if (order == 0) {
                return OptionalInt.of(middle);
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Clusters that are known and cannot be used now, with the reason for people. They are no columns; strategies may mention
     * them, explanations do.
     */
    Map<ClusterId, String> unavailable();

    List<PlacementLink> links();

    /** Returns whether the intents allow the service on the cluster; capacity is not looked at. */
    boolean allowed(int service, int cluster);

    /** For people: why {@link #allowed} says no; "" when it says yes. */
    String whyNotAllowed(int service, int cluster);

    /** Groups of services that must share one cluster, as service indexes; groups do not overlap. */
    List<List<Integer>> together();

    /** Pairs of services that must not share a cluster, as two service indexes each. */
    List<List<Integer>> apart();

    /** Preferences of intents, which may be given up; their price is in {@link #costs()} where the objective {@code preferences} counts. */
    default List<PlacementPreference> preferences() {
        return List.of();
    }

    /** Network latency between two clusters in ms, if known; 0 on the diagonal. */
    OptionalDouble latencyMillis(int from, int to);

    /** The same of all clusters. Problems of one moment share it. */
    LatencyMatrix latencies();

    /** The cluster on which the service is now; empty for a service that is new or whose cluster is not among {@link #clusters()}. With several shares, the one with most replicas. */
    OptionalInt current(int service);

    /** Replicas of the service on the cluster now. */
    int currentReplicas(int service, int cluster);

    /**
     * One table per level, most important first. Level 0 is minimised, then level 1 among equals, and so on. A strategy without
     * the capability {@link PlacementStrategy#LEVELS} never gets more than one.
     */
    List<Costs> costs();

    /** The same problem with other costs. */
    PlacementRequest withCosts(List<Costs> costs);
}
