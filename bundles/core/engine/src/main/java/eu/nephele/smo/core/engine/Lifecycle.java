// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecisionWish;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.engine.Waiters.Waiter;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes what users want, stores it, and wakes the reconciler. Nothing here acts on the outside. */
final class Lifecycle implements GraphService {

    /** How often a change is tried anew when somebody else changed the same graph at the same time. */
    private static final int ATTEMPTS = 10;

    private final GraphStore store;
    private final Views views;
    private final Graphs graphs;
    private final ClusterBoard board;
    private final Waiters waiters;
    private final Consumer<GraphId> wake;
    private final Clock clock;
    private final Removals removals;

    Lifecycle(
            GraphStore store,
            Views views,
            Graphs graphs,
            ClusterBoard board,
            Waiters waiters,
            Consumer<GraphId> wake,
            Clock clock,
            Duration removalWait) {
        this.store = store;
        this.views = views;
        this.graphs = graphs;
        this.board = board;
        this.waiters = waiters;
        this.wake = wake;
        this.clock = clock;
        this.removals = new Removals(store, views, waiters, wake, removalWait);
    }

    @Override
    public Change deploy(DeployRequest request) {
        Graph graph = request.graph();
        removals.await(graph);
        Optional<GraphRecord> existing = store.find(graph.id());
        if (existing.isPresent()) {
            return again(existing.get(), graph);
        }
        Desired desired = first(request);
        Waiter waiter = waiters.wait(graph.id(), 1, 1);
        try {
            store.insert(desired);
        } catch (SmoException e) {
            waiters.cancel(graph.id(), waiter);
            Optional<GraphRecord> faster = store.find(graph.id());
            if (e.kind() == SmoException.Kind.CONFLICT && faster.isPresent()) {
                return again(faster.get(), graph);
            }
            throw e;
        }
        return changed(new GraphRecord(desired, Optional.empty(), Observed.nothing()), waiter);
    }

    @Override
    public Change start(GraphId graph) {
        return change(graph, record -> {
            if (record.desired().state() != DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already running".formatted(graph.name()));
            }
            return withState(record.desired(), DesiredState.RUNNING);
        });
    }

    @Override
    public Change stop(GraphId graph) {
        return change(graph, record -> {
            if (record.desired().state() == DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already stopped".formatted(graph.name()));
            }
            return withState(record.desired(), DesiredState.STOPPED);
        });
    }

    @Override
    public Change remove(GraphId graph) {
        return change(graph, record -> withState(record.desired(), DesiredState.REMOVED));
    }

    @Override
    public Change place(GraphId graph, PlaceRequest request) {
        return change(graph, record -> {
            PlaceRules.check(graphs.of(record.desired()), record, request, board);
            Desired desired = record.desired();
            return copy(
                    desired,
                    desired.generation(),
                    desired.state(),
                    new DecisionWish(desired.wish().number() + 1, request),
                    desired.activated());
        });
    }

    @Override
    public Set<String> activate(GraphId graph, Set<String> services) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GraphRecord record = present(graph);
            Desired desired = record.desired();
            if (desired.state() != DesiredState.RUNNING) {
                throw SmoException.conflict("Graph %s is not running".formatted(graph.name()));
            }
            Set<String> fresh = new HashSet<>(services);
            fresh.removeAll(desired.activated());
            fresh.retainAll(graphs.of(desired).services().stream()
                    .filter(service -> service.trigger().isConditional())
                    .map(ServiceSpec::id)
                    .toList());
            if (fresh.isEmpty()) {
                return Set.of();
            }
            Set<String> activated = new HashSet<>(desired.activated());
            activated.addAll(fresh);
            if (store.update(copy(desired, desired.generation(), desired.state(), desired.wish(), activated))) {
                wake.accept(graph);
                return fresh;
            }
        }
        throw busy(graph);
    }

    @Override
    public Optional<GraphView> find(GraphId graph) {
        return store.find(graph).filter(Lifecycle::isVisible).map(views::of);
    }

    @Override
    public List<GraphView> findByName(String name) {
        return store.findByName(name).stream()
                .filter(Lifecycle::isVisible)
                .map(views::of)
                .toList();
    }

    @Override
    public List<GraphView> list(String project) {
        return store.list(project).stream()
                .filter(Lifecycle::isVisible)
                .map(views::of)
                .toList();
    }

    @Override
    public List<GraphView> list() {
        return store.list().stream().filter(Lifecycle::isVisible).map(views::of).toList();
    }

    /** What is being removed is gone for everybody but the reconciler. */
    private static boolean isVisible(GraphRecord record) {
        return record.desired().state() != DesiredState.REMOVED;
    }

    private Desired first(DeployRequest request) {
        Graph graph = request.graph();
        PlaceRequest wish = new PlaceRequest(
                DecisionReason.DEPLOY,
                Set.of(),
                Optional.empty(),
                request.override().placement(),
                false);
        return new Desired(
                graph.id(),
                1,
                1,
                DesiredState.RUNNING,
                graph.descriptor(),
                graph.services().stream().map(ServiceSpec::id).toList(),
                !request.keepIfInfeasible(),
                request.override(),
                new DecisionWish(1, wish),
                Set.of(),
                request.warnings(),
                clock.instant(),
                clock.instant());
    }

    /** The same name again: what is there already is answered as it was; anything else would need an update. */
    private Change again(GraphRecord record, Graph graph) {
        boolean same = record.desired()
                .descriptor()
                .canonical()
                .equals(graph.descriptor().canonical());
        if (!same) {
            throw SmoException.conflict(
                    "Graph with name %s already exists in project %s with another descriptor; remove it first or choose another name"
                            .formatted(graph.id().name(), graph.id().project()));
        }
        if (record.desired().state() == DesiredState.STOPPED) {
            throw SmoException.conflict("Graph with name %s already exists and is stopped; start it"
                    .formatted(graph.id().name()));
        }
        GraphView view = views.of(record);
        boolean decided = record.decided()
                .map(last -> last.wishNumber() >= record.desired().wish().number())
                .orElse(false);
        if (decided) {
            return new Change(
                    view, true, CompletableFuture.completedFuture(view), CompletableFuture.completedFuture(view));
        }
        Waiter waiter = waiters.wait(
                record.id(),
                record.desired().generation(),
                record.desired().wish().number());
        wake.accept(record.id());
        return new Change(view, true, waiter.decided(), waiter.done());
    }

    private Change change(GraphId graph, Function<GraphRecord, Desired> next) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GraphRecord record = present(graph);
            Desired desired = next.apply(record);
            Waiter waiter =
                    waiters.wait(graph, desired.generation(), desired.wish().number());
            if (store.update(desired)) {
                return changed(new GraphRecord(desired, record.decided(), record.observed()), waiter);
            }
            waiters.cancel(graph, waiter);
        }
        throw busy(graph);
    }

    private Change changed(GraphRecord record, Waiter waiter) {
        GraphView accepted = views.of(record);
        wake.accept(record.id());
        return new Change(accepted, false, waiter.decided(), waiter.done());
    }

    private GraphRecord present(GraphId graph) {
        return store.find(graph)
                .filter(Lifecycle::isVisible)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s not found in project %s".formatted(graph.name(), graph.project())));
    }

    private static SmoException busy(GraphId graph) {
        return SmoException.conflict("Graph %s is being changed by others; try again".formatted(graph.name()));
    }

    /** Another run state is a new generation; conditional services wait for their event anew after a start (D-41). */
    private Desired withState(Desired desired, DesiredState state) {
        return copy(desired, desired.generation() + 1, state, desired.wish(), Set.of());
    }

    private Desired copy(
            Desired desired, long generation, DesiredState state, DecisionWish wish, Set<String> activated) {
        return new Desired(
                desired.id(),
                generation,
                desired.revision() + 1,
                state,
                desired.descriptor(),
                desired.services(),
                desired.provisional(),
                desired.override(),
                wish,
                activated,
                desired.warnings(),
                desired.createdAt(),
                clock.instant());
    }
}
