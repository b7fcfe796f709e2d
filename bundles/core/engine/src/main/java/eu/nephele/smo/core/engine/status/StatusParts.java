// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.operation.OperationParts;
import eu.nephele.smo.core.engine.scaling.ScalingParts;

/** What takes note of passes, put together. */
public record StatusParts(Recorder recorder, Endings endings, Holdings holdings) {

    /** @param roomMade is told when something gives back what it had reserved */
    public static StatusParts of(
            EngineContext context,
            GraphParts graph,
            OperationParts operation,
            ClusterParts cluster,
            ScalingParts scaling,
            Runnable roomMade) {
        Holdings holdings = new Holdings(cluster.board(), graph.graphs(), roomMade);
        return new StatusParts(
                new Recorder(
                        graph.graphs(),
                        graph.views(),
                        operation.operations(),
                        graph.happenings(),
                        graph.census(),
                        scaling.plans(),
                        context.clock()),
                new Endings(
                        graph.graphs(),
                        graph.views(),
                        operation.operations(),
                        graph.happenings(),
                        graph.census(),
                        scaling.plans(),
                        holdings),
                holdings);
    }
}
