// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.model.SmoGraph;
import eu.nephele.smo.access.client.model.SmoOperation;
import java.util.Optional;

/**
 * The answer to a change of a graph: its operation, or the graph where it had the desired state already.
 *
 * @param graph empty where there is an operation
 */
public record ChangedGraph(Optional<SmoOperation> operation, Optional<SmoGraph> graph) {

    static ChangedGraph from(JsonNode json) {
        return json.has("kind") && json.has("state")
                ? new ChangedGraph(Optional.of(SmoOperation.from(json)), Optional.empty())
                : new ChangedGraph(
                        Optional.empty(), json.isObject() ? Optional.of(SmoGraph.from(json)) : Optional.empty());
    }

    /** Whether it is done: nothing was to be changed, or the operation has succeeded. */
    public boolean isDone() {
        return operation.map(SmoOperation::hasSucceeded).orElse(true);
    }
}
