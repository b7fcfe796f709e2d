// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.fleet;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetMember;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.lifecycle.PinnedMoves;
import eu.nephele.smo.core.engine.proposal.MoveBudget;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.proposal.PlacementProposer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a graph as a member of the fleet: its problem, and whether it may move. */
final class MemberReader {

    private final GraphRepository graphs;
    private final ClusterInventory clusterInventory;
    private final PlacementProposer proposer;
    private final MoveBudget budget;

    MemberReader(
            GraphRepository graphs, ClusterInventory clusterInventory, PlacementProposer proposer, MoveBudget budget) {
        this.graphs = graphs;
        this.clusterInventory = clusterInventory;
        this.proposer = proposer;
        this.budget = budget;
    }

    /** Why no strategy places the graph; empty when one does. */
    Optional<String> unplaced(GraphRecord record) {
        if (record.desired().state() != DesiredState.RUNNING) {
            return Optional.of("it is not running");
        }
        if (graphs.read(record.desired()).staticPlacement()) {
            return Optional.of("its placement is static: its charts decide");
        }
        return record.decided().isEmpty() ? Optional.of("it is not placed yet") : Optional.empty();
    }

    FleetMember member(GraphRecord record, DecidedGraph decided, List<ClusterState> added) {
        Graph graph = graphs.read(record.desired());
        Map<ClusterId, Resources> own = clusterInventory.reservedBy(record.id());
        PlacementRequest problem = proposer.problem(
                record,
                graph,
                PlacementDemand.of(
                        RequestedPlacement.of(record.desired().wish().number(), PlaceRequest.replace()), Set.of()),
                proposer.translate(graph),
                own);
        OptionalInt movesLeft = budget.left(graph, decided);
        return new FleetMember(
                record.id(),
                PinnedMoves.basis(record),
                graph.priority(),
                problem,
                own,
                stays(record, decided, problem, movesLeft),
                movesLeft,
                added.isEmpty() ? Map.of() : proposer.excluded(graph, added));
    }

    private String stays(GraphRecord record, DecidedGraph decided, PlacementRequest problem, OptionalInt movesLeft) {
        if (!decided.constraints().keepPlacement().isEmpty()) {
            return decided.constraints().keepPlacement();
        }
        if (record.desired().paused()) {
            return "it is paused";
        }
        boolean answered = decided.generation() == record.desired().generation()
                && decided.wishNumber() >= record.desired().wish().number();
        if (!answered || decided.inTransit() || decided.undoing().isPresent()) {
            return "a change of it is under way";
        }
        if (movesLeft.orElse(1) == 0) {
            return "its moves within the hour (lifecycle.maxMovesPerHour) are used up";
        }
        if (decided.placement().clusters().stream().anyMatch(cluster -> !clusterInventory.ready(cluster))) {
            return "a cluster of it is not ready: failover decides";
        }
        return problem.services().stream()
                .filter(service -> isDivided(decided, service))
                .findFirst()
                .map(service -> "the replicas of %s are divided over clusters".formatted(service.id()))
                .orElse("");
    }

    private static boolean isDivided(DecidedGraph decided, PlacementService service) {
        return service.isDivided() || decided.placement().of(service.id()).size() > 1;
    }
}
