// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.dashboard;

import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.graph.GraphParts;

/** What has dashboards published, put together. */
public record DashboardParts(DashboardDesk desk) {

    /** @param scheduler threads for the calls outside, which no pass over a graph needs */
    public static DashboardParts of(
            EngineContext context, GraphParts graph, ClusterParts cluster, Scheduler scheduler) {
        return new DashboardParts(new DashboardDesk(
                cluster.ports(),
                context.memory().tombstones(),
                graph.dashboards(),
                context::wake,
                context.settings(),
                scheduler,
                context.clock()));
    }
}
