// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows the clusters of one source. Published with the property {@link eu.nephele.smo.api.model.ClusterId#SOURCE}.
 */
@Port(name = "clusters", chosenBy = ClusterId.SOURCE, system = ClusterId.SOURCE)
@ConsumerType
public interface ClusterRegistry {

    /**
     * All clusters of this source as reported last, from memory. A cluster that the source no longer names is not there.
     *
     * @throws AdapterException when nothing is known yet because the source cannot be reached
     */
    @NonBlocking
    List<ClusterState> clusters();

    /**
     * How to act on a cluster of this source; deployers ask this, so that connections are configured once.
     *
     * @return with a connection where one is needed beyond that of the deployer itself
     */
    @NonBlocking
    default ClusterTarget target(ClusterId cluster) {
        return ClusterTarget.of(cluster);
    }

    /** Calls back, on a thread of the registry, after capacity, readiness or membership changed; quick, never blocking. */
    @NonBlocking
    Subscription subscribe(Runnable onChange);
}
