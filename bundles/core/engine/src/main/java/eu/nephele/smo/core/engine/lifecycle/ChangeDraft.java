// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.core.contract.store.GraphRecord;
import java.util.Optional;
import java.util.Set;

/** A requested change, as it would be stored. */
record ChangeDraft(Kind kind, GraphRecord record, Graph graph, Set<String> declared, DraftRequest request) {

    /**
     * The original request, for a retry.
     *
     * @param descriptor of a change of the graph
     * @param placement of a move
     * @param basis the state of the graph that it refers to, "" for none
     */
    record DraftRequest(
            Optional<JsonObject> descriptor,
            DeployRequest.StrategyOverride override,
            Optional<PlaceRequest> placement,
            String basis) {}
}
