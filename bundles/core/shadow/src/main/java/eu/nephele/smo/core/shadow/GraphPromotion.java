// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a shadow the strategy of its graph: a new revision of the descriptor, and a placement by it. */
final class GraphPromotion {

    private static final Logger LOG = LoggerFactory.getLogger(GraphPromotion.class);

    private final GraphService graphs;
    private final DescriptorReader reader;

    GraphPromotion(GraphService graphs, DescriptorReader reader) {
        this.graphs = graphs;
        this.reader = reader;
    }

    /** Leases the service that changes graphs for the time of one promotion. */
    @FunctionalInterface
    interface Lender {
        Optional<String> lend(Function<GraphService, Optional<String>> promotion);
    }

    /** @return the operation that places the graph again; empty when nothing has to be placed now */
    Optional<String> promote(Shadow shadow, GraphId id, CallContext call) {
        GraphView view = graphs.find(id, call)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph '%s' does not exist any more; end shadow %s.".formatted(id, shadow.id())));
        // Each of the two calls would claim the key for itself.
        CallContext unkeyed = call.withoutKey();
        graphs.update(request(shadow, view, unkeyed), unkeyed);
        return shadow.kind().equals(StrategyRef.PLACEMENT) ? placed(id, unkeyed) : Optional.empty();
    }

    private DeployRequest request(Shadow shadow, GraphView view, CallContext call) {
        Graph graph = view.graph();
        StrategyOverride override = override(view, call);
        boolean placement = shadow.kind().equals(StrategyRef.PLACEMENT);
        StrategySelection selection = placement
                ? ShadowSelectionJson.over(shadow.selection(), override.placement(), graph.placement())
                : ShadowSelectionJson.over(shadow.selection(), override.scaling(), graph.scaling());
        JsonObject strategies = graph.descriptor()
                .get("strategies")
                .flatMap(JsonValue::asObject)
                .orElse(JsonObject.EMPTY)
                .with(shadow.kind(), ShadowSelectionJson.json(selection));
        Graph next = reader.restore(graph.id().project(), graph.descriptor().with("strategies", strategies));
        // a selection of the deployment request would win over the descriptor
        StrategyOverride left = placement
                ? new StrategyOverride(StrategySelection.UNSPECIFIED, override.scaling())
                : new StrategyOverride(override.placement(), StrategySelection.UNSPECIFIED);
        return new DeployRequest(next, left, true, List.of());
    }

    private StrategyOverride override(GraphView view, CallContext call) {
        return graphs.revisions(view.graph().id(), call).stream()
                .filter(revision -> revision.number() == view.item().revision())
                .findFirst()
                .map(Revision::override)
                .orElse(StrategyOverride.NONE);
    }

    /** A new descriptor alone leaves services where they are. */
    private Optional<String> placed(GraphId id, CallContext call) {
        try {
            return graphs.place(id, PlaceRequest.replace(), call).operation().map(Operation::id);
        } catch (SmoException e) {
            if (e.kind() != SmoException.Kind.CONFLICT) {
                throw e;
            }
            LOG.info(
                    "placing graph again failed graph={} reason=\"{}\"; the promoted strategy decides at the next"
                            + " placement",
                    id,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
