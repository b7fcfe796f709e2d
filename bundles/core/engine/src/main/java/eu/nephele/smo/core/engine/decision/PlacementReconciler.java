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
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import eu.nephele.smo.core.engine.graph.Census;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.proposal.Ask;
import eu.nephele.smo.core.engine.proposal.Proposer;
import eu.nephele.smo.core.engine.proposal.Proposer.Proposal;
import eu.nephele.smo.core.engine.proposal.Translation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the decided state of a graph up to its desired state: decides what is open, reserves it and stores it, in one. */
public final class Placer {

    /** What became of it. */
    public sealed interface Answer {
        /**
         * @param graph as it is stored now; what was decided is in force
         * @param changed whether this call decided it
         */
        record Settled(GraphRecord graph, boolean changed) implements Answer {

            /** What is in force. */
            public Decided decided() {
                return graph.decided().orElseThrow();
            }
        }

        /**
         * Nothing fits; what was decided before for this generation, if anything, stays in force.
         *
         * @param inForce the graph as it is stored now, with what is in force; empty when nothing is
         * @param news what there is to tell; nothing when it was told before
         */
        record NoRoom(SmoException why, Optional<GraphRecord> inForce, List<EventDraft> news) implements Answer {}

        /** The desired state changed meanwhile: load it and come back. */
        record Stale() implements Answer {}
    }

    /** What follows from a decision and is stored with it. */
    @FunctionalInterface
    public interface Sequel {

        /**
         * @param graph with the decision
         * @param running operations that it answers, as they are then
         * @return with these operations, further on or as they are
         */
        Alongside of(GraphRecord graph, List<Operation> running);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Placer.class);

    /** How often a decision is made anew because others took the room meanwhile, before the graph has to queue again. */
    private static final int ATTEMPTS = 20;

    private final Commits commits;
    private final ClusterBoard board;
    private final Proposer proposer;
    private final Decisions decisions;
    private final Journal journal;
    private final Census census;
    private final Operations operations;

    Placer(
            Commits commits,
            ClusterBoard board,
            Proposer proposer,
            Decisions decisions,
            Journal journal,
            Census census,
            Operations operations) {
        this.commits = commits;
        this.board = board;
        this.proposer = proposer;
        this.decisions = decisions;
        this.journal = journal;
        this.census = census;
        this.operations = operations;
    }

    /**
     * @param automatic what the engine wants by itself, where no user wants anything
     * @param sequel of the decision that is made, if one is
     * @throws SmoException when intents cannot be translated; {@code UNAVAILABLE} when nobody tells which clusters there are
     */
    public Answer settle(GraphRecord record, Graph graph, Optional<Ask> automatic, Sequel sequel) {
        Desired desired = record.desired();
        Optional<Decided> last = record.decided();
        if (graph.staticPlacement()) {
            return settleStatic(record, graph, sequel);
        }
        boolean wished =
                last.isEmpty() || last.get().wishNumber() < desired.wish().number();
        if (wished) {
            return decideWish(record, graph, sequel);
        }
        if (last.isPresent() && last.get().generation() != desired.generation()) {
            return keepOrPlace(record, graph, last.get(), sequel);
        }
        if (automatic.isPresent()) {
            return decide(record, graph, automatic.get(), sequel);
        }
        return last.isPresent() ? new Answer.Settled(record, false) : new Answer.Stale();
    }

    /**
     * A wish for other places must not take down a change of the descriptor that came before it and is not decided either: where
     * the wish cannot be fulfilled, it alone is refused, and the change is decided without it.
     */
    private Answer decideWish(GraphRecord record, Graph graph, Sequel sequel) {
        Desired desired = record.desired();
        Ask wish = Ask.of(desired.wish(), board.settled(record));
        Answer answer = decide(record, graph, wish, sequel);
        boolean changeIsOpen = record.decided()
                .filter(last -> last.generation() == desired.generation())
                .isEmpty();
        if (answer instanceof Answer.NoRoom refused && changeIsOpen && wish.isForOtherPlaces()) {
            DecisionReason reason = record.decided().isPresent() ? DecisionReason.UPDATE : DecisionReason.DEPLOY;
            Ask change = Ask.automatic(reason, board.settled(record)).onRequest();
            Answer without = decide(record, graph, change, sequel);
            return without instanceof Answer.Settled settled
                    ? new Answer.NoRoom(refused.why(), Optional.of(settled.graph()), refused.news())
                    : without;
        }
        return answer;
    }

    /** Whether there is not one cluster that takes work. */
    public boolean isOutage() {
        return board.states().stream().noneMatch(ClusterState::ready);
    }

    private Answer settleStatic(GraphRecord record, Graph graph, Sequel sequel) {
        Desired desired = record.desired();
        Optional<Decided> last = record.decided();
        boolean answered = last.isPresent()
                && last.get().generation() == desired.generation()
                && last.get().wishNumber() >= desired.wish().number();
        if (answered) {
            return new Answer.Settled(record, false);
        }
        TranslatedIntents intents = proposer.translate(graph).intents();
        Decided decided = decisions.ofStatic(record, proposer.services(graph, intents), intents);
        Commits.Committed committed = commits.decided(record, graph, decided, Optional.empty(), List.of(), sequel);
        return committed.isStored() ? new Answer.Settled(committed.graph(), true) : new Answer.Stale();
    }

    /** A graph that starts again goes where it was, if that place is still good; else it is placed anew. */
    private Answer keepOrPlace(GraphRecord record, Graph graph, Decided last, Sequel sequel) {
        board.blind().ifPresent(why -> {
            throw why;
        });
        boolean isThere = !board.reservedBy(graph.id()).isEmpty();
        boolean placeIsGood = last.placement().shares().entrySet().stream()
                .allMatch(entry -> graph.service(entry.getKey()).isPresent()
                        && entry.getValue().stream()
                                .allMatch(share -> board.ready(share.cluster())
                                        && board.closed(share.cluster(), isThere)
                                                .isEmpty()));
        if (placeIsGood) {
            Decided kept = decisions.again(record, last);
            Commits.Committed committed = commits.decided(record, graph, kept, Optional.empty(), List.of(), sequel);
            if (committed.result() != CommitResult.NO_CAPACITY) {
                return committed.isStored() ? new Answer.Settled(committed.graph(), true) : new Answer.Stale();
            }
        }
        return decide(
                record,
                graph,
                Ask.automatic(DecisionReason.START, board.settled(record)).onRequest(),
                sequel);
    }

    private Answer decide(GraphRecord record, Graph graph, Ask ask, Sequel sequel) {
        board.blind().ifPresent(why -> {
            throw why;
        });
        Translation translation = proposer.translate(graph);
        SmoException lastRefusal = SmoException.infeasible("No cluster is available", Map.of());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<ClusterId, Resources> own = record.decided().isEmpty() ? Map.of() : board.reservedBy(graph.id());
            Proposal proposal = proposer.propose(record, graph, ask, translation, own);
            if (proposal instanceof Proposal.Refused refused) {
                return noRoom(record, ask, refused);
            }
            Proposal.Fits fits = (Proposal.Fits) proposal;
            Optional<SmoException> tooMany = decisions.beyondBudget(record, graph, ask, fits);
            if (tooMany.isPresent()) {
                // What was found is not done: the journal must not say that it is in force.
                return noRoom(record, ask, new Proposal.Refused(tooMany.get(), Optional.empty()));
            }
            DecisionRecord decision =
                    journal.recordOf(fits.outcome(), record.desired().generation());
            Decided decided = decisions.of(record, ask, fits, decision.id(), own, false);
            List<EventDraft> events = List.of(told(record, fits, decision));
            Commits.Committed committed =
                    commits.decided(record, graph, decided, Optional.of(decision), events, sequel);
            if (committed.result() == CommitResult.NO_CAPACITY) {
                // Where old and new do not fit side by side, the old place is given up first.
                decided = decisions.of(record, ask, fits, decision.id(), own, true);
                committed = commits.decided(record, graph, decided, Optional.of(decision), events, sequel);
            }
            if (committed.isStored()) {
                census.placed(graph.id());
                log(record, fits.outcome(), fits.placement());
                return new Answer.Settled(committed.graph(), true);
            }
            if (committed.result() == CommitResult.STALE) {
                return new Answer.Stale();
            }
            lastRefusal = SmoException.infeasible(
                    "The room that the placement needs was taken meanwhile, by other graphs or by pods beyond their"
                            + " reservations",
                    Map.of());
        }
        return noRoom(record, ask, new Proposal.Refused(lastRefusal, Optional.empty()));
    }

    private EventDraft told(GraphRecord record, Proposal.Fits fits, DecisionRecord decision) {
        return decisions.told(record, fits, decision, cause(record));
    }

    private Optional<Operation> cause(GraphRecord record) {
        return operations.due(record).stream().reduce((first, later) -> later);
    }

    private static void log(GraphRecord record, PlacementOutcome outcome, Placement placement) {
        LOG.info(
                "graph={} generation={} placed by {} {} in {} ms ({}): {}",
                record.id(),
                record.desired().generation(),
                outcome.decidedBy().id(),
                outcome.decidedBy().version(),
                outcome.duration().toMillis(),
                outcome.request().reason(),
                describe(placement));
    }

    /** A wish that cannot be fulfilled is answered all the same: it must not be decided again and again. */
    private Answer noRoom(GraphRecord record, Ask ask, Proposal.Refused refused) {
        SmoException why = refused.why();
        boolean news = census.refusedAnew(record.id(), why.reasons());
        List<EventDraft> events = news ? List.of(decisions.toldRefused(record, ask, why, cause(record))) : List.of();
        if (news) {
            refused.outcome()
                    .ifPresent(outcome -> journal.note(outcome, record.desired().generation()));
        }
        Optional<Decided> inForce = record.decided()
                .filter(last -> last.generation() == record.desired().generation());
        if (inForce.isEmpty()) {
            return new Answer.NoRoom(why, Optional.empty(), events);
        }
        long wish = record.desired().wish().number();
        if (inForce.get().wishNumber() >= wish) {
            return new Answer.NoRoom(why, Optional.of(record), events);
        }
        Decided same = inForce.get().answering(wish);
        if (commits.answered(record, same) != CommitResult.STORED) {
            return new Answer.Stale();
        }
        GraphRecord answered = new GraphRecord(record.desired(), Optional.of(same), record.observed());
        return new Answer.NoRoom(why, Optional.of(answered), events);
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
