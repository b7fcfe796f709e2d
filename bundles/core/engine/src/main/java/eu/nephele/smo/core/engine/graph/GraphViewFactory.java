// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphOutline;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Creates the views of graphs for people from their stored state. */
public final class GraphViewFactory {

    private final GraphRepository graphs;
    private final DashboardUrls dashboards;
    private final Clock clock;

    GraphViewFactory(GraphRepository graphs, DashboardUrls dashboards, Clock clock) {
        this.graphs = graphs;
        this.dashboards = dashboards;
        this.clock = clock;
    }

    public GraphView create(GraphRecord record) {
        Graph graph = graph(record.desired());
        Desired desired = record.desired();
        Optional<DecidedGraph> decided = record.decided();
        Placement placement = decided.map(DecidedGraph::placement).orElse(Placement.NONE);
        return new GraphView(
                graph,
                new GraphItem(
                        desired.id(),
                        graph.version(),
                        graph.staticPlacement(),
                        desired.generation(),
                        desired.state(),
                        phase(record, graph),
                        decided.map(DecidedGraph::assignment).orElse(0L),
                        decided.flatMap(last -> last.provenance().decision()),
                        desired.declaration().revision(),
                        desired.paused(),
                        dashboards.find(record.id()),
                        desired.times()),
                conditions(record, graph),
                placement,
                decided.map(last -> last.provenance().clusters()).orElse(List.of()),
                graph.services().stream()
                        .map(service -> service(graph, service, record, placement))
                        .toList(),
                record.observed().drift());
    }

    /** An unreadable descriptor must not keep anybody from removing its graph. */
    private Graph graph(Desired desired) {
        try {
            return graphs.read(desired);
        } catch (RuntimeException e) {
            if (desired.state() != DesiredState.REMOVED) {
                throw e;
            }
            return nothing(desired.id());
        }
    }

    private static Graph nothing(GraphId id) {
        return new Graph(
                id,
                "",
                false,
                Map.of(),
                List.of(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }

    /** A removed graph, of which only the name is left. */
    public static GraphView gone(GraphId id, Instant at) {
        Graph graph = nothing(id);
        GraphItem item = new GraphItem(
                id,
                graph.version(),
                graph.staticPlacement(),
                0,
                DesiredState.REMOVED,
                GraphPhase.REMOVING,
                0,
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Timestamps.from(at));
        return new GraphView(graph, item, List.of(), Placement.NONE, List.of(), List.of(), List.of());
    }

    /** @return empty when it is gone */
    public Optional<GraphItem> item(GraphOutline outline) {
        return graphs.essentials(outline).map(essentials -> item(outline, essentials));
    }

    /** Returns the phase that is shown; the descriptor is looked at only where that depends on it. */
    public GraphPhase phase(GraphOutline outline) {
        return phase(
                outline.state(),
                outline.phase(),
                () -> outline.convergedGeneration() == outline.generation()
                        && (outline.behind().isEmpty()
                                || graphs.essentials(outline)
                                        .filter(essentials -> isFollowed(outline, essentials))
                                        .isPresent()));
    }

    private GraphItem item(GraphOutline outline, DescriptorEssentials essentials) {
        return new GraphItem(
                outline.id(),
                essentials.version(),
                essentials.staticPlacement(),
                outline.generation(),
                outline.state(),
                phase(outline.state(), outline.phase(), () -> isFollowed(outline, essentials)),
                outline.assignment(),
                outline.decisionId(),
                outline.descriptorRevision(),
                outline.paused(),
                dashboards.find(outline.id()),
                outline.times());
    }

    private static boolean isFollowed(GraphOutline outline, DescriptorEssentials essentials) {
        return outline.convergedGeneration() == outline.generation()
                && outline.behind().stream()
                        .allMatch(service -> essentials.events().containsKey(service)
                                && !outline.activated().contains(service));
    }

    private static GraphPhase phase(GraphRecord record, Graph graph) {
        return phase(record.desired().state(), record.observed().phase(), () -> isFollowed(record, graph));
    }

    /** A change of the desired state, or a decision, shows at once, not only when the next pass has seen it. */
    private static GraphPhase phase(DesiredState wanted, GraphPhase seen, BooleanSupplier followed) {
        return switch (wanted) {
            case REMOVED -> GraphPhase.REMOVING;
            case STOPPED -> seen == GraphPhase.STOPPED ? seen : GraphPhase.STOPPING;
            case RUNNING ->
                switch (seen) {
                    case STOPPED, STOPPING -> GraphPhase.PENDING;
                    case RUNNING, WAITING -> followed.getAsBoolean() ? seen : GraphPhase.UPDATING;
                    default -> seen;
                };
        };
    }

    /** Returns the conditions; a change that has not been processed yet is not ready, whatever the last pass found. */
    private static List<Condition> conditions(GraphRecord record, Graph graph) {
        List<Condition> seen = record.observed().conditions();
        GraphPhase phase = phase(record, graph);
        if (phase == record.observed().phase()) {
            return seen;
        }
        Timestamps times = record.desired().times();
        return switch (phase) {
            case UPDATING ->
                unready(
                        record,
                        "Progressing",
                        toFollow(record, graph),
                        record.decided().map(DecidedGraph::decidedAt).orElse(times.updatedAt()));
            case STOPPING, REMOVING -> unready(record, phase.name(), toTakeAway(record, graph), times.updatedAt());
            default -> seen;
        };
    }

    private static List<Condition> unready(GraphRecord record, String reason, String message, Instant since) {
        Condition ready = new Condition(
                Condition.READY,
                Condition.Status.FALSE,
                reason,
                message,
                since,
                record.desired().generation());
        return record.observed().conditions().stream()
                .map(one -> one.type().equals(Condition.READY) ? ready : one)
                .toList();
    }

    private static String toTakeAway(GraphRecord record, Graph graph) {
        Placement placement = record.decided().map(DecidedGraph::placement).orElse(Placement.NONE);
        return graph.services().stream()
                .map(ServiceSpec::id)
                .map(service -> "%s: is to be removed from %s".formatted(service, places(placement.of(service))))
                .collect(Collectors.joining("; "));
    }

    private static String toFollow(GraphRecord record, Graph graph) {
        Optional<DecidedGraph> decided = record.decided()
                .filter(last -> last.generation() == record.desired().generation());
        Placement placement = decided.map(DecidedGraph::placement).orElse(Placement.NONE);
        return graph.services().stream()
                .map(ServiceSpec::id)
                .map(service -> decided.isEmpty()
                        ? service + ": is to be decided on"
                        : "%s: is being deployed as decided, on %s".formatted(service, places(placement.of(service))))
                .collect(Collectors.joining("; "));
    }

    private static String places(List<Share> shares) {
        return shares.isEmpty()
                ? "the clusters of its chart"
                : shares.stream()
                        .map(share -> "%s ×%d".formatted(share.cluster().name(), share.replicas()))
                        .collect(Collectors.joining(" + "));
    }

    /** Returns whether it was complete for what is wanted and decided now. */
    private static boolean isFollowed(GraphRecord record, Graph graph) {
        long assignment = record.decided().map(DecidedGraph::assignment).orElse(0L);
        return record.observed().convergedGeneration() == record.desired().generation()
                && graph.services().stream()
                        .filter(service -> !record.desired().awaitsTrigger(service))
                        .map(service ->
                                record.observed().services().getOrDefault(service.id(), ObservedService.NOTHING))
                        .allMatch(service -> service.assignment() == assignment);
    }

    /** A service that awaits its trigger is shown so from the first answer on, not only after the first pass. */
    private static ServiceState state(Desired desired, ServiceSpec service, ServiceState seen) {
        boolean waits = desired.state() == DesiredState.RUNNING && desired.awaitsTrigger(service);
        return waits && seen == ServiceState.NOT_DEPLOYED ? ServiceState.PENDING : seen;
    }

    private ServiceView service(Graph graph, ServiceSpec spec, GraphRecord record, Placement placement) {
        Optional<ObservedService> seen =
                Optional.ofNullable(record.observed().services().get(spec.id()));
        Resources perReplica = record.decided()
                .map(decided -> decided.constraints().services().get(spec.id()))
                .map(EffectiveService::perReplica)
                .orElse(Resources.NONE);
        List<ClusterId> imports = ReleaseValues.imports(graph, spec.id(), placement);
        return new ServiceView(
                spec,
                state(record.desired(), spec, seen.map(ObservedService::state).orElse(ServiceState.NOT_DEPLOYED)),
                placement.of(spec.id()),
                seen.map(ObservedService::ready).orElse(List.of()),
                perReplica,
                ReleaseValues.merge(graph, spec, placement.clustersOf(spec.id()), imports),
                imports,
                dashboards.find(graph.id(), spec.id()),
                Optional.ofNullable(record.desired().holds().get(spec.id()))
                        .filter(hold -> hold.counts(clock.instant())),
                seen.map(ObservedService::message).orElse(""));
    }
}
