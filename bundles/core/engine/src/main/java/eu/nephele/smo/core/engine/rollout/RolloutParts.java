// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.core.engine.alert.AlertParts;
import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;

/** What acts outside, put together. */
public record RolloutParts(ReleaseRequests requests, Releases releases, Rollout rollout) {

    public static RolloutParts of(EngineContext context, ClusterParts cluster, AlertParts alert) {
        ReleaseRequests requests =
                new ReleaseRequests(cluster.ports(), context.memory().installationId());
        Releases releases = new Releases(cluster.ports(), requests);
        return new RolloutParts(
                requests,
                releases,
                new Rollout(
                        cluster.ports(),
                        cluster.board(),
                        releases,
                        alert.watches(),
                        context.settings().poll(),
                        context.clock()));
    }
}
