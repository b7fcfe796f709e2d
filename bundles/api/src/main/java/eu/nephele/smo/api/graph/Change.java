// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A change that was accepted and stored; it happens even if nobody waits for it.
 *
 * @param accepted the graph right after the change was stored
 * @param replay true when the request asked for what was there already, or repeats an earlier one: nothing was changed
 * @param operation the operation that carries it out, of the earlier request for a replay; empty when that is not kept any more
 * @param decided completes when the placement of the change is decided, exceptionally with an {@link SmoException} when it
 *     cannot be; for changes without a decision together with {@code done}
 * @param done completes when the world is as wanted, exceptionally with an {@link SmoException} when that failed
 */
public record Change(
        GraphView accepted,
        boolean replay,
        Optional<Operation> operation,
        CompletionStage<GraphView> decided,
        CompletionStage<GraphView> done) {}
