// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Keeps graphs as the engine does, in a map. A service with the class {@code huge} fits nowhere. */
final class InMemoryGraphs implements GraphService {

    static final ClusterId C1 = new ClusterId("sim", "c1");
    static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Resources LIGHT = new Resources(500, 524_288_000, 0, 0);

    final List<PlaceRequest> placements = new ArrayList<>();
    final List<DeployRequest> deployments = new ArrayList<>();
    private final Map<GraphId, Entry> graphs = new TreeMap<>();

    /** Whether work ends at once, or not while anybody looks. */
    volatile boolean quick = true;

    /** How work ends, when it fails. */
    volatile Optional<RuntimeException> failure = Optional.empty();

    private record Entry(
            Graph graph,
            DesiredState desired,
            boolean placed,
            Set<String> activated,
            int generation,
            ClusterId cluster) {}

    @Override
    public synchronized Change deploy(DeployRequest request) {
        deployments.add(request);
        Graph graph = request.graph();
        Entry there = graphs.get(graph.id());
        if (there != null) {
            if (!there.graph()
                    .descriptor()
                    .canonical()
                    .equals(graph.descriptor().canonical())) {
                throw SmoException.conflict("Graph %s exists already with another descriptor".formatted(graph.id()));
            }
            return change(view(there), true);
        }
        boolean fits = graph.services().stream()
                .noneMatch(service -> service.intents().get("compute").equals(new JsonString("huge")));
        Entry entry = new Entry(graph, DesiredState.RUNNING, fits, new HashSet<>(), 1, C2);
        if (!fits && !request.keepIfInfeasible()) {
            CompletableFuture<GraphView> infeasible = CompletableFuture.failedFuture(SmoException.infeasible(
                    "There is no room for %s".formatted(graph.id()),
                    Map.of(graph.services().get(0).id(), Map.of("c1", "needs 99 cores, 12 are free"))));
            return new Change(view(entry), false, infeasible, infeasible);
        }
        graphs.put(graph.id(), entry);
        return change(view(entry), false);
    }

    @Override
    public Change start(GraphId graph) {
        return desire(graph, DesiredState.RUNNING, "running");
    }

    @Override
    public Change stop(GraphId graph) {
        return desire(graph, DesiredState.STOPPED, "stopped");
    }

    private synchronized Change desire(GraphId graph, DesiredState desired, String word) {
        Entry entry = existing(graph);
        if (entry.desired() == desired) {
            throw SmoException.conflict("Graph %s is %s already".formatted(graph, word));
        }
        Entry changed = new Entry(
                entry.graph(), desired, entry.placed(), new HashSet<>(), entry.generation() + 1, entry.cluster());
        graphs.put(graph, changed);
        return change(view(changed), false);
    }

    @Override
    public synchronized Change remove(GraphId graph) {
        Entry entry = existing(graph);
        Entry removed = new Entry(
                entry.graph(), DesiredState.REMOVED, entry.placed(), Set.of(), entry.generation() + 1, entry.cluster());
        if (quick) {
            graphs.remove(graph);
        } else {
            graphs.put(graph, removed);
        }
        return change(view(removed), false);
    }

    @Override
    public synchronized Change place(GraphId graph, PlaceRequest request) {
        Entry entry = existing(graph);
        if (entry.graph().staticPlacement()) {
            throw SmoException.conflict("Graph %s has static placement: its charts say where it runs".formatted(graph));
        }
        if (entry.desired() != DesiredState.RUNNING) {
            throw SmoException.conflict("Graph %s is not running".formatted(graph));
        }
        placements.add(request);
        ClusterId cluster = request.target().orElse(entry.cluster());
        Entry moved = new Entry(entry.graph(), entry.desired(), true, entry.activated(), entry.generation(), cluster);
        graphs.put(graph, moved);
        return change(view(moved), false);
    }

    @Override
    public synchronized Set<String> activate(GraphId graph, Set<String> services) {
        failure.ifPresent(refusal -> {
            throw refusal;
        });
        Entry entry = existing(graph);
        Set<String> fresh = new HashSet<>(services);
        fresh.removeAll(entry.activated());
        entry.activated().addAll(fresh);
        return fresh;
    }

    @Override
    public synchronized Optional<GraphView> find(GraphId graph) {
        return Optional.ofNullable(graphs.get(graph)).map(InMemoryGraphs::view);
    }

    @Override
    public List<GraphView> findByName(String name) {
        return list().stream()
                .filter(view -> view.graph().id().name().equals(name))
                .toList();
    }

    @Override
    public List<GraphView> list(String project) {
        return list().stream()
                .filter(view -> view.graph().id().project().equals(project))
                .toList();
    }

    @Override
    public synchronized List<GraphView> list() {
        return graphs.values().stream().map(InMemoryGraphs::view).toList();
    }

    private Entry existing(GraphId graph) {
        return Optional.ofNullable(graphs.get(graph))
                .orElseThrow(() -> SmoException.notFound("There is no graph %s".formatted(graph)));
    }

    private Change change(GraphView view, boolean replay) {
        CompletableFuture<GraphView> done = failure.map(CompletableFuture::<GraphView>failedFuture)
                .orElseGet(() -> quick ? CompletableFuture.completedFuture(view) : new CompletableFuture<>());
        return new Change(view, replay, done, done);
    }

    private static GraphView view(Entry entry) {
        boolean placedByUs = entry.placed() && !entry.graph().staticPlacement();
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        if (placedByUs) {
            entry.graph()
                    .services()
                    .forEach(service -> shares.put(service.id(), List.of(new Share(entry.cluster(), 1))));
        }
        Condition placed = new Condition(
                Condition.PLACED,
                entry.placed() ? Condition.Status.TRUE : Condition.Status.FALSE,
                entry.placed() ? "Placed" : "Infeasible",
                "as it is",
                START,
                entry.generation());
        return new GraphView(
                entry.graph(),
                entry.generation(),
                entry.desired(),
                phase(entry),
                List.of(placed),
                new Placement(shares),
                placedByUs ? List.of(C1, C2) : List.of(),
                entry.graph().services().stream()
                        .map(service -> service(entry, service, shares))
                        .toList(),
                1,
                placedByUs ? Optional.of("d1") : Optional.empty(),
                START,
                START.plusSeconds(entry.generation()));
    }

    private static GraphPhase phase(Entry entry) {
        return switch (entry.desired()) {
            case RUNNING -> entry.placed() ? GraphPhase.RUNNING : GraphPhase.PENDING;
            case STOPPED -> GraphPhase.STOPPED;
            case REMOVED -> GraphPhase.REMOVING;
        };
    }

    private static ServiceView service(Entry entry, ServiceSpec service, Map<String, List<Share>> shares) {
        boolean waits = service.trigger().isConditional() && !entry.activated().contains(service.id());
        ServiceState state = entry.desired() != DesiredState.RUNNING
                ? ServiceState.NOT_DEPLOYED
                : waits ? ServiceState.PENDING : ServiceState.DEPLOYED;
        return new ServiceView(
                service,
                state,
                shares.getOrDefault(service.id(), List.of()),
                state == ServiceState.DEPLOYED ? 1 : 0,
                LIGHT,
                service.artifact().values(),
                List.of(C2),
                "");
    }
}
