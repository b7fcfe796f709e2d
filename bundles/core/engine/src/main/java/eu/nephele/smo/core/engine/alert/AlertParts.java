// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.alert;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.graph.GraphParts;

/** What has alerts watched for and takes them, put together. */
public record AlertParts(Watches watches, AlertService desk) {

    public static AlertParts of(EngineContext context, GraphParts graph, ClusterParts cluster) {
        Memory memory = context.memory();
        return new AlertParts(
                new Watches(cluster.ports(), memory.installationId()),
                new AlertDesk(memory.alerts(), graph.graphs(), graph.declarations(), context::wake, context.clock()));
    }
}
