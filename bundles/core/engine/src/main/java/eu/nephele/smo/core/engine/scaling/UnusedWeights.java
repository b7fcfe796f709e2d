// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.proposal.PlacementProposer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clusters that have a weight in the division of a service, and no share of it yet: where it may grow without being placed again. */
final class UnusedWeights {

    private static final Logger LOG = LoggerFactory.getLogger(UnusedWeights.class);

    private final GraphRepository graphs;
    private final ClusterInventory clusterInventory;
    private final PlacementProposer proposer;

    UnusedWeights(GraphRepository graphs, ClusterInventory clusterInventory, PlacementProposer proposer) {
        this.graphs = graphs;
        this.clusterInventory = clusterInventory;
        this.proposer = proposer;
    }

    /** In order; none that intents, the operator of the cluster or the other services of the graph exclude. */
    List<ClusterId> find(GraphRecord record, DecidedGraph decided, String service) {
        ReplicaDivision division = decided.effective(service).division();
        List<ClusterId> present = decided.placement().clustersOf(service);
        List<ClusterId> unused = clusterInventory.states().stream()
                .filter(ClusterState::ready)
                .map(ClusterState::id)
                .filter(cluster -> division.proportion() == Proportion.WEIGHTS
                        && division.weightOf(cluster) > 0
                        && !present.contains(cluster)
                        && clusterInventory.closed(cluster, false).isEmpty())
                .sorted()
                .toList();
        if (unused.isEmpty()) {
            return unused;
        }
        try {
            PlacementRequest request = request(record, decided, service);
            Set<String> before = Set.copyOf(Feasibility.violations(request, decided.placement()));
            return unused.stream()
                    .filter(cluster -> before.containsAll(
                            Feasibility.violations(request, with(decided, service, cluster, division.minPerCluster()))))
                    .toList();
        } catch (SmoException e) {
            LOG.warn(
                    "reading the constraints of a service failed graph={} service={} reason=\"{}\"; it grows where it is only",
                    record.id(),
                    service,
                    e.getMessage());
            return List.of();
        }
    }

    private PlacementRequest request(GraphRecord record, DecidedGraph decided, String service) {
        Graph graph = graphs.read(record.desired());
        int replicas = decided.placement().replicasOf(service)
                + decided.effective(service).division().minPerCluster();
        PlacementDemand demand =
                PlacementDemand.automatic(DecisionReason.SCALE, Set.of()).withReplicas(Map.of(service, replicas));
        return proposer.problem(
                record, graph, demand, proposer.translate(graph), clusterInventory.reservedBy(record.id()));
    }

    private static Placement with(DecidedGraph decided, String service, ClusterId cluster, int replicas) {
        List<Share> shares = new ArrayList<>(decided.placement().of(service));
        shares.add(new Share(cluster, replicas));
        return decided.placement().with(service, shares);
    }
}
