// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a placement for a graph as the world is now, and changes nothing: a decision stores the proposal. */
public final class PlacementProposer {

    public sealed interface Proposal {

        /** @param placement of all services, those that were not decided on included */
        record Fits(
                PlacementOutcome outcome,
                Placement placement,
                Map<String, EffectiveService> services,
                TranslatedIntents intents)
                implements Proposal {}

        /**
         * @param why per service and cluster
         * @param outcome the decision; empty when there was nothing to decide between
         */
        record DoesNotFit(SmoException why, Optional<PlacementOutcome> outcome) implements Proposal {}
    }

    private final ClusterInventory clusterInventory;
    private final PreemptionProposal preemption;
    private final PlacementProblemFactory problems;
    private final EffectiveServiceResolver effective;
    private final IntentTranslator translator;
    private final PlacedGraphs others;
    private final PlacementDecider decider;

    public PlacementProposer(
            ClusterInventory clusterInventory,
            PlacementProblemFactory problems,
            EffectiveServiceResolver effective,
            IntentTranslator translator,
            PlacedGraphs others,
            PlacementDecider decider) {
        this.clusterInventory = clusterInventory;
        this.preemption = new PreemptionProposal(clusterInventory);
        this.problems = problems;
        this.effective = effective;
        this.translator = translator;
        this.others = others;
        this.decider = decider;
    }

    /** @throws SmoException when intents cannot be translated */
    public DecisionInputs translate(Graph graph) {
        Map<ClusterId, ClusterSignals> signals = problems.signals();
        return new DecisionInputs(translator.translate(graph, clusterInventory.states(), signals, others), signals);
    }

    public Map<String, EffectiveService> services(Graph graph, TranslatedIntents intents) {
        return effective.services(graph, intents);
    }

    /**
     * Services that shall stay do so if that is possible at all; if not, all may move, and the decision has the reason.
     *
     * @param own reservations of the graph, credited back
     */
    public Proposal propose(
            GraphRecord record,
            Graph graph,
            PlacementDemand placementDemand,
            DecisionInputs decisionInputs,
            Map<ClusterId, Resources> own) {
        Proposal proposal = once(record, graph, placementDemand, decisionInputs, own);
        if (!(proposal instanceof Proposal.DoesNotFit doesNotFit)) {
            return proposal;
        } else if (placementDemand.staying().isEmpty()) {
            return named(graph, doesNotFit);
        }
        Proposal loosened = once(record, graph, placementDemand.loosened(), decisionInputs, own);
        return loosened instanceof Proposal.Fits fits
                ? new Proposal.Fits(
                        explained(fits.outcome(), doesNotFit.why()), fits.placement(), fits.services(), fits.intents())
                : named(graph, (Proposal.DoesNotFit) loosened);
    }

    /** With what graphs of lower priority hold where it could go, if that would help. */
    private Proposal named(Graph graph, Proposal.DoesNotFit doesNotFit) {
        Optional<PlacementOutcome> outcome = doesNotFit.outcome();
        Optional<String> held = outcome.filter(refused -> refused.result() instanceof Infeasible)
                .flatMap(refused -> preemption.text(graph, refused.request(), (Infeasible) refused.result()));
        return held.<Proposal>map(text -> new Proposal.DoesNotFit(
                        SmoException.infeasible(
                                "%s. %s".formatted(doesNotFit.why().getMessage(), text),
                                doesNotFit.why().reasons()),
                        outcome.map(refused -> noted(refused, "lowerPriority", text))))
                .orElse(doesNotFit);
    }

    /**
     * A placement that is worth leaving the present one for.
     *
     * @param own reservations of the graph, credited back
     * @param mostMoves services that may move
     * @throws SmoException if the selected strategy did not place the graph
     */
    public Optional<Proposal.Fits> improve(
            GraphRecord record,
            Graph graph,
            PlacementDemand placementDemand,
            DecisionInputs decisionInputs,
            Map<ClusterId, Resources> own,
            int mostMoves) {
        Optional<Proposal.Fits> best = better(record, graph, placementDemand, decisionInputs, own);
        List<String> moved = best.map(fits -> gain(fits, current(record)).moved(fits.placement()))
                .orElse(List.of());
        if (moved.size() <= mostMoves) {
            return best;
        }
        Set<String> staying = new LinkedHashSet<>(current(record).shares().keySet());
        staying.removeAll(moved.subList(0, mostMoves));
        return better(record, graph, placementDemand.keeping(staying), decisionInputs, own)
                // a divided service that stays may still leave one of its clusters
                .filter(fits ->
                        gain(fits, current(record)).moved(fits.placement()).size() <= mostMoves);
    }

    private Optional<Proposal.Fits> better(
            GraphRecord record,
            Graph graph,
            PlacementDemand placementDemand,
            DecisionInputs decisionInputs,
            Map<ClusterId, Resources> own) {
        Proposal proposal = once(record, graph, placementDemand, decisionInputs, own);
        if (proposal instanceof Proposal.DoesNotFit doesNotFit) {
            throw doesNotFit.why();
        }
        Proposal.Fits fits = (Proposal.Fits) proposal;
        if (fits.outcome().fallback()) {
            throw SmoException.conflict("the selected strategy did not decide");
        }
        return gain(fits, current(record)).isWorth(fits.placement()) ? Optional.of(fits) : Optional.empty();
    }

    private static PlacementGain gain(Proposal.Fits fits, Placement current) {
        return new PlacementGain(fits.outcome().request(), current);
    }

    /**
     * The problem of such a decision; nothing is decided.
     *
     * @param own reservations of the graph, credited back
     */
    public PlacementRequest problem(
            GraphRecord record,
            Graph graph,
            PlacementDemand placementDemand,
            DecisionInputs decisionInputs,
            Map<ClusterId, Resources> own) {
        Map<String, EffectiveService> services = services(graph, decisionInputs.intents());
        Placement current = current(record);
        TranslatedIntents first = LabelChoices.list(decisionInputs.intents(), clusterInventory.states(), current)
                .get(0);
        return problems.create(
                graph, placementDemand, new DecisionInputs(first, decisionInputs.signals()), services, current, own);
    }

    /** Why intents of the graph exclude clusters, by service; also of clusters that are not there. */
    public Map<String, Map<ClusterId, String>> excluded(Graph graph, List<ClusterState> clusters) {
        return translator.translate(graph, clusters, Map.of(), others).forbidden();
    }

    private static Placement current(GraphRecord record) {
        return record.decided().map(DecidedGraph::placement).orElse(Placement.NONE);
    }

    /** By each choice that intents leave open; the cheapest one counts. */
    private Proposal once(
            GraphRecord record,
            Graph graph,
            PlacementDemand placementDemand,
            DecisionInputs decisionInputs,
            Map<ClusterId, Resources> own) {
        return LabelChoices.list(decisionInputs.intents(), clusterInventory.states(), current(record)).stream()
                .map(choice -> choose(
                        record, graph, placementDemand, new DecisionInputs(choice, decisionInputs.signals()), own))
                .reduce(CheaperProposal::of)
                .orElseThrow();
    }

    private Proposal choose(
            GraphRecord record,
            Graph graph,
            PlacementDemand placementDemand,
            DecisionInputs decisionInputs,
            Map<ClusterId, Resources> own) {
        TranslatedIntents intents = decisionInputs.intents();
        Map<String, EffectiveService> services = services(graph, intents);
        Placement current = current(record);
        PlacementRequest request = problems.create(graph, placementDemand, decisionInputs, services, current, own);
        if (request.clusters().isEmpty()) {
            return new Proposal.DoesNotFit(InfeasibilityReport.nowhere(graph, request), Optional.empty());
        }
        PlacementOutcome outcome =
                decider.decide(request, wishes(record.desired(), graph, placementDemand), intents.weights());
        PlacementResult result = outcome.result();
        if (result instanceof Infeasible infeasible) {
            return new Proposal.DoesNotFit(
                    InfeasibilityReport.toException(graph, request, infeasible), Optional.of(outcome));
        }
        Placement placement = inOrder(graph, ((Placed) result).placement(), current);
        return new Proposal.Fits(outcome, placement, services, intents);
    }

    /** Services that were not decided on keep their places. */
    private static Placement inOrder(Graph graph, Placement decided, Placement current) {
        Placement all = Placement.NONE;
        for (var service : graph.services()) {
            String id = service.id();
            List<Placement.Share> shares = decided.shares().containsKey(id) ? decided.of(id) : current.of(id);
            all = all.with(id, shares);
        }
        return all;
    }

    private static PlacementOutcome explained(PlacementOutcome outcome, SmoException why) {
        return noted(
                outcome,
                "othersMayMove",
                "services that were not concerned had to be free to move as well: " + why.getMessage());
    }

    private static PlacementOutcome noted(PlacementOutcome outcome, String name, String text) {
        List<EffectiveValue> effective = new ArrayList<>(outcome.effective());
        effective.add(new EffectiveValue(name, new JsonString(text), "engine"));
        return new PlacementOutcome(
                outcome.request(),
                outcome.result(),
                outcome.decidedBy(),
                outcome.fallback(),
                outcome.faults(),
                effective,
                outcome.terms(),
                outcome.seed(),
                outcome.at(),
                outcome.duration());
    }

    private static List<SourcedSelection> wishes(Desired desired, Graph graph, PlacementDemand placementDemand) {
        return List.of(
                new SourcedSelection("request", placementDemand.wish().override()),
                new SourcedSelection("request", desired.declaration().override().placement()),
                new SourcedSelection("descriptor", graph.placement()));
    }
}
