// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import eu.nephele.smo.core.engine.graph.Declarations;
import eu.nephele.smo.core.engine.graph.Declarations.Pinned;
import eu.nephele.smo.core.engine.graph.Graphs;
import java.util.Optional;
import java.util.Set;

/** Makes of what is asked what would be stored. */
final class Drafts {

    private final Graphs graphs;
    private final Declarations declarations;
    private final ClusterBoard board;
    private final ArtifactTypes artifactTypes;

    Drafts(Graphs graphs, Declarations declarations, ClusterBoard board, ArtifactTypes artifactTypes) {
        this.graphs = graphs;
        this.declarations = declarations;
        this.board = board;
        this.artifactTypes = artifactTypes;
    }

    /** The state of a graph that a plan would be made of, "" when it is not there. */
    String basis(GraphId graph) {
        return present(graph).map(Drafts::basis).orElse("");
    }

    /** The same as when a plan was made, from what is there now. */
    Draft again(GraphId id, PlanRecord record) {
        if (record.request().isPresent()) {
            return of(id, record.request().get());
        }
        Graph graph = graphs.restore(id.project(), record.descriptor().orElseThrow());
        return of(
                new DeployRequest(graph, record.override(), true, record.plan().warnings()));
    }

    /** @throws SmoException when nobody can install it */
    Draft checked(DeployRequest request) {
        artifactTypes.check(request.graph());
        return of(request);
    }

    private Draft of(DeployRequest request) {
        Graph graph = request.graph();
        Optional<GraphRecord> present = present(graph.id());
        if (present.isEmpty()) {
            Desired desired = declarations.first(request, Pinned.NOTHING);
            return new Draft(
                    Kind.DEPLOY,
                    new GraphRecord(desired, Optional.empty(), Observed.nothing()),
                    graph,
                    Set.of(),
                    new Draft.Request(Optional.of(graph.descriptor()), request.override(), Optional.empty(), ""));
        }
        Desired desired = declarations.updated(
                present.get().desired(),
                graphs.of(present.get().desired()),
                request,
                present.get().desired().declaration().revision() + 1,
                Pinned.NOTHING);
        return new Draft(
                Kind.UPDATE,
                new GraphRecord(desired, present.get().decided(), present.get().observed()),
                graph,
                Set.copyOf(present.get().desired().declaration().services()),
                new Draft.Request(
                        Optional.of(graph.descriptor()), request.override(), Optional.empty(), basis(present.get())));
    }

    Draft of(GraphId id, PlaceRequest request) {
        GraphRecord present = present(id)
                .orElseThrow(() ->
                        SmoException.notFound("Graph %s not found in project %s".formatted(id.name(), id.project())));
        Graph graph = graphs.of(present.desired());
        PlaceRules.check(graph, present, request, board);
        Desired desired = declarations.placed(present.desired(), request, Pinned.NOTHING);
        return new Draft(
                Kind.PLACE,
                new GraphRecord(desired, present.decided(), present.observed()),
                graph,
                Set.copyOf(present.desired().declaration().services()),
                new Draft.Request(
                        Optional.empty(), DeployRequest.StrategyOverride.NONE, Optional.of(request), basis(present)));
    }

    private Optional<GraphRecord> present(GraphId graph) {
        return graphs.find(graph).filter(VisibleGraphs::isVisible);
    }

    private static String basis(GraphRecord record) {
        return "%d:%d"
                .formatted(
                        record.desired().revision(),
                        record.decided().map(Decided::assignment).orElse(0L));
    }
}
