// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One service on one cluster whose replicas are to be decided.
 *
 * @param graph the graph
 * @param service service id
 * @param cluster where its replicas run
 * @param perReplica what one replica needs
 * @param replicas present number, read anew for every decision
 * @param minReplicas hard lower bound, 0 or more
 * @param maxReplicas hard upper bound, at least {@code minReplicas}
 * @param demandPerSecond requests per second that have to be served; empty when there is no data, which is not the same as 0
 * @param profile what a number of replicas can serve
 * @param sinceLastChange time since the replicas changed last
 * @param history demand of the past, oldest first, the latest at the time of the decision or up to one step before; empty unless the
 *     strategy has the capability {@link ScalingStrategy#HISTORY}, and when nobody knows the past. It goes back {@code
 *     historyMinutes} (180 minutes unless configured otherwise) with one point every {@code historyStepSeconds} (60 s), so it has 181
 *     points at most: fewer where a service is younger or the metrics have gaps. Gaps are left out and never filled, so look at
 *     {@link LoadPoint#at()} rather than at the place in the list. Each point is a rate over {@code rateWindowSeconds}, in the
 *     unit and with the share of {@code demandPerSecond}: of a service on several clusters, each has its part
 */
public record ScalingTarget(
        GraphId graph,
        String service,
        ClusterId cluster,
        Resources perReplica,
        int replicas,
        int minReplicas,
        int maxReplicas,
        OptionalDouble demandPerSecond,
        ServiceProfile profile,
        Duration sinceLastChange,
        List<LoadPoint> history) {

    public ScalingTarget {
        history = List.copyOf(history);
        if (minReplicas < 0 || maxReplicas < minReplicas || replicas < 0) {
            throw new IllegalArgumentException(
                    "Expected 0 <= minReplicas <= maxReplicas and replicas >= 0, got %d, %d, %d (service %s)"
                            .formatted(minReplicas, maxReplicas, replicas, service));
        }
    }
}
