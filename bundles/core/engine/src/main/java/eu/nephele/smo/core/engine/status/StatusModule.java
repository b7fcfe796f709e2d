// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.core.engine.cluster.ClusterModule;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.scaling.ScalingPlans;

/** Records passes: their observations, ended graphs, and reservations. */
public record StatusModule(StatusRecorder recorder, GraphRecordRemoval endings, ReservationTracker holdings) {

    /** @param roomMade called when reservations are released */
    public static StatusModule create(
            EngineContext context,
            GraphModule register,
            OperationTracker operations,
            ClusterModule clusterModule,
            ScalingPlans scaling,
            Runnable roomMade) {
        ReservationTracker reservationTracker =
                new ReservationTracker(clusterModule.clusterInventory(), register.graphs(), roomMade);
        return new StatusModule(
                new StatusRecorder(
                        register.graphs(),
                        register.views(),
                        operations,
                        register.graphEventFactory(),
                        register.graphIndex(),
                        scaling,
                        context.clock()),
                new GraphRecordRemoval(
                        register.graphs(),
                        register.views(),
                        operations,
                        register.graphEventFactory(),
                        register.graphIndex(),
                        scaling,
                        reservationTracker),
                reservationTracker);
    }
}
