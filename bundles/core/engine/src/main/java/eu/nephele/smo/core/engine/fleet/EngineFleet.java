// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.fleet;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.decision.DecisionModule;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.lifecycle.PinnedMoves;
import eu.nephele.smo.core.engine.proposal.MoveBudget;
import eu.nephele.smo.core.engine.proposal.PlacementProblemFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fleet as the engine knows it. */
public final class EngineFleet implements FleetWorld {

    private final GraphRepository graphs;
    private final ClusterInventory clusterInventory;
    private final PlacementProblemFactory problems;
    private final MemberReader members;
    private final PinnedMoves moves;

    private EngineFleet(
            GraphRepository graphs,
            ClusterInventory clusterInventory,
            PlacementProblemFactory problems,
            MemberReader members,
            PinnedMoves moves) {
        this.graphs = graphs;
        this.clusterInventory = clusterInventory;
        this.problems = problems;
        this.members = members;
        this.moves = moves;
    }

    public static EngineFleet create(
            EngineContext context,
            GraphRepository graphs,
            ClusterInventory clusterInventory,
            DecisionModule decision,
            PinnedMoves moves) {
        MemberReader members =
                new MemberReader(graphs, clusterInventory, decision.proposer(), new MoveBudget(context.clock()));
        return new EngineFleet(graphs, clusterInventory, decision.problems(), members, moves);
    }

    @Override
    public List<GraphId> graphs() {
        return graphs.list().stream()
                .filter(record -> record.desired().state() == DesiredState.RUNNING)
                .map(GraphRecord::id)
                .sorted()
                .toList();
    }

    @Override
    public FleetSnapshot snapshot(Collection<GraphId> wanted, List<ClusterState> added) {
        clusterInventory.blind().ifPresent(why -> {
            throw why;
        });
        List<FleetMember> placed = new ArrayList<>();
        Map<GraphId, String> unplaced = new TreeMap<>();
        Map<ClusterId, Resources> own = new TreeMap<>();
        for (GraphId id : wanted) {
            Optional<GraphRecord> found = graphs.find(id);
            Optional<String> why = found.map(members::unplaced).orElse(Optional.of("it is not there any more"));
            why.ifPresent(reason -> unplaced.put(id, reason));
            if (why.isEmpty()) {
                GraphRecord record = found.orElseThrow();
                try {
                    FleetMember member = members.member(record, record.decided().orElseThrow(), added);
                    member.reserved().forEach((cluster, amount) -> own.merge(cluster, amount, Resources::plus));
                    placed.add(member);
                } catch (SmoException untranslatable) {
                    // the others are planned around it
                    unplaced.put(id, untranslatable.getMessage());
                }
            }
        }
        return new FleetSnapshot(problems.capacitiesBeside(own), placed, unplaced);
    }

    @Override
    public String basis(GraphId graph) {
        return graphs.find(graph).map(PinnedMoves::basis).orElse("");
    }

    @Override
    public boolean fits(Map<ClusterId, Resources> more) {
        Map<ClusterId, Resources> free = clusterInventory.free(Map.of());
        return more.entrySet().stream()
                .allMatch(entry -> entry.getValue().fitsInto(free.getOrDefault(entry.getKey(), Resources.NONE)));
    }

    @Override
    public Change move(GraphId graph, String basis, Map<String, ClusterId> places, String plan, RequestOrigin origin) {
        return moves.move(graph, basis, places, plan, origin);
    }
}
