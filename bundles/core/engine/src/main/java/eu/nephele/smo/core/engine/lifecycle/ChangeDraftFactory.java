// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory.PlanPins;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import java.util.Optional;
import java.util.Set;

/** Creates from a request the desired state that would be stored. */
final class ChangeDraftFactory {

    private final GraphRepository graphs;
    private final DesiredGraphFactory desiredGraphFactory;
    private final ClusterInventory clusterInventory;
    private final ArtifactTypes artifactTypes;

    ChangeDraftFactory(
            GraphRepository graphs,
            DesiredGraphFactory desiredGraphFactory,
            ClusterInventory clusterInventory,
            ArtifactTypes artifactTypes) {
        this.graphs = graphs;
        this.desiredGraphFactory = desiredGraphFactory;
        this.clusterInventory = clusterInventory;
        this.artifactTypes = artifactTypes;
    }

    /** The state of a graph that a plan would refer to, "" when it is not there. */
    String basis(GraphId graph) {
        return present(graph).map(ChangeDraftFactory::basis).orElse("");
    }

    /** The same as when a plan was made, from what is there now. */
    ChangeDraft recreate(GraphId id, PlanRecord record) {
        if (record.request().isPresent()) {
            return create(id, record.request().get());
        }
        Graph graph = graphs.restore(id.project(), record.descriptor().orElseThrow());
        return create(
                new DeployRequest(graph, record.override(), true, record.plan().warnings()));
    }

    /** @throws SmoException when no deployer installs it */
    ChangeDraft checked(DeployRequest request) {
        artifactTypes.check(request.graph());
        return create(request);
    }

    private ChangeDraft create(DeployRequest request) {
        Graph graph = request.graph();
        Optional<GraphRecord> present = present(graph.id());
        if (present.isEmpty()) {
            Desired desired = desiredGraphFactory.first(request, PlanPins.NOTHING);
            return new ChangeDraft(
                    Kind.DEPLOY,
                    new GraphRecord(desired, Optional.empty(), ObservedGraph.nothing()),
                    graph,
                    Set.of(),
                    new ChangeDraft.DraftRequest(
                            Optional.of(graph.descriptor()), request.override(), Optional.empty(), ""));
        }
        Desired desired = desiredGraphFactory.updated(
                present.get().desired(),
                graphs.read(present.get().desired()),
                request,
                present.get().desired().declaration().revision() + 1,
                PlanPins.NOTHING);
        return new ChangeDraft(
                Kind.UPDATE,
                new GraphRecord(desired, present.get().decided(), present.get().observed()),
                graph,
                Set.copyOf(present.get().desired().declaration().services()),
                new ChangeDraft.DraftRequest(
                        Optional.of(graph.descriptor()), request.override(), Optional.empty(), basis(present.get())));
    }

    ChangeDraft create(GraphId id, PlaceRequest request) {
        GraphRecord present = present(id)
                .orElseThrow(() ->
                        SmoException.notFound("Graph %s not found in project %s".formatted(id.name(), id.project())));
        Graph graph = graphs.read(present.desired());
        PlacementRequestValidator.check(graph, present, request, clusterInventory);
        Desired desired = desiredGraphFactory.placed(present.desired(), request, PlanPins.NOTHING);
        return new ChangeDraft(
                Kind.PLACE,
                new GraphRecord(desired, present.decided(), present.observed()),
                graph,
                Set.copyOf(present.desired().declaration().services()),
                new ChangeDraft.DraftRequest(
                        Optional.empty(), DeployRequest.StrategyOverride.NONE, Optional.of(request), basis(present)));
    }

    private Optional<GraphRecord> present(GraphId graph) {
        return graphs.find(graph).filter(GraphQueries::isVisible);
    }

    static String basis(GraphRecord record) {
        return "%d:%d"
                .formatted(
                        record.desired().revision(),
                        record.decided().map(DecidedGraph::assignment).orElse(0L));
    }
}
