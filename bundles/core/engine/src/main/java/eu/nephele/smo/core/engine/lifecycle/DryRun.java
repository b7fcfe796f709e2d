// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.GivenUpPreferences;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.decision.DecidedGraphFactory;
import eu.nephele.smo.core.engine.decision.DeployedGraph;
import eu.nephele.smo.core.engine.decision.DeployedState;
import eu.nephele.smo.core.engine.decision.OperationSteps;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.lifecycle.ReleaseAdoption.AdoptableReleases;
import eu.nephele.smo.core.engine.proposal.DecisionInputs;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.proposal.PlacementProposer;
import eu.nephele.smo.core.engine.proposal.PlacementProposer.Proposal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Predicts the result of a draft, by going the way of the change itself up to the point where it would be stored. */
final class DryRun {

    private final GraphRepository graphs;
    private final ClusterInventory clusterInventory;
    private final PlacementProposer proposer;
    private final DecidedGraphFactory decidedGraphFactory;
    private final DeployedState deployedState;
    private final ReleaseAdoption releaseAdoption;
    private final DecisionJournal journal;

    DryRun(
            GraphRepository graphs,
            ClusterInventory clusterInventory,
            PlacementProposer proposer,
            DecidedGraphFactory decidedGraphFactory,
            DeployedState deployedState,
            ReleaseAdoption releaseAdoption,
            DecisionJournal journal) {
        this.graphs = graphs;
        this.clusterInventory = clusterInventory;
        this.proposer = proposer;
        this.decidedGraphFactory = decidedGraphFactory;
        this.deployedState = deployedState;
        this.releaseAdoption = releaseAdoption;
        this.journal = journal;
    }

    /** @throws SmoException when the clusters are not known */
    Plan run(ChangeDraft draft, String id, Plan.Validity validity) {
        clusterInventory.blind().ifPresent(why -> {
            throw why;
        });
        GraphRecord record = draft.record();
        Graph graph = draft.graph();
        List<String> conflicts = new ArrayList<>(taken(record, graph));
        DecisionInputs decisionInputs = proposer.translate(graph);
        TranslatedIntents intents = decisionInputs.intents();
        Optional<Proposal.Fits> fits = Optional.empty();
        if (!graph.staticPlacement()) {
            Proposal proposal = propose(record, graph, decisionInputs);
            if (proposal instanceof Proposal.DoesNotFit doesNotFit) {
                conflicts.add(doesNotFit.why().getMessage());
            } else {
                fits = Optional.of((Proposal.Fits) proposal);
                fits.flatMap(found -> decidedGraphFactory.beyondQuota(record, found))
                        .ifPresent(why -> conflicts.add(why.getMessage()));
            }
        }
        boolean feasible = conflicts.isEmpty();
        Placement placement = fits.map(Proposal.Fits::placement).orElse(Placement.NONE);
        boolean stays = record.desired().state() != DesiredState.RUNNING;
        List<PlanStep> steps = feasible && !stays ? steps(record, graph, intents, fits, placement) : List.of();
        AdoptableReleases adoptableReleases = steps.isEmpty()
                ? AdoptableReleases.NOTHING
                : releaseAdoption.at(steps, record, graph, decided(record, graph, intents, fits));
        List<String> warnings = new ArrayList<>(record.desired().declaration().warnings());
        warnings.addAll(intents.warnings());
        fits.ifPresent(proposed ->
                warnings.addAll(GivenUpPreferences.list(proposed.outcome().request(), proposed.placement())));
        warnings.addAll(adoptableReleases.warnings());
        return new Plan(
                id,
                graph.id(),
                draft.kind(),
                validity,
                feasible,
                services(draft.declared(), graph, steps),
                steps,
                placement,
                adoptableReleases.releases(),
                fits.map(proposed -> journal.recordOf(
                                        proposed.outcome(), record.desired().generation())
                                .details())
                        .orElse(JsonObject.EMPTY),
                conflicts,
                warnings.stream().distinct().toList());
    }

    private Proposal propose(GraphRecord record, Graph graph, DecisionInputs decisionInputs) {
        return proposer.propose(
                record,
                graph,
                PlacementDemand.of(record.desired().wish(), clusterInventory.settled(record)),
                decisionInputs,
                clusterInventory.reservedBy(graph.id()));
    }

    private List<PlanStep> steps(
            GraphRecord record,
            Graph graph,
            TranslatedIntents intents,
            Optional<Proposal.Fits> fits,
            Placement placement) {
        Optional<DeployedGraph> before = deployedState.present(record, graph);
        Map<String, EffectiveService> services =
                fits.map(Proposal.Fits::services).orElseGet(() -> proposer.services(graph, intents));
        boolean breakFirst = fits.map(found -> !fitsSideBySide(record, found)).orElse(false);
        return new OperationSteps(record).to(before, new DeployedGraph(graph, placement, services), breakFirst);
    }

    private DecidedGraph decided(
            GraphRecord record, Graph graph, TranslatedIntents intents, Optional<Proposal.Fits> fits) {
        return fits.map(found -> decided(record, found, clusterInventory.reservedBy(record.id())))
                .orElseGet(() -> decidedGraphFactory.ofStatic(record, proposer.services(graph, intents), intents));
    }

    private DecidedGraph decided(GraphRecord record, Proposal.Fits fits, Map<ClusterId, Resources> own) {
        return decidedGraphFactory.create(
                record, PlacementDemand.of(record.desired().wish(), Set.of()), fits, "", own, false);
    }

    private boolean fitsSideBySide(GraphRecord record, Proposal.Fits fits) {
        Map<ClusterId, Resources> own = clusterInventory.reservedBy(record.id());
        DecidedGraph decided = decided(record, fits, own);
        Map<ClusterId, Resources> free = clusterInventory.free(record.id(), own);
        return Reservations.compute(decided).entrySet().stream()
                .allMatch(entry -> entry.getValue().fitsInto(free.getOrDefault(entry.getKey(), Resources.NONE)));
    }

    private List<String> taken(GraphRecord record, Graph graph) {
        List<String> wanted = graph.services().stream().map(ServiceSpec::id).toList();
        Map<String, GraphId> owners = new TreeMap<>();
        graphs.holding(record.id(), wanted).stream()
                .filter(other -> !other.id().equals(record.id()))
                .forEach(other -> {
                    other.services().forEach(service -> owners.put(service, other.id()));
                    other.retiring().keySet().forEach(service -> owners.put(service, other.id()));
                });
        return wanted.stream()
                .flatMap(service -> Optional.ofNullable(owners.get(service)).stream()
                        .map(owner -> "Service %s belongs to graph %s already".formatted(service, owner.name())))
                .toList();
    }

    private static Plan.Services services(Set<String> declared, Graph graph, List<PlanStep> steps) {
        Set<String> added = new TreeSet<>();
        graph.services().forEach(service -> added.add(service.id()));
        Set<String> unchanged = new TreeSet<>(added);
        Set<String> removed = new TreeSet<>(declared);
        removed.removeAll(added);
        added.removeAll(declared);
        Set<String> moved = services(steps, EnumSet.of(Action.MOVE));
        Set<String> changed = services(steps, EnumSet.of(Action.UPGRADE, Action.SCALE));
        unchanged.removeAll(added);
        unchanged.removeAll(moved);
        unchanged.removeAll(changed);
        return new Plan.Services(added, removed, moved, changed, unchanged);
    }

    private static Set<String> services(List<PlanStep> steps, Set<Action> actions) {
        return steps.stream()
                .filter(step -> actions.contains(step.action()))
                .map(PlanStep::service)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
