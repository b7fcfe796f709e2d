// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.core.engine.cluster.Federation;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.graph.GraphRegister;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.scaling.ScalingPlans;

/** What takes note of passes: of what they saw, of graphs that end, of what graphs hold. */
public record Bookkeeping(Recorder recorder, Endings endings, Holdings holdings) {

    /** @param roomMade is told when something gives back what it had reserved */
    public static Bookkeeping of(
            EngineContext context,
            GraphRegister register,
            Operations operations,
            Federation federation,
            ScalingPlans scaling,
            Runnable roomMade) {
        Holdings holdings = new Holdings(federation.board(), register.graphs(), roomMade);
        return new Bookkeeping(
                new Recorder(
                        register.graphs(),
                        register.views(),
                        operations,
                        register.happenings(),
                        register.census(),
                        scaling,
                        context.clock()),
                new Endings(
                        register.graphs(),
                        register.views(),
                        operations,
                        register.happenings(),
                        register.census(),
                        scaling,
                        holdings),
                holdings);
    }
}
