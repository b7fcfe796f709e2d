// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Keeps graphs as the engine does, in a map. A service with the class {@code huge} fits nowhere. */
final class InMemoryGraphs implements GraphService {

    static final ClusterId C1 = new ClusterId("sim", "c1");
    static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    final InMemoryOperations operations = new InMemoryOperations();
    final List<PlaceRequest> placements = new ArrayList<>();
    final List<DeployRequest> deployments = new ArrayList<>();
    final List<RequestOrigin> origins = new ArrayList<>();
    private final Map<GraphId, InMemoryGraph> graphs = new TreeMap<>();
    private final Map<GraphId, List<Revision>> revisions = new HashMap<>();
    private final Map<String, Repeatable> keys = new HashMap<>();

    /** True if work ends at once, false if it never ends. */
    volatile boolean quick = true;

    /** True if the end of work is not reported. */
    volatile boolean leaving;

    /** What happens when an update has been asked for and not yet begun. */
    volatile Runnable beforeUpdate = () -> {};

    /** How work ends, when it fails. */
    volatile Optional<RuntimeException> failure = Optional.empty();

    private record Repeatable(String fingerprint, Change change) {}

    @Override
    public synchronized Change deploy(DeployRequest request, CallContext call) {
        return once(call.origin(), () -> {
            deployments.add(request);
            Graph graph = request.graph();
            InMemoryGraph there = graphs.get(graph.id());
            if (there != null) {
                if (!same(there.graph(), graph)) {
                    throw SmoException.conflict(
                            "Graph %s exists already with another descriptor".formatted(graph.id()));
                }
                return replay(there);
            }
            boolean fits = graph.services().stream()
                    .noneMatch(service -> service.intents().get("compute").equals(new JsonString("huge")));
            InMemoryGraph entry = new InMemoryGraph(graph, DesiredState.RUNNING, fits, 1, C2, 1, false, Map.of());
            if (!fits && !request.keepIfInfeasible()) {
                return infeasible(entry, call.origin());
            }
            revise(entry, request, "deploy", call.origin());
            return change(entry, Kind.DEPLOY, call.origin());
        });
    }

    @Override
    public Change update(DeployRequest request, CallContext call) {
        beforeUpdate.run();
        return updated(request, call.origin());
    }

    private synchronized Change updated(DeployRequest request, RequestOrigin origin) {
        return once(origin, () -> {
            InMemoryGraph entry = existing(request.graph().id());
            if (same(entry.graph(), request.graph())) {
                return replay(entry);
            }
            InMemoryGraph updated = entry.with(request.graph());
            revise(updated, request, "update", origin);
            return change(updated, Kind.UPDATE, origin);
        });
    }

    @Override
    public synchronized Change rollback(GraphId graph, long revision, CallContext call) {
        return once(call.origin(), () -> {
            InMemoryGraph entry = existing(graph);
            Revision old = revisions(graph, CallContext.INTERNAL).stream()
                    .filter(each -> each.number() == revision)
                    .findFirst()
                    .orElseThrow(
                            () -> SmoException.notFound("Revision %d of %s is not kept".formatted(revision, graph)));
            Graph back = new InMemoryReader().restore(graph.project(), old.descriptor());
            InMemoryGraph updated = entry.with(back);
            revise(updated, DeployRequest.of(back), "rollback to " + revision, call.origin());
            return change(updated, Kind.ROLLBACK, call.origin());
        });
    }

    @Override
    public Change start(GraphId graph, CallContext call) {
        return desire(graph, DesiredState.RUNNING, Kind.START, call.origin());
    }

    @Override
    public Change stop(GraphId graph, CallContext call) {
        return desire(graph, DesiredState.STOPPED, Kind.STOP, call.origin());
    }

    private synchronized Change desire(GraphId graph, DesiredState desired, Kind kind, RequestOrigin origin) {
        return once(origin, () -> {
            InMemoryGraph entry = existing(graph);
            if (entry.desired() == desired) {
                throw SmoException.conflict("Graph %s is %s already".formatted(graph, desired));
            }
            return change(entry.with(desired), kind, origin);
        });
    }

    @Override
    public synchronized Change forceRemove(GraphId graph, CallContext call) {
        return once(call.origin(), () -> {
            Change change = change(existing(graph).with(DesiredState.REMOVED), Kind.FORCE_REMOVE, call.origin());
            graphs.remove(graph);
            return change;
        });
    }

    @Override
    public synchronized Change remove(GraphId graph, CallContext call) {
        return once(call.origin(), () -> {
            InMemoryGraph entry = existing(graph);
            if (entry.desired() == DesiredState.REMOVED) {
                return replay(entry);
            }
            Change change = change(entry.with(DesiredState.REMOVED), Kind.REMOVE, call.origin());
            if (quick) {
                graphs.remove(graph);
            }
            return change;
        });
    }

    @Override
    public synchronized Change place(GraphId graph, PlaceRequest request, CallContext call) {
        return once(call.origin(), () -> {
            InMemoryGraph entry = running(graph);
            if (entry.graph().staticPlacement()) {
                throw SmoException.conflict(
                        "Graph %s has static placement: its charts say where it runs".formatted(graph));
            }
            placements.add(request);
            return change(entry.with(request.target().orElse(entry.cluster())), Kind.PLACE, call.origin());
        });
    }

    @Override
    public synchronized Change repair(GraphId graph, CallContext call) {
        return once(call.origin(), () -> change(running(graph), Kind.REPAIR, call.origin()));
    }

    @Override
    public synchronized GraphView pause(GraphId graph, boolean paused, CallContext call) {
        origins.add(call.origin());
        InMemoryGraph entry = existing(graph).with(paused);
        graphs.put(graph, entry);
        return entry.view();
    }

    @Override
    public synchronized GraphView hold(GraphId graph, String service, Optional<ReplicaHold> hold, CallContext call) {
        origins.add(call.origin());
        InMemoryGraph entry = existing(graph);
        if (entry.graph().service(service).isEmpty()) {
            throw SmoException.notFound("Graph %s has no service %s".formatted(graph.name(), service));
        }
        InMemoryGraph held = entry.with(service, hold);
        graphs.put(graph, held);
        return held.view();
    }

    @Override
    public synchronized List<Revision> revisions(GraphId graph, CallContext call) {
        List<Revision> newestFirst = new ArrayList<>(revisions.getOrDefault(graph, List.of()));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    @Override
    public synchronized Optional<GraphView> find(GraphId graph, CallContext call) {
        return Optional.ofNullable(graphs.get(graph)).map(InMemoryGraph::view);
    }

    @Override
    public List<GraphView> findByName(String name, CallContext call) {
        return list(CallContext.INTERNAL).stream()
                .filter(view -> view.graph().id().name().equals(name))
                .toList();
    }

    @Override
    public List<GraphView> list(String project, CallContext call) {
        return list(CallContext.INTERNAL).stream()
                .filter(view -> view.graph().id().project().equals(project))
                .toList();
    }

    @Override
    public synchronized List<GraphView> list(CallContext call) {
        return graphs.values().stream().map(InMemoryGraph::view).toList();
    }

    private Change once(RequestOrigin origin, Supplier<Change> request) {
        origins.add(origin);
        if (origin.idempotency().isEmpty()) {
            return request.get();
        }
        IdempotencyKey key = origin.idempotency().get();
        Repeatable earlier = keys.get(key.key());
        if (earlier == null) {
            Change change = request.get();
            keys.put(key.key(), new Repeatable(key.fingerprint(), change));
            return change;
        }
        if (!earlier.fingerprint().equals(key.fingerprint())) {
            throw SmoException.of(
                    SmoException.Kind.UNPROCESSABLE, "smo", "The key was used for something else", Optional.empty());
        }
        Change first = earlier.change();
        return new Change(first.accepted(), true, first.operation(), first.decided(), first.done());
    }

    private void revise(InMemoryGraph entry, DeployRequest request, String cause, RequestOrigin origin) {
        GraphId id = entry.graph().id();
        revisions
                .computeIfAbsent(id, any -> new ArrayList<>())
                .add(new Revision(
                        id,
                        entry.revision(),
                        entry.graph().descriptor(),
                        request.override(),
                        cause,
                        origin.principal(),
                        START.plusSeconds(entry.revision())));
    }

    private Change change(InMemoryGraph entry, Kind kind, RequestOrigin origin) {
        graphs.put(entry.graph().id(), entry);
        Operation.State state = quick ? Operation.State.SUCCEEDED : Operation.State.RUNNING;
        Operation operation = operations.begin(
                kind, Optional.of(entry.graph().id()), Optional.empty(), entry.generation(), origin, state);
        GraphView view = entry.view();
        if (failure.isEmpty()) {
            CompletableFuture<GraphView> done =
                    quick ? CompletableFuture.completedFuture(view) : new CompletableFuture<>();
            if (leaving) {
                done.cancel(false);
            }
            return new Change(view, false, Optional.of(operation), done, done);
        }
        return failed(view, operation, failure.get());
    }

    private Change infeasible(InMemoryGraph entry, RequestOrigin origin) {
        GraphId id = entry.graph().id();
        Operation operation =
                operations.begin(Kind.DEPLOY, Optional.of(id), Optional.empty(), 1, origin, Operation.State.RUNNING);
        return failed(
                entry.view(),
                operation,
                SmoException.infeasible(
                        "%s does not fit".formatted(id),
                        Map.of(entry.graph().services().get(0).id(), Map.of("c1", "needs 99 cores, 12 are free"))));
    }

    private Change failed(GraphView view, Operation operation, RuntimeException why) {
        Operation.Fault fault = why instanceof SmoException known
                ? Operation.Fault.of(known)
                : new Operation.Fault(SmoException.Kind.UPSTREAM_FAILED, "smo", "unexpected");
        Operation ended = operations.end(operation.id(), Operation.State.FAILED, Optional.of(fault));
        CompletableFuture<GraphView> failed = CompletableFuture.failedFuture(why);
        return new Change(view, false, Optional.of(ended), failed, failed);
    }

    private Change replay(InMemoryGraph there) {
        CompletableFuture<GraphView> done = CompletableFuture.completedFuture(there.view());
        return new Change(there.view(), true, operations.latestOf(there.graph().id()), done, done);
    }

    private InMemoryGraph existing(GraphId graph) {
        return Optional.ofNullable(graphs.get(graph))
                .orElseThrow(() -> SmoException.notFound("There is no graph %s".formatted(graph)));
    }

    private InMemoryGraph running(GraphId graph) {
        InMemoryGraph entry = existing(graph);
        if (entry.desired() != DesiredState.RUNNING) {
            throw SmoException.conflict("Graph %s is not running".formatted(graph));
        }
        return entry;
    }

    private static boolean same(Graph one, Graph other) {
        return one.descriptor().canonical().equals(other.descriptor().canonical());
    }

    /** Projects with a graph that has this conditional service. */
    synchronized Set<GraphId> waiting(String service) {
        Set<GraphId> found = new java.util.TreeSet<>();
        graphs.forEach((id, entry) -> {
            if (entry.view()
                    .service(service)
                    .filter(view -> view.spec().trigger().isConditional())
                    .isPresent()) {
                found.add(id);
            }
        });
        return found;
    }
}
