// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.decision.PlacementReconciler;
import eu.nephele.smo.core.engine.graph.PlacementOrder;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.PassOutcome;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import eu.nephele.smo.core.engine.status.StatusRecorder.PassObservation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles a graph without a decision: it waits, for its turn or for room, goes back to its former state, or is removed. */
final class UndecidedReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(UndecidedReconciler.class);

    private final PlacementReconciler placer;
    private final GraphFinalizer graphFinalizer;
    private final Compensation compensation;
    private final StatusRecorder recorder;
    private final AutomaticPlacement automation;
    private final PlacementOrder placementOrder;
    private final Duration look;

    /** @param look delay after which a graph that waits for capacity is reconciled again, without any event */
    UndecidedReconciler(
            PlacementReconciler placer,
            GraphFinalizer graphFinalizer,
            Compensation compensation,
            StatusRecorder recorder,
            AutomaticPlacement automation,
            PlacementOrder placementOrder,
            Duration look) {
        this.placer = placer;
        this.graphFinalizer = graphFinalizer;
        this.compensation = compensation;
        this.recorder = recorder;
        this.automation = automation;
        this.placementOrder = placementOrder;
        this.look = look;
    }

    /**
     * A graph that wants room, after a loss or because it waits, leaves it to more important ones that have not looked for it yet;
     * it is as it was meanwhile. Decisions that users ask for do not wait for their turn.
     *
     * @param automatic decision that the engine makes by itself
     * @return empty when it is its turn, or when it wants no room
     */
    Optional<PassResult> yielded(GraphRecord record, Graph graph, Optional<PlacementDemand> automatic) {
        placementOrder.rank(graph.id(), graph.priority());
        boolean open = isOpen(record);
        boolean fails = !open
                && automatic
                        .filter(demand -> demand.reason() == DecisionReason.FAILOVER)
                        .isPresent();
        boolean waits = open && !graph.staticPlacement() && placementOrder.waits(graph.id());
        boolean wants = fails || waits;
        if (!wants) {
            placementOrder.hadTurn(graph.id());
        }
        return !wants || placementOrder.isTurn(graph.id(), automation::stranded)
                ? Optional.empty()
                : Optional.of(new PassResult.RequeueAfter(look));
    }

    private static boolean isOpen(GraphRecord record) {
        Desired desired = record.desired();
        return record.decided()
                .filter(last -> last.generation() == desired.generation()
                        && last.wishNumber() >= desired.wish().number())
                .isEmpty();
    }

    /** It is decided whether the graph has its room: others need not wait until it is rolled out. */
    void answered(GraphRecord record) {
        placementOrder.hadTurn(record.id());
    }

    /** Nothing fits, and no decision in force can be carried out. */
    PassResult noRoom(
            GraphRecord record, Graph graph, PlacementReconciler.PlacementResolution.Unschedulable unschedulable) {
        if (record.desired().provisional() && record.decided().isEmpty()) {
            graphFinalizer.rejected(record, unschedulable.why(), unschedulable.news());
            return new PassResult.Finished();
        }
        // an outage of all clusters does not concern the new revision
        Optional<PassResult> compensated =
                placer.isOutage() ? Optional.empty() : compensation.giveUpRevision(record, graph, unschedulable.why());
        if (compensated.isPresent()) {
            return compensated.get();
        }
        boolean overQuota = unschedulable.why().kind() == SmoException.Kind.OVER_QUOTA;
        LOG.info(
                "graph waits for capacity graph={} reason=\"{}\"",
                record.id(),
                unschedulable.why().getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(
                        Condition.PLACED,
                        false,
                        overQuota ? "QuotaExceeded" : "Infeasible",
                        unschedulable.why().getMessage())
                .set(
                        Condition.READY,
                        false,
                        "NotPlaced",
                        overQuota
                                ? "Placement is retried when the quota or what the project uses changes"
                                : "Placement is retried when capacity changes");
        boolean runs = !DeploymentStart.isBefore(record) && record.observed().phase() != GraphPhase.FAILED;
        recorder.save(
                record,
                runs ? GraphPhase.DEGRADED : GraphPhase.PENDING,
                conditions,
                PassObservation.of(waiting(record, graph, runs)).with(unschedulable.news()),
                new PassOutcome.HeldUp(unschedulable.why()));
        recorder.waitsForRoom(record.id());
        return new PassResult.RequeueAfter(look);
    }

    /** Handles a graph for which no decision is possible now, or ever. */
    PassResult undecidable(GraphRecord record, Graph graph, SmoException e) {
        boolean wrong = e.kind() == SmoException.Kind.INVALID;
        if (wrong && record.desired().provisional() && record.decided().isEmpty()) {
            graphFinalizer.rejected(record, e, List.of());
            return new PassResult.Finished();
        }
        Optional<PassResult> compensated = wrong ? compensation.begin(record, graph, e) : Optional.empty();
        if (compensated.isPresent()) {
            return compensated.get();
        }
        LOG.warn("placement decision failed graph={} reason=\"{}\"", record.id(), e.getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, record.decided().isPresent(), "Undecidable", e.getMessage())
                .set(Condition.READY, false, "Undecidable", e.getMessage());
        recorder.save(
                record,
                record.observed().phase(),
                conditions,
                PassObservation.unchanged(record),
                wrong ? new PassOutcome.Failed(e) : new PassOutcome.InProgress(Optional.of(e), e.getMessage()));
        return Reconciler.next(e);
    }

    private static Map<String, ObservedService> waiting(GraphRecord record, Graph graph, boolean runs) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        graph.services().forEach(service -> {
            ServiceState state = service.trigger().isConditional() ? ServiceState.PENDING : ServiceState.NOT_DEPLOYED;
            ObservedService waits =
                    new ObservedService(state, List.of(), 0, Optional.empty(), List.of(), "waits for capacity");
            services.put(service.id(), runs ? record.observed().services().getOrDefault(service.id(), waits) : waits);
        });
        return services;
    }
}
