// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.Decided.EffectiveService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the decided state of a graph up to its desired state: decides what is open, reserves it and stores it, in one. */
final class Placer {

    /** What became of it. */
    sealed interface Answer {
        /**
         * @param decided in force now
         * @param changed whether this call made it
         */
        record Settled(Decided decided, boolean changed) implements Answer {}

        /** Nothing fits; what was decided before for this generation, if anything, stays in force. */
        record NoRoom(SmoException why, Optional<Decided> inForce) implements Answer {}

        /** The desired state changed meanwhile: load it and come back. */
        record Stale() implements Answer {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Placer.class);

    /** How often a decision is made anew because others took the room meanwhile, before the graph has to queue again. */
    private static final int ATTEMPTS = 20;

    private final GraphStore store;
    private final ClusterBoard board;
    private final Problems problems;
    private final Effective effective;
    private final IntentTranslator translator;
    private final PlacementDecider decider;
    private final Journal journal;
    private final Census census;
    private final Clock clock;

    Placer(
            GraphStore store,
            ClusterBoard board,
            Problems problems,
            Effective effective,
            IntentTranslator translator,
            PlacementDecider decider,
            Journal journal,
            Census census,
            Clock clock) {
        this.store = store;
        this.board = board;
        this.problems = problems;
        this.effective = effective;
        this.translator = translator;
        this.decider = decider;
        this.journal = journal;
        this.census = census;
        this.clock = clock;
    }

    /**
     * @param lost clusters in use that are away for longer than the grace: reason for a failover
     * @throws SmoException when intents cannot be translated
     */
    Answer settle(GraphRecord record, Graph graph, Set<ClusterId> lost) {
        Desired desired = record.desired();
        Optional<Decided> last = record.decided();
        if (graph.staticPlacement()) {
            return settleStatic(record, graph);
        }
        boolean wished =
                last.isEmpty() || last.get().wishNumber() < desired.wish().number();
        boolean moving = last.isPresent() && !last.get().leaving().shares().isEmpty();
        if (wished && !moving) {
            return decide(
                    record,
                    graph,
                    desired.wish().request(),
                    desired.wish().request().reason());
        }
        if (!lost.isEmpty()) {
            return decide(record, graph, PlaceRequest.replace(), DecisionReason.FAILOVER);
        }
        if (last.isPresent() && last.get().generation() != desired.generation()) {
            return keepOrPlace(record, graph, last.get());
        }
        return last.<Answer>map(decided -> new Answer.Settled(decided, false)).orElseGet(Answer.Stale::new);
    }

    private Answer settleStatic(GraphRecord record, Graph graph) {
        Desired desired = record.desired();
        Optional<Decided> last = record.decided();
        if (last.isPresent() && last.get().generation() == desired.generation()) {
            return new Answer.Settled(last.get(), false);
        }
        TranslatedIntents intents = translator.translate(graph, board.states());
        Decided decided = new Decided(
                desired.generation(),
                desired.wish().number(),
                last.map(Decided::assignment).orElse(0L) + 1,
                Placement.NONE,
                Placement.NONE,
                effective.services(graph, intents),
                List.of(),
                "",
                "",
                "",
                intents.totalReplicas().max(),
                intents.warnings(),
                clock.instant());
        return commit(graph.id(), desired.revision(), decided, Optional.empty()) == CommitResult.STORED
                ? new Answer.Settled(decided, true)
                : new Answer.Stale();
    }

    /** A graph that starts again goes where it was, if that place is still good; else it is placed anew. */
    private Answer keepOrPlace(GraphRecord record, Graph graph, Decided last) {
        boolean placeIsGood = last.placement().clusters().stream().allMatch(board::ready);
        if (placeIsGood) {
            Decided kept = last.next(record.desired().generation(), last.placement(), clock.instant())
                    .withLeaving(Placement.NONE);
            CommitResult result = commit(graph.id(), record.desired().revision(), kept, Optional.empty());
            if (result != CommitResult.NO_CAPACITY) {
                return result == CommitResult.STORED ? new Answer.Settled(kept, true) : new Answer.Stale();
            }
        }
        return decide(record, graph, PlaceRequest.replace(), DecisionReason.START);
    }

    private Answer decide(GraphRecord record, Graph graph, PlaceRequest wish, DecisionReason reason) {
        TranslatedIntents intents = translator.translate(graph, board.states());
        Map<String, EffectiveService> services = effective.services(graph, intents);
        Placement current = record.decided().map(Decided::placement).orElse(Placement.NONE);
        SmoException lastRefusal = SmoException.infeasible("No cluster is available", Map.of());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<ClusterId, Resources> own = board.reservedBy(graph.id());
            PlacementRequest request = problems.of(graph, wish, reason, intents, services, current, own);
            if (request.clusters().isEmpty()) {
                return noRoom(record, Refusals.nowhere(graph, request));
            }
            PlacementOutcome outcome =
                    decider.decide(request, wishes(record.desired(), graph, wish), intents.weights());
            if (outcome.result() instanceof PlacementResult.Infeasible infeasible) {
                SmoException refusal = Refusals.of(graph, request, infeasible);
                if (census.refusedAnew(graph.id(), refusal.reasons())) {
                    journal.note(outcome, record.desired().generation());
                }
                return noRoom(record, refusal);
            }
            PlacementResult.Placed placed = (PlacementResult.Placed) outcome.result();
            DecisionRecord decision = journal.recordOf(outcome, record.desired().generation());
            Decided decided = decided(record, outcome, placed.placement(), services, intents, decision.id(), current);
            CommitResult result = commit(graph.id(), record.desired().revision(), decided, Optional.of(decision));
            if (result == CommitResult.NO_CAPACITY
                    && !decided.leaving().shares().isEmpty()) {
                // Both places are held during a move; where they do not fit side by side, the old one is given up
                // first.
                decided = decided.withLeaving(Placement.NONE);
                result = commit(graph.id(), record.desired().revision(), decided, Optional.of(decision));
            }
            if (result == CommitResult.STORED) {
                census.placed(graph.id());
                log(record, outcome, placed.placement());
                return new Answer.Settled(decided, true);
            }
            if (result == CommitResult.STALE) {
                return new Answer.Stale();
            }
            lastRefusal = SmoException.infeasible(
                    "The room that the placement needs was taken by others meanwhile", Map.of());
        }
        return noRoom(record, lastRefusal);
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

    /** Stores that a move is done: the place that was left is given back. */
    CommitResult arrived(GraphRecord record, Decided decided) {
        return commit(record.id(), record.desired().revision(), decided.withLeaving(Placement.NONE), Optional.empty());
    }

    private CommitResult commit(GraphId graph, long revision, Decided decided, Optional<DecisionRecord> decision) {
        return store.commit(graph, revision, decided, Reservations.of(decided), decision);
    }

    private Decided decided(
            GraphRecord record,
            PlacementOutcome outcome,
            Placement placement,
            Map<String, EffectiveService> services,
            TranslatedIntents intents,
            String decisionId,
            Placement current) {
        return new Decided(
                record.desired().generation(),
                record.desired().wish().number(),
                record.decided().map(Decided::assignment).orElse(0L) + 1,
                placement,
                leaving(record, current, placement),
                services,
                outcome.request().clusters().stream()
                        .map(cluster -> cluster.id())
                        .toList(),
                decisionId,
                outcome.fallback() ? fallbackText(outcome) : "",
                intents.keepPlacement(),
                intents.totalReplicas().max(),
                intents.warnings(),
                clock.instant());
    }

    /** Where moving services still run: only ready clusters, only services that were installed. */
    private Placement leaving(GraphRecord record, Placement current, Placement next) {
        Map<String, List<Share>> leaving = new LinkedHashMap<>();
        current.shares().forEach((service, shares) -> {
            boolean installed = Optional.ofNullable(record.observed().services().get(service))
                    .map(seen -> seen.assignment() > 0)
                    .orElse(false);
            List<Share> left = shares.stream()
                    .filter(share -> !next.clustersOf(service).contains(share.cluster()))
                    .filter(share -> board.ready(share.cluster()))
                    .toList();
            if (installed && !left.isEmpty()) {
                leaving.put(service, left);
            }
        });
        return new Placement(leaving);
    }

    /** A wish that cannot be fulfilled is answered all the same: it must not be decided again and again. */
    private Answer noRoom(GraphRecord record, SmoException why) {
        Optional<Decided> inForce = record.decided()
                .filter(last -> last.generation() == record.desired().generation());
        if (inForce.isEmpty()) {
            return new Answer.NoRoom(why, Optional.empty());
        }
        long wish = record.desired().wish().number();
        if (inForce.get().wishNumber() >= wish) {
            return new Answer.NoRoom(why, inForce);
        }
        Decided same = inForce.get().answering(wish);
        return commit(record.id(), record.desired().revision(), same, Optional.empty()) == CommitResult.STORED
                ? new Answer.NoRoom(why, Optional.of(same))
                : new Answer.Stale();
    }

    private static List<SourcedSelection> wishes(Desired desired, Graph graph, PlaceRequest wish) {
        return List.of(
                new SourcedSelection("request", wish.override()),
                new SourcedSelection("request", desired.override().placement()),
                new SourcedSelection("descriptor", graph.placement()));
    }

    private static String fallbackText(PlacementOutcome outcome) {
        String faults = outcome.faults().stream()
                .map(fault -> "%s: %s".formatted(fault.who(), fault.message()))
                .collect(Collectors.joining("; "));
        return "%s %s decided instead (%s)"
                .formatted(outcome.decidedBy().id(), outcome.decidedBy().version(), faults);
    }

    private static String describe(Placement placement) {
        return placement.shares().entrySet().stream()
                .map(entry -> entry.getKey() + "→"
                        + entry.getValue().stream()
                                .map(share -> share.cluster().name())
                                .collect(Collectors.joining("+")))
                .collect(Collectors.joining(", "));
    }
}
