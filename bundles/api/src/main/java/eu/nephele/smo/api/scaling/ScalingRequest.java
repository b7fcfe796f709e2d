// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A scaling problem: all services, of any number of graphs, that are due now and share strategy and parameters, with the
 * clusters they run on. Nothing smaller could share scarce capacity fairly. An immutable snapshot; build one with
 * {@link #of(List, List)}.
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

    static ScalingRequest of(List<ScalingTarget> targets, List<ClusterCapacity> clusters) {
        return new ScalingProblem(targets, clusters);
    }
}
