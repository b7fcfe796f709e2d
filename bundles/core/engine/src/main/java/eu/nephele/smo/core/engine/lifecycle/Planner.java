// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.Operation.Kind;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.graph.PlanStep.Action;
import eu.nephele.smo.api.graph.RequestOrigin;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.Decided.EffectiveService;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import eu.nephele.smo.core.engine.decision.Decisions;
import eu.nephele.smo.core.engine.decision.Designs;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.core.engine.decision.Steps;
import eu.nephele.smo.core.engine.decision.Steps.Design;
import eu.nephele.smo.core.engine.graph.Declarations;
import eu.nephele.smo.core.engine.graph.Declarations.Pinned;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.lifecycle.Takeovers.Found;
import eu.nephele.smo.core.engine.operation.Repeats;
import eu.nephele.smo.core.engine.operation.SortableIds;
import eu.nephele.smo.core.engine.proposal.Ask;
import eu.nephele.smo.core.engine.proposal.Proposer;
import eu.nephele.smo.core.engine.proposal.Proposer.Proposal;
import eu.nephele.smo.core.engine.proposal.Translation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says what a change would do by going the way of the change itself, up to the point where it would be stored. A plan is applied
 * by storing the change with the placement of the plan as a condition.
 */
final class Planner implements PlanService {

    /**
     * What is asked for, as it would be stored.
     *
     * @param declared services that the graph has now
     */
    private record Draft(Kind kind, GraphRecord record, Graph graph, Set<String> declared, Request request) {}

    private record Request(
            Optional<JsonObject> descriptor,
            DeployRequest.StrategyOverride override,
            Optional<PlaceRequest> placement,
            String basis) {}

    private final GraphStore store;
    private final PlanStore plans;
    private final DescriptorReader reader;
    private final Graphs graphs;
    private final ClusterBoard board;
    private final Declarations declarations;
    private final Designs designs;
    private final Proposer proposer;
    private final Decisions decisions;
    private final Takeovers takeovers;
    private final Journal journal;
    private final Lifecycle lifecycle;
    private final ArtifactTypes artifactTypes;
    private final Repeats repeats;
    private final SortableIds ids;
    private final Duration validity;
    private final Clock clock;

    Planner(
            GraphStore store,
            PlanStore plans,
            DescriptorReader reader,
            Graphs graphs,
            ClusterBoard board,
            Declarations declarations,
            Designs designs,
            Proposer proposer,
            Decisions decisions,
            Takeovers takeovers,
            Journal journal,
            Lifecycle lifecycle,
            ArtifactTypes artifactTypes,
            Repeats repeats,
            Duration validity,
            Clock clock) {
        this.store = store;
        this.plans = plans;
        this.reader = reader;
        this.graphs = graphs;
        this.board = board;
        this.declarations = declarations;
        this.designs = designs;
        this.proposer = proposer;
        this.decisions = decisions;
        this.takeovers = takeovers;
        this.journal = journal;
        this.lifecycle = lifecycle;
        this.artifactTypes = artifactTypes;
        this.repeats = repeats;
        this.ids = new SortableIds(clock);
        this.validity = validity;
        this.clock = clock;
    }

    @Override
    public Plan plan(DeployRequest request) {
        artifactTypes.check(request.graph());
        return keep(draft(request));
    }

    @Override
    public Plan plan(GraphId graph, PlaceRequest request) {
        return keep(draft(graph, request));
    }

    @Override
    public Optional<Plan> find(GraphId graph, String planId) {
        return record(graph, planId).map(PlanRecord::plan);
    }

    @Override
    public Change apply(GraphId graph, String planId, RequestOrigin origin) {
        Optional<Change> repeated = repeats.of(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        PlanRecord record = record(graph, planId)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no plan %s; it may have expired".formatted(graph.name(), planId)));
        Plan shown = record.plan();
        if (!shown.feasible()) {
            throw SmoException.conflict(
                    "Plan %s cannot be applied: %s".formatted(planId, String.join("; ", shown.conflicts())));
        }
        if (clock.instant().isAfter(shown.expiresAt())) {
            throw stale(planId, "it expired at " + shown.expiresAt());
        }
        String basis = present(graph).map(Planner::basis).orElse("");
        if (!basis.equals(record.basis())) {
            throw stale(planId, "the graph has changed since");
        }
        Draft draft = draft(graph, record);
        Plan now = plan(draft, planId, shown.createdAt());
        if (!now.feasible()
                || !now.placement().equals(shown.placement())
                || !now.steps().equals(shown.steps())) {
            throw stale(planId, "the world has changed since: it would come out differently now");
        }
        if (!Takeovers.areSame(now.takeovers(), shown.takeovers())) {
            throw stale(planId, "releases of others under its names have changed since");
        }
        Pinned pinned = new Pinned(clusters(shown.placement()), planId, Takeovers.fingerprints(shown.takeovers()));
        if (record.request().isPresent()) {
            return lifecycle.place(graph, record.request().get(), origin, pinned);
        }
        boolean isNew = shown.kind() == Kind.DEPLOY;
        DeployRequest request = new DeployRequest(draft.graph(), record.override(), !isNew, shown.warnings());
        return isNew ? lifecycle.deploy(request, origin, pinned) : lifecycle.update(request, origin, pinned);
    }

    private Optional<PlanRecord> record(GraphId graph, String planId) {
        return plans.find(planId).filter(record -> record.plan().graph().equals(graph));
    }

    private static SmoException stale(String planId, String why) {
        return SmoException.conflict("Plan %s does not hold any more: %s. Make a new plan".formatted(planId, why));
    }

    private static Map<String, ClusterId> clusters(Placement placement) {
        Map<String, ClusterId> clusters = new TreeMap<>();
        placement.shares().keySet().forEach(service -> placement
                .clusterOf(service)
                .ifPresent(cluster -> clusters.put(service, cluster)));
        return clusters;
    }

    private Draft draft(GraphId id, PlanRecord record) {
        if (record.request().isPresent()) {
            return draft(id, record.request().get());
        }
        Graph graph = reader.restore(id.project(), record.descriptor().orElseThrow());
        return draft(
                new DeployRequest(graph, record.override(), true, record.plan().warnings()));
    }

    private Draft draft(DeployRequest request) {
        Graph graph = request.graph();
        Optional<GraphRecord> present = present(graph.id());
        if (present.isEmpty()) {
            Desired desired = declarations.first(request, Pinned.NOTHING);
            return new Draft(
                    Kind.DEPLOY,
                    new GraphRecord(desired, Optional.empty(), Observed.nothing()),
                    graph,
                    Set.of(),
                    new Request(Optional.of(graph.descriptor()), request.override(), Optional.empty(), ""));
        }
        Desired desired = declarations.updated(
                present.get().desired(),
                graphs.of(present.get().desired()),
                request,
                present.get().desired().descriptorRevision() + 1,
                Pinned.NOTHING);
        return new Draft(
                Kind.UPDATE,
                new GraphRecord(desired, present.get().decided(), present.get().observed()),
                graph,
                Set.copyOf(present.get().desired().services()),
                new Request(
                        Optional.of(graph.descriptor()), request.override(), Optional.empty(), basis(present.get())));
    }

    private Draft draft(GraphId id, PlaceRequest request) {
        GraphRecord present = present(id)
                .orElseThrow(() ->
                        SmoException.notFound("Graph %s not found in project %s".formatted(id.name(), id.project())));
        Graph graph = graphs.of(present.desired());
        PlaceRules.check(graph, present, request, board);
        Desired desired = declarations.placed(present.desired(), request, Pinned.NOTHING);
        return new Draft(
                Kind.PLACE,
                new GraphRecord(desired, present.decided(), present.observed()),
                graph,
                Set.copyOf(present.desired().services()),
                new Request(
                        Optional.empty(), DeployRequest.StrategyOverride.NONE, Optional.of(request), basis(present)));
    }

    private Optional<GraphRecord> present(GraphId graph) {
        return store.find(graph).filter(VisibleGraphs::isVisible);
    }

    private static String basis(GraphRecord record) {
        return "%d:%d"
                .formatted(
                        record.desired().revision(),
                        record.decided().map(Decided::assignment).orElse(0L));
    }

    private Plan keep(Draft draft) {
        Plan plan = plan(draft, ids.next(), clock.instant());
        Request request = draft.request();
        plans.insert(
                new PlanRecord(plan, request.descriptor(), request.override(), request.placement(), request.basis()));
        return plan;
    }

    private Plan plan(Draft draft, String id, Instant createdAt) {
        board.blind().ifPresent(why -> {
            throw why;
        });
        GraphRecord record = draft.record();
        Graph graph = draft.graph();
        List<String> conflicts = new ArrayList<>(taken(record, graph));
        Translation translation = proposer.translate(graph);
        TranslatedIntents intents = translation.intents();
        Optional<Proposal.Fits> fits = Optional.empty();
        if (!graph.staticPlacement()) {
            Proposal proposal = propose(record, graph, translation);
            if (proposal instanceof Proposal.Refused refused) {
                conflicts.add(refused.why().getMessage());
            } else {
                fits = Optional.of((Proposal.Fits) proposal);
            }
        }
        boolean feasible = conflicts.isEmpty();
        Placement placement = fits.map(Proposal.Fits::placement).orElse(Placement.NONE);
        boolean stays = record.desired().state() != DesiredState.RUNNING;
        List<PlanStep> steps = feasible && !stays ? steps(record, graph, intents, fits, placement) : List.of();
        Found found = steps.isEmpty()
                ? Found.NOTHING
                : takeovers.at(steps, record, graph, decided(record, graph, intents, fits));
        List<String> warnings = new ArrayList<>(record.desired().warnings());
        warnings.addAll(intents.warnings());
        warnings.addAll(found.warnings());
        return new Plan(
                id,
                graph.id(),
                draft.kind(),
                createdAt,
                createdAt.plus(validity),
                feasible,
                services(draft.declared(), graph, steps),
                steps,
                placement,
                found.releases(),
                fits.map(proposed -> journal.recordOf(
                                        proposed.outcome(), record.desired().generation())
                                .details())
                        .orElse(JsonObject.EMPTY),
                conflicts,
                warnings.stream().distinct().toList());
    }

    private Proposal propose(GraphRecord record, Graph graph, Translation translation) {
        return proposer.propose(
                record,
                graph,
                Ask.of(record.desired().wish(), board.settled(record)),
                translation,
                board.reservedBy(graph.id()));
    }

    private List<PlanStep> steps(
            GraphRecord record,
            Graph graph,
            TranslatedIntents intents,
            Optional<Proposal.Fits> fits,
            Placement placement) {
        Optional<Design> before = designs.present(record, graph);
        Map<String, EffectiveService> services =
                fits.map(Proposal.Fits::services).orElseGet(() -> proposer.services(graph, intents));
        boolean breakFirst = fits.map(found -> !fitsSideBySide(record, found)).orElse(false);
        return Steps.between(record, before, new Design(graph, placement, services), breakFirst);
    }

    private Decided decided(GraphRecord record, Graph graph, TranslatedIntents intents, Optional<Proposal.Fits> fits) {
        return fits.map(found -> decided(record, found, board.reservedBy(record.id())))
                .orElseGet(() -> decisions.ofStatic(record, proposer.services(graph, intents), intents));
    }

    private Decided decided(GraphRecord record, Proposal.Fits fits, Map<ClusterId, Resources> own) {
        return decisions.of(record, Ask.of(record.desired().wish(), Set.of()), fits, "", own, false);
    }

    /** Whether old and new find room at the same time. */
    private boolean fitsSideBySide(GraphRecord record, Proposal.Fits fits) {
        Map<ClusterId, Resources> own = board.reservedBy(record.id());
        Decided decided = decided(record, fits, own);
        Map<ClusterId, Resources> free = board.free(record.id(), own);
        return Reservations.of(decided).entrySet().stream()
                .allMatch(entry -> entry.getValue().fitsInto(free.getOrDefault(entry.getKey(), Resources.NONE)));
    }

    /** Service ids that others have. */
    private List<String> taken(GraphRecord record, Graph graph) {
        List<String> wanted = graph.services().stream().map(ServiceSpec::id).toList();
        Map<String, GraphId> owners = new TreeMap<>();
        store.holding(record.id(), wanted).stream()
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
