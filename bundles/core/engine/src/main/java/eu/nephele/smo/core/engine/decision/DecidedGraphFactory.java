// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.GivenUpPreferences;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.Constraints;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.DecidedGraph.Provenance;
import eu.nephele.smo.core.contract.store.DecidedGraph.Transition;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import eu.nephele.smo.core.engine.proposal.MoveBudget;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.proposal.PlacementProposer.Proposal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the decided state from a proposal: places that are left, reservations held meanwhile, places to remember. */
public final class DecidedGraphFactory {

    private final ClusterInventory clusterInventory;
    private final MoveBudget budget;
    private final GraphEventFactory graphEventFactory;
    private final QuotaReview quotas;
    private final Clock clock;

    /** Where no project has a quota. */
    public DecidedGraphFactory(
            ClusterInventory clusterInventory, MoveBudget budget, GraphEventFactory graphEventFactory, Clock clock) {
        this(clusterInventory, budget, graphEventFactory, QuotaReview.NONE, clock);
    }

    DecidedGraphFactory(
            ClusterInventory clusterInventory,
            MoveBudget budget,
            GraphEventFactory graphEventFactory,
            QuotaReview quotas,
            Clock clock) {
        this.quotas = quotas;
        this.clusterInventory = clusterInventory;
        this.budget = budget;
        this.graphEventFactory = graphEventFactory;
        this.clock = clock;
    }

    /** Why the quota of its project does not allow a placement of a graph; empty when it does. */
    public Optional<SmoException> beyondQuota(GraphRecord record, Proposal.Fits fits) {
        return quotas.excess(record.id(), new TransitReservations.PlacementUse(fits.placement(), fits.services()));
    }

    /** @param breakFirst whether the old places are given up before anything new begins */
    public DecidedGraph create(
            GraphRecord record,
            PlacementDemand placementDemand,
            Proposal.Fits fits,
            String decisionId,
            Map<ClusterId, Resources> own,
            boolean breakFirst) {
        Optional<DecidedGraph> last = record.decided();
        Placement next = fits.placement();
        TransitReservations.PlacementUse before = last.map(decided -> new TransitReservations.PlacementUse(
                        decided.placement(), decided.constraints().services()))
                .orElse(TransitReservations.PlacementUse.NONE);
        TransitReservations.PlacementUse after = new TransitReservations.PlacementUse(next, fits.services());
        Placement left = leaving(record, next);
        Map<ClusterId, Resources> held = breakFirst
                ? TransitReservations.oneAfterTheOther(own, after, clusterInventory::ready)
                : TransitReservations.sideBySide(own, before, after, left, clusterInventory::ready);
        List<String> moved = moved(last, next);
        return new DecidedGraph(
                record.desired().generation(),
                record.desired().wish().number(),
                last.map(DecidedGraph::assignment).orElse(0L) + 1,
                next,
                new Transition(left, held, breakFirst),
                Optional.empty(),
                homes(last, placementDemand, next, moved),
                moves(last, placementDemand, moved.size()),
                new Constraints(
                        fits.services(),
                        fits.intents().totalReplicas().max(),
                        fits.intents().keepPlacement(),
                        warnings(fits)),
                new Provenance(
                        decisionId,
                        fits.outcome().fallback() ? fallbackText(fits.outcome()) : "",
                        fits.outcome().request().clusters().stream()
                                .map(cluster -> cluster.id())
                                .toList(),
                        isImprovable(placementDemand, fits.outcome())),
                clock.instant());
    }

    /** What intents had to say, and which of their preferences are given up. */
    private static List<String> warnings(Proposal.Fits fits) {
        List<String> warnings = new ArrayList<>(fits.intents().warnings());
        warnings.addAll(GivenUpPreferences.list(fits.outcome().request(), fits.placement()));
        return warnings;
    }

    /** What a user has asked for in particular is not decided again, by other wishes. */
    private static boolean isImprovable(PlacementDemand placementDemand, PlacementOutcome outcome) {
        boolean asked = placementDemand.isForOtherPlaces()
                || placementDemand.reason() == DecisionReason.PLAN
                || !placementDemand.wish().override().equals(StrategySelection.UNSPECIFIED);
        return !asked
                && outcome.result() instanceof Placed placed
                && placed.quality().stop() == StopReason.GOOD_ENOUGH;
    }

    /** Charts decide; nothing is placed and nothing reserved. */
    public DecidedGraph ofStatic(
            GraphRecord record, Map<String, EffectiveService> services, TranslatedIntents intents) {
        return new DecidedGraph(
                record.desired().generation(),
                record.desired().wish().number(),
                record.decided().map(DecidedGraph::assignment).orElse(0L) + 1,
                Placement.NONE,
                Transition.DONE,
                Optional.empty(),
                Map.of(),
                List.of(),
                new Constraints(services, intents.totalReplicas().max(), "", intents.warnings()),
                Provenance.NONE,
                clock.instant());
    }

    /** The same places for another generation. */
    DecidedGraph renew(GraphRecord record, DecidedGraph last) {
        Map<ClusterId, Resources> own = clusterInventory.reservedBy(record.id());
        TransitReservations.PlacementUse use = new TransitReservations.PlacementUse(
                last.placement(), last.constraints().services());
        Map<ClusterId, Resources> held =
                TransitReservations.sideBySide(own, use, use, Placement.NONE, clusterInventory::ready);
        return last.next(record.desired().generation(), last.placement(), held, clock.instant());
    }

    Optional<SmoException> beyondBudget(
            GraphRecord record, Graph graph, PlacementDemand placementDemand, Proposal.Fits fits) {
        if (!placementDemand.byItself()
                || placementDemand.reason() == DecisionReason.DRAIN
                || record.decided().isEmpty()) {
            return Optional.empty();
        }
        int wanted = moved(record.decided(), fits.placement()).size();
        return budget.exceeded(graph, record.decided().get(), wanted);
    }

    /** Services that an automatic decision may move. */
    int movesLeft(Graph graph, DecidedGraph decided) {
        return budget.left(graph, decided).orElse(Integer.MAX_VALUE);
    }

    EventDraft placed(GraphRecord record, Proposal.Fits fits, DecisionRecord decision, Optional<Operation> cause) {
        JsonFieldWriter data = new JsonFieldWriter();
        data.put("decision", decision.id());
        data.put("reason", word(fits.outcome().request().reason()));
        data.put("strategy", fits.outcome().decidedBy().id());
        data.put("version", fits.outcome().decidedBy().version());
        data.put("fallback", fits.outcome().fallback());
        Map<String, JsonValue> placement = new LinkedHashMap<>();
        fits.placement()
                .shares()
                .forEach((service, shares) -> placement.put(service, GraphEventFactory.shares(shares)));
        data.put("placement", new JsonObject(placement));
        data.put("moved", JsonArray.ofStrings(moved(record.decided(), fits.placement())));
        return graphEventFactory.create(
                "placement.decision_made",
                record.id(),
                Optional.empty(),
                record.desired().generation(),
                cause,
                data.object());
    }

    EventDraft toldRefused(
            GraphRecord record, PlacementDemand placementDemand, SmoException why, Optional<Operation> cause) {
        return graphEventFactory.create(
                "placement.failed",
                record,
                cause,
                Map.of("reason", word(placementDemand.reason()), "message", why.getMessage()));
    }

    private static List<String> moved(Optional<DecidedGraph> last, Placement next) {
        return last.stream()
                .flatMap(decided -> decided.placement().shares().keySet().stream()
                        .filter(service -> next.shares().containsKey(service))
                        .filter(service ->
                                !decided.placement().clustersOf(service).equals(next.clustersOf(service))))
                .toList();
    }

    /** Ready clusters where installed services may still run with more replicas than they shall, or at all. */
    private Placement leaving(GraphRecord record, Placement next) {
        Map<String, List<Share>> leaving = new LinkedHashMap<>();
        OperationSteps steps = new OperationSteps(record);
        record.decided().ifPresent(last -> next.shares().keySet().stream()
                .filter(steps::installed)
                .forEach(service -> {
                    List<Share> left = Stream.concat(
                                    last.placement().of(service).stream()
                                            .filter(share -> isLeft(
                                                    share, last.placement().of(service), next.of(service))),
                                    // what the last decision gives up is given up yet, when its successor serves
                                    last.transition().leaving().of(service).stream()
                                            .filter(share ->
                                                    replicasOn(share.cluster(), next.of(service)) < share.replicas()))
                            .filter(share -> clusterInventory.ready(share.cluster()))
                            .collect(Collectors.toMap(
                                    Share::cluster,
                                    share -> share,
                                    BinaryOperator.maxBy(Comparator.comparingInt(Share::replicas))))
                            .values()
                            .stream()
                            .toList();
                    if (!left.isEmpty()) {
                        leaving.put(service, left);
                    }
                }));
        return new Placement(leaving);
    }

    /** Also a place that stays, with fewer replicas: they are given up when those that are added elsewhere serve. */
    private static boolean isLeft(Share share, List<Share> before, List<Share> after) {
        int wanted = replicasOn(share.cluster(), after);
        boolean grows = after.stream().anyMatch(next -> next.replicas() > replicasOn(next.cluster(), before));
        boolean stays = after.stream().anyMatch(next -> next.cluster().equals(share.cluster()));
        return !stays || (grows && wanted < share.replicas());
    }

    private static int replicasOn(ClusterId cluster, List<Share> shares) {
        return shares.stream()
                .filter(share -> share.cluster().equals(cluster))
                .mapToInt(Share::replicas)
                .sum();
    }

    /** A failover remembers where services were; a move that a user requests, or their return, ends that. */
    private static Map<String, ClusterId> homes(
            Optional<DecidedGraph> last, PlacementDemand placementDemand, Placement next, List<String> moved) {
        if (last.isEmpty() || !placementDemand.byItself()) {
            return Map.of();
        }
        Map<String, ClusterId> homes = new HashMap<>(last.get().homes());
        if (placementDemand.reason() == DecisionReason.FAILOVER) {
            moved.forEach(service ->
                    last.get().placement().clusterOf(service).ifPresent(home -> homes.putIfAbsent(service, home)));
        }
        homes.entrySet().removeIf(home -> next.clustersOf(home.getKey()).contains(home.getValue()));
        homes.keySet().retainAll(next.shares().keySet());
        homes.keySet()
                .removeIf(service -> next.of(service).size() > 1
                        || last.get().placement().of(service).size() > 1);
        return homes;
    }

    private List<Instant> moves(Optional<DecidedGraph> last, PlacementDemand placementDemand, int moved) {
        List<Instant> moves = new ArrayList<>(last.map(budget::recent).orElse(List.of()));
        if (placementDemand.byItself() && placementDemand.reason() != DecisionReason.DRAIN) {
            for (int move = 0; move < moved; move++) {
                moves.add(clock.instant());
            }
        }
        return moves;
    }

    private static String fallbackText(PlacementOutcome outcome) {
        String faults = outcome.faults().stream()
                .map(fault -> "%s: %s".formatted(fault.who(), fault.message()))
                .collect(Collectors.joining("; "));
        return "%s %s decided instead (%s)"
                .formatted(outcome.decidedBy().id(), outcome.decidedBy().version(), faults);
    }

    private static String word(DecisionReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
