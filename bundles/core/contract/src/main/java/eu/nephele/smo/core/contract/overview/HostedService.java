// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.overview;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.overview.OverviewService.HostedKey;
import java.util.List;

/**
 * A service that is placed on a cluster.
 *
 * @param key graph and service
 * @param phase of its graph
 * @param replicas on this cluster
 * @param elsewhere other clusters that it is divided over
 */
public record HostedService(HostedKey key, GraphPhase phase, int replicas, List<ClusterId> elsewhere) {

    public HostedService {
        elsewhere = List.copyOf(elsewhere);
    }
}
