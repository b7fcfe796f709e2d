// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.core.engine.decision.TransitReservations;
import eu.nephele.smo.core.engine.demand.ReplicaChanges;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ReplicaCommit {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaCommit.class);

    private final GraphRepository graphs;
    private final ClusterInventory clusterInventory;
    private final GraphEventFactory graphEventFactory;
    private final ReplicaChanges changes;
    private final UnusedWeights unusedWeights;
    private final Clock clock;

    ReplicaCommit(
            GraphRepository graphs,
            ClusterInventory clusterInventory,
            GraphEventFactory graphEventFactory,
            ReplicaChanges changes,
            UnusedWeights unusedWeights,
            Clock clock) {
        this.graphs = graphs;
        this.clusterInventory = clusterInventory;
        this.graphEventFactory = graphEventFactory;
        this.changes = changes;
        this.unusedWeights = unusedWeights;
        this.clock = clock;
    }

    /** Divides the replicas of services on several clusters, as their divisions and the free capacities want it. */
    List<ScalingOutcome> divided(GraphRecord record, DecidedGraph decided, List<ScalingOutcome> outcomes) {
        boolean any = outcomes.stream()
                .anyMatch(outcome ->
                        DividedReplicas.isDivided(decided, outcome.target().service()));
        return any
                ? new DividedReplicas(
                                decided,
                                clusterInventory.free(Map.of()),
                                service -> unusedWeights.find(record, decided, service))
                        .divide(outcomes)
                : outcomes;
    }

    /** Commits new replicas; shrinking ones stay reserved until they have gone. */
    boolean commit(GraphRecord record, DecidedGraph decided, Placement next, List<ScalingOutcome> outcomes) {
        TransitReservations.PlacementUse before = new TransitReservations.PlacementUse(
                decided.placement(), decided.constraints().services());
        TransitReservations.PlacementUse after =
                new TransitReservations.PlacementUse(next, decided.constraints().services());
        Map<ClusterId, Resources> held = TransitReservations.sideBySide(
                Reservations.compute(decided), before, after, Placement.NONE, clusterInventory::ready);
        DecidedGraph scaled = decided.next(decided.generation(), next, held, clock.instant());
        Map<ClusterId, Resources> reservation = Reservations.compute(scaled);
        CommitResult result = graphs.commit(
                record.id(),
                record.desired().revision(),
                scaled,
                reservation,
                Optional.empty(),
                TransactionalWrites.of(scaled(record, decided.placement(), next, outcomes), List.of()));
        if (result != CommitResult.STORED) {
            LOG.info("replicas rejected graph={} result={}; retrying at the next interval", record.id(), result);
            return false;
        }
        Set<WorkloadRef> refs = Set.copyOf(record.desired().declaration().services().stream()
                .map(service -> new WorkloadRef(record.id(), service))
                .toList());
        clusterInventory.track(record.id(), refs, reservation);
        outcomes.forEach(outcome -> note(outcome.target(), decided.placement(), next));
        return true;
    }

    private void note(ScalingTarget target, Placement before, Placement after) {
        int from = replicas(before, target);
        int to = replicas(after, target);
        if (from != to) {
            changes.record(
                    target.graph(), target.service(), target.cluster(), new ReplicaChange(clock.instant(), from, to));
        }
    }

    private List<EventDraft> scaled(
            GraphRecord record, Placement before, Placement after, List<ScalingOutcome> outcomes) {
        Set<String> told = new HashSet<>();
        return outcomes.stream()
                .filter(outcome -> replicas(before, outcome.target()) != replicas(after, outcome.target()))
                .map(outcome -> {
                    JsonFieldWriter data = new JsonFieldWriter();
                    String service = outcome.target().service();
                    data.put("cluster", outcome.target().cluster().name());
                    data.put("from", replicas(before, outcome.target()));
                    data.put("to", replicas(after, outcome.target()));
                    if (told.add(service)) {
                        data.put("fromInAll", before.replicasOf(service));
                        data.put("toInAll", after.replicasOf(service));
                    }
                    data.put("strategy", outcome.decidedBy().id());
                    data.put("version", outcome.decidedBy().version());
                    data.put("reason", outcome.answer().reason());
                    return graphEventFactory.create(
                            "scaling.decision_made",
                            record.id(),
                            Optional.of(service),
                            record.desired().generation(),
                            Optional.empty(),
                            data.object());
                })
                .toList();
    }

    /** On the cluster of the target. */
    private static int replicas(Placement placement, ScalingTarget target) {
        return placement.of(target.service()).stream()
                .filter(share -> share.cluster().equals(target.cluster()))
                .mapToInt(Share::replicas)
                .sum();
    }
}
