// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A scaling problem: all services, of any number of graphs, that are due now and share strategy and parameters, with the
 * clusters they run on. Nothing smaller could share scarce capacity fairly. An immutable snapshot; build one with
 * {@link #of(List, List, List)}.
 */
@ProviderType
public interface ScalingRequest {

    /** In order of graph, service, cluster. */
    List<ScalingTarget> targets();

    /**
     * Every cluster that occurs in {@link #targets()}, in name order. {@link ClusterCapacity#free()} includes what the present
     * replicas of the targets use.
     */
    List<ClusterCapacity> clusters();

    /**
     * Demand of the services of the graphs of the targets, in order of graph and service, those that are not decided here included. Empty
     * unless the strategy wants forecasts.
     */
    List<ServiceLoad> loads();

    /** What is known of the demand of a service; empty unless the strategy wants forecasts. */
    Optional<ServiceLoad> load(GraphId graph, String service);

    /** The same problem with other targets. */
    default ScalingRequest with(List<ScalingTarget> targets) {
        return of(targets, clusters(), loads());
    }

    static ScalingRequest of(List<ScalingTarget> targets, List<ClusterCapacity> clusters) {
        return of(targets, clusters, List.of());
    }

    static ScalingRequest of(List<ScalingTarget> targets, List<ClusterCapacity> clusters, List<ServiceLoad> loads) {
        return ScalingProblem.of(targets, clusters, loads);
    }
}
