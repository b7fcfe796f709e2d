// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.GraphIndex;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.proposal.DecisionInputs;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.proposal.PlacementProposer;
import eu.nephele.smo.core.engine.proposal.PlacementProposer.Proposal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the decided state of a graph up to its desired state: decides open requests, reserves capacity and stores the
 * decision in one transaction.
 */
public final class PlacementReconciler {

    public sealed interface PlacementResolution {
        /**
         * @param graph as it is stored now; what was decided is in force
         * @param changed whether this call decided it
         */
        record ResolvedPlacement(GraphRecord graph, boolean changed) implements PlacementResolution {

            public DecidedGraph decided() {
                return graph.decided().orElseThrow();
            }
        }

        /**
         * Nothing fits; an earlier decision for this generation, if any, stays in force.
         *
         * @param inForce the graph as it is stored now, with its decision in force; empty without one
         * @param news events to publish; nothing when they were published before
         */
        record Unschedulable(SmoException why, Optional<GraphRecord> inForce, List<EventDraft> news)
                implements PlacementResolution {}

        /** The desired state changed meanwhile: load it and come back. */
        record Stale() implements PlacementResolution {}
    }

    /** Writes that follow from a decision and are stored with it. */
    @FunctionalInterface
    public interface FollowUp {

        /**
         * @param graph with the decision
         * @param running operations that it answers, as they are then
         * @return with these operations, further on or as they are
         */
        TransactionalWrites writes(GraphRecord graph, List<Operation> running);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PlacementReconciler.class);

    /** Limit of repeated decisions after others took the capacity meanwhile, before the graph has to queue again. */
    private static final int ATTEMPTS = 20;

    private final DecisionCommitter commits;
    private final ClusterInventory clusterInventory;
    private final PlacementProposer proposer;
    private final DecidedGraphFactory decidedGraphFactory;
    private final DecisionJournal journal;
    private final GraphIndex graphIndex;
    private final OperationTracker operations;

    PlacementReconciler(
            DecisionCommitter commits,
            ClusterInventory clusterInventory,
            PlacementProposer proposer,
            DecidedGraphFactory decidedGraphFactory,
            DecisionJournal journal,
            GraphIndex graphIndex,
            OperationTracker operations) {
        this.commits = commits;
        this.clusterInventory = clusterInventory;
        this.proposer = proposer;
        this.decidedGraphFactory = decidedGraphFactory;
        this.journal = journal;
        this.graphIndex = graphIndex;
        this.operations = operations;
    }

    /**
     * @param automatic decision that the engine makes by itself, without a request of a user
     * @param followUp of the decision that is made, if one is
     * @throws SmoException when intents cannot be translated; {@code UNAVAILABLE} when the list of clusters is unknown
     */
    public PlacementResolution settle(
            GraphRecord record, Graph graph, Optional<PlacementDemand> automatic, FollowUp followUp) {
        Desired desired = record.desired();
        Optional<DecidedGraph> last = record.decided();
        if (graph.staticPlacement()) {
            return settleStatic(record, graph, followUp);
        }
        boolean wished =
                last.isEmpty() || last.get().wishNumber() < desired.wish().number();
        if (wished) {
            return decideWish(record, graph, followUp);
        }
        if (last.isPresent() && last.get().generation() != desired.generation()) {
            return keepOrPlace(record, graph, last.get(), followUp);
        }
        if (automatic.isPresent()) {
            return automatic.get().reason() == DecisionReason.IMPROVE
                    ? improve(record, graph, automatic.get(), followUp)
                    : decide(record, graph, automatic.get(), followUp);
        }
        return last.isPresent()
                ? new PlacementResolution.ResolvedPlacement(record, false)
                : new PlacementResolution.Stale();
    }

    /**
     * A request for other places must not take down an earlier change of the descriptor that is not decided either:
     * where the request cannot be fulfilled, it alone is rejected, and the change is decided without it.
     */
    private PlacementResolution decideWish(GraphRecord record, Graph graph, FollowUp followUp) {
        Desired desired = record.desired();
        PlacementDemand wish = PlacementDemand.of(desired.wish(), clusterInventory.settled(record));
        PlacementResolution answer = decide(record, graph, wish, followUp);
        boolean changeIsOpen = record.decided()
                .filter(last -> last.generation() == desired.generation())
                .isEmpty();
        if (answer instanceof PlacementResolution.Unschedulable refused && changeIsOpen && wish.isForOtherPlaces()) {
            DecisionReason reason = record.decided().isPresent() ? DecisionReason.UPDATE : DecisionReason.DEPLOY;
            PlacementDemand change = PlacementDemand.automatic(reason, clusterInventory.settled(record))
                    .onRequest();
            PlacementResolution without = decide(record, graph, change, followUp);
            return without instanceof PlacementResolution.ResolvedPlacement resolvedPlacement
                    ? new PlacementResolution.Unschedulable(
                            refused.why(), Optional.of(resolvedPlacement.graph()), refused.news())
                    : without;
        }
        return answer;
    }

    /** Returns whether there is not one cluster that takes work. */
    public boolean isOutage() {
        return clusterInventory.states().stream().noneMatch(ClusterState::ready);
    }

    private PlacementResolution settleStatic(GraphRecord record, Graph graph, FollowUp followUp) {
        Desired desired = record.desired();
        Optional<DecidedGraph> last = record.decided();
        boolean answered = last.isPresent()
                && last.get().generation() == desired.generation()
                && last.get().wishNumber() >= desired.wish().number();
        if (answered) {
            return new PlacementResolution.ResolvedPlacement(record, false);
        }
        TranslatedIntents intents = proposer.translate(graph).intents();
        DecidedGraph decided = decidedGraphFactory.ofStatic(record, proposer.services(graph, intents), intents);
        DecisionCommitter.CommittedDecision committed =
                commits.decided(record, graph, decided, Optional.empty(), List.of(), followUp);
        return committed.isStored()
                ? new PlacementResolution.ResolvedPlacement(committed.graph(), true)
                : new PlacementResolution.Stale();
    }

    /** A graph that starts again goes where it was, if that place is still good; else it is placed again. */
    private PlacementResolution keepOrPlace(GraphRecord record, Graph graph, DecidedGraph last, FollowUp followUp) {
        clusterInventory.blind().ifPresent(why -> {
            throw why;
        });
        boolean isThere = !clusterInventory.reservedBy(graph.id()).isEmpty();
        boolean placeIsGood = last.placement().shares().entrySet().stream()
                .allMatch(entry -> graph.service(entry.getKey()).isPresent()
                        && entry.getValue().stream()
                                .allMatch(share -> clusterInventory.ready(share.cluster())
                                        && clusterInventory
                                                .closed(share.cluster(), isThere)
                                                .isEmpty()));
        if (placeIsGood) {
            DecidedGraph kept = decidedGraphFactory.renew(record, last);
            DecisionCommitter.CommittedDecision committed =
                    commits.decided(record, graph, kept, Optional.empty(), List.of(), followUp);
            if (committed.result() != CommitResult.NO_CAPACITY && committed.result() != CommitResult.OVER_QUOTA) {
                return committed.isStored()
                        ? new PlacementResolution.ResolvedPlacement(committed.graph(), true)
                        : new PlacementResolution.Stale();
            }
        }
        return decide(
                record,
                graph,
                PlacementDemand.automatic(DecisionReason.START, clusterInventory.settled(record))
                        .onRequest(),
                followUp);
    }

    private PlacementResolution decide(
            GraphRecord record, Graph graph, PlacementDemand placementDemand, FollowUp followUp) {
        clusterInventory.blind().ifPresent(why -> {
            throw why;
        });
        DecisionInputs decisionInputs = proposer.translate(graph);
        SmoException lastRefusal = SmoException.infeasible("No cluster is available", Map.of());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<ClusterId, Resources> own =
                    record.decided().isEmpty() ? Map.of() : clusterInventory.reservedBy(graph.id());
            Proposal proposal = proposer.propose(record, graph, placementDemand, decisionInputs, own);
            if (proposal instanceof Proposal.DoesNotFit doesNotFit) {
                return noRoom(record, placementDemand, doesNotFit);
            }
            Proposal.Fits fits = (Proposal.Fits) proposal;
            Optional<SmoException> tooMany = decidedGraphFactory
                    .beyondBudget(record, graph, placementDemand, fits)
                    .or(() -> decidedGraphFactory.beyondQuota(record, fits));
            if (tooMany.isPresent()) {
                // the result is not carried out: the journal must not say that it is in force
                return noRoom(record, placementDemand, new Proposal.DoesNotFit(tooMany.get(), Optional.empty()));
            }
            Optional<PlacementResolution> stored = store(record, graph, placementDemand, fits, own, followUp);
            if (stored.isPresent()) {
                return stored.get();
            }
            lastRefusal = SmoException.infeasible(
                    "The room that the placement needs was taken meanwhile, by other graphs or by pods beyond their"
                            + " reservations; or others of the project have taken what its quota left",
                    Map.of());
        }
        return noRoom(record, placementDemand, new Proposal.DoesNotFit(lastRefusal, Optional.empty()));
    }

    /** @return empty where there is not the room for it, or not any more what the quota left */
    private Optional<PlacementResolution> store(
            GraphRecord record,
            Graph graph,
            PlacementDemand placementDemand,
            Proposal.Fits fits,
            Map<ClusterId, Resources> own,
            FollowUp followUp) {
        DecisionRecord decision =
                journal.recordOf(fits.outcome(), record.desired().generation());
        DecidedGraph decided = decidedGraphFactory.create(record, placementDemand, fits, decision.id(), own, false);
        List<EventDraft> events = List.of(placed(record, fits, decision));
        DecisionCommitter.CommittedDecision committed =
                commits.decided(record, graph, decided, Optional.of(decision), events, followUp);
        if (committed.result() == CommitResult.NO_CAPACITY && placementDemand.reason() != DecisionReason.IMPROVE) {
            // where old and new do not fit side by side, the old place is given up first
            decided = decidedGraphFactory.create(record, placementDemand, fits, decision.id(), own, true);
            committed = commits.decided(record, graph, decided, Optional.of(decision), events, followUp);
        }
        if (committed.isStored()) {
            graphIndex.placed(graph.id());
            log(record, fits.outcome(), fits.placement());
            return Optional.of(new PlacementResolution.ResolvedPlacement(committed.graph(), true));
        }
        return committed.result() == CommitResult.STALE
                ? Optional.of(new PlacementResolution.Stale())
                : Optional.empty();
    }

    /** Nothing is wrong with the present placement: it stays unless a better one is found, fits beside it, and is stored at once. */
    private PlacementResolution improve(
            GraphRecord record, Graph graph, PlacementDemand placementDemand, FollowUp followUp) {
        DecidedGraph last = record.decided().orElseThrow();
        Map<ClusterId, Resources> own = clusterInventory.reservedBy(graph.id());
        Optional<Proposal.Fits> better;
        try {
            clusterInventory.blind().ifPresent(why -> {
                throw why;
            });
            int most = decidedGraphFactory.movesLeft(graph, last);
            better = proposer.improve(record, graph, placementDemand, proposer.translate(graph), own, most);
        } catch (SmoException e) {
            LOG.info("graph not improved graph={} reason=\"{}\"; it stays where it is", record.id(), e.getMessage());
            return new PlacementResolution.ResolvedPlacement(record, false);
        }
        if (better.isPresent()) {
            return store(record, graph, placementDemand, better.get(), own, followUp)
                    .orElseGet(() -> new PlacementResolution.ResolvedPlacement(record, false));
        }
        DecidedGraph finished = last.finished();
        if (finished.equals(last)) {
            return new PlacementResolution.ResolvedPlacement(record, false);
        }
        return commits.answered(record, finished) == CommitResult.STORED
                ? new PlacementResolution.ResolvedPlacement(
                        new GraphRecord(record.desired(), Optional.of(finished), record.observed()), false)
                : new PlacementResolution.Stale();
    }

    private EventDraft placed(GraphRecord record, Proposal.Fits fits, DecisionRecord decision) {
        return decidedGraphFactory.placed(record, fits, decision, cause(record));
    }

    private Optional<Operation> cause(GraphRecord record) {
        return operations.due(record).stream().reduce((first, later) -> later);
    }

    private static void log(GraphRecord record, PlacementOutcome outcome, Placement placement) {
        LOG.info(
                "graph placed graph={} generation={} strategy={} version={} durationMs={} trigger={} placement=\"{}\"",
                record.id(),
                record.desired().generation(),
                outcome.decidedBy().id(),
                outcome.decidedBy().version(),
                outcome.duration().toMillis(),
                outcome.request().reason(),
                describe(placement));
    }

    /** A request that cannot be fulfilled is answered all the same: it must not be decided again and again. */
    private PlacementResolution noRoom(
            GraphRecord record, PlacementDemand placementDemand, Proposal.DoesNotFit doesNotFit) {
        SmoException why = doesNotFit.why();
        boolean news = graphIndex.refusedAnew(record.id(), why.reasons());
        List<EventDraft> events = news
                ? List.of(decidedGraphFactory.toldRefused(record, placementDemand, why, cause(record)))
                : List.of();
        if (news) {
            doesNotFit
                    .outcome()
                    .ifPresent(
                            outcome -> journal.record(outcome, record.desired().generation()));
        }
        Optional<DecidedGraph> inForce = record.decided()
                .filter(last -> last.generation() == record.desired().generation());
        if (inForce.isEmpty()) {
            return new PlacementResolution.Unschedulable(why, Optional.empty(), events);
        }
        long wish = record.desired().wish().number();
        if (inForce.get().wishNumber() >= wish) {
            return new PlacementResolution.Unschedulable(why, Optional.of(record), events);
        }
        DecidedGraph same = inForce.get().answering(wish);
        if (commits.answered(record, same) != CommitResult.STORED) {
            return new PlacementResolution.Stale();
        }
        GraphRecord answered = new GraphRecord(record.desired(), Optional.of(same), record.observed());
        return new PlacementResolution.Unschedulable(why, Optional.of(answered), events);
    }

    static String describe(Placement placement) {
        return placement.shares().entrySet().stream()
                .map(entry -> entry.getKey() + "→"
                        + entry.getValue().stream()
                                .map(share -> share.cluster().name())
                                .collect(Collectors.joining("+")))
                .collect(Collectors.joining(", "));
    }
}
