// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory.PlanPins;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.lifecycle.DesiredStateWriter.DesiredChange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes changes of users, stores each together with the operation that carries it out, and wakes the reconciler.
 * Nothing here acts on the outside.
 */
final class GraphLifecycle {

    private final GraphRepository graphs;
    private final GraphQueries visible;
    private final ClusterInventory clusterInventory;
    private final DesiredGraphFactory desiredGraphFactory;
    private final PendingRemovals removals;
    private final GraphAcceptance acceptance;
    private final DesiredStateWriter desiredStateWriter;

    GraphLifecycle(
            GraphRepository graphs,
            GraphQueries visible,
            ClusterInventory clusterInventory,
            DesiredGraphFactory desiredGraphFactory,
            PendingRemovals removals,
            GraphAcceptance acceptance,
            DesiredStateWriter desiredStateWriter) {
        this.graphs = graphs;
        this.visible = visible;
        this.clusterInventory = clusterInventory;
        this.desiredGraphFactory = desiredGraphFactory;
        this.removals = removals;
        this.acceptance = acceptance;
        this.desiredStateWriter = desiredStateWriter;
    }

    Change deploy(DeployRequest request, RequestOrigin origin) {
        return deploy(request, origin, PlanPins.NOTHING);
    }

    Change deploy(DeployRequest request, RequestOrigin origin, PlanPins planPins) {
        Optional<Change> repeated = desiredStateWriter.repeated(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Graph graph = request.graph();
        acceptance.check(graph);
        removals.await(graph);
        Optional<GraphRecord> existing = graphs.find(graph.id());
        if (existing.isPresent()) {
            return reapply(existing.get(), graph, origin);
        }
        Desired desired = desiredGraphFactory.first(request, planPins);
        return desiredStateWriter.first(desired, origin, faster -> reapply(faster, graph, origin));
    }

    Change update(DeployRequest request, RequestOrigin origin) {
        return update(request, origin, "update", Kind.UPDATE, PlanPins.NOTHING);
    }

    Change update(DeployRequest request, RequestOrigin origin, PlanPins planPins) {
        return update(request, origin, "update", Kind.UPDATE, planPins);
    }

    private Change update(DeployRequest request, RequestOrigin origin, String cause, Kind kind, PlanPins planPins) {
        GraphId id = request.graph().id();
        if (desiredStateWriter.repeated(origin).isEmpty()) {
            acceptance.check(request.graph());
        }
        Optional<GraphRecord> present = graphs.find(id).filter(GraphQueries::isVisible);
        if (desiredStateWriter.repeated(origin).isEmpty() && present.isPresent()) {
            GraphRecord record = present.get();
            boolean same = isSame(record, request.graph())
                    && record.desired().declaration().override().equals(request.override());
            if (same && record.observed().phase() != GraphPhase.FAILED && planPins.isMetBy(record.decided())) {
                return desiredStateWriter.replay(record);
            }
            removals.awaitServices(request.graph());
        }
        return change(id, origin, record -> {
            long number = visible.lastRevision(record) + 1;
            boolean hasRun = record.observed().goodRevision() > 0;
            PlanPins kept = hasRun ? planPins : planPins.adopting(record.desired());
            Desired desired =
                    desiredGraphFactory.updated(record.desired(), graphs.read(record.desired()), request, number, kept);
            return new DesiredChange(kind, desired, Optional.of(desiredStateWriter.revision(desired, cause, origin)));
        });
    }

    Change rollback(GraphId graph, long number, RequestOrigin origin) {
        Revision revision = visible.revision(graph, number);
        Graph former = graphs.restore(graph.project(), revision.descriptor());
        DeployRequest request = new DeployRequest(former, revision.override(), true, List.of());
        return update(request, origin, "rollback to " + number, Kind.ROLLBACK, PlanPins.NOTHING);
    }

    Change start(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() != DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already running".formatted(graph.name()));
            }
            return DesiredChange.of(Kind.START, desiredGraphFactory.withState(record.desired(), DesiredState.RUNNING));
        });
    }

    Change stop(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() == DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already stopped".formatted(graph.name()));
            }
            return DesiredChange.of(Kind.STOP, desiredGraphFactory.withState(record.desired(), DesiredState.STOPPED));
        });
    }

    Change remove(GraphId graph, RequestOrigin origin) {
        Optional<Change> repeated = desiredStateWriter.repeated(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Optional<GraphRecord> leaving =
                graphs.find(graph).filter(record -> record.desired().state() == DesiredState.REMOVED);
        if (leaving.isPresent()) {
            return desiredStateWriter.replay(leaving.get());
        }
        return change(
                graph,
                origin,
                record -> DesiredChange.of(
                        Kind.REMOVE, desiredGraphFactory.withState(record.desired(), DesiredState.REMOVED)));
    }

    Change forceRemove(GraphId graph, RequestOrigin origin) {
        Optional<Change> repeated = desiredStateWriter.repeated(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Optional<GraphRecord> record = graphs.find(graph);
        if (record.isPresent() && desiredStateWriter.isOpen(graph, Kind.FORCE_REMOVE)) {
            return desiredStateWriter.replay(record.get());
        }
        return desiredStateWriter.change(
                graph,
                origin,
                visible::stored,
                now -> DesiredChange.of(
                        Kind.FORCE_REMOVE, desiredGraphFactory.withState(now.desired(), DesiredState.REMOVED)));
    }

    Change place(GraphId graph, PlaceRequest request, RequestOrigin origin) {
        return place(graph, request, origin, PlanPins.NOTHING);
    }

    Change place(GraphId graph, PlaceRequest request, RequestOrigin origin, PlanPins planPins) {
        return change(graph, origin, record -> {
            PlacementRequestValidator.check(graphs.read(record.desired()), record, request, clusterInventory);
            return DesiredChange.of(Kind.PLACE, desiredGraphFactory.placed(record.desired(), request, planPins));
        });
    }

    /** The same, for a graph that is still as a plan found it. */
    Change place(GraphId graph, String basis, PlanPins planPins, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (!ChangeDraftFactory.basis(record).equals(basis)) {
                throw SmoException.conflict("Graph %s has changed since plan %s was made. Make a new plan"
                        .formatted(graph, planPins.plan()));
            }
            PlaceRequest request = PlaceRequest.replace();
            PlacementRequestValidator.check(graphs.read(record.desired()), record, request, clusterInventory);
            return DesiredChange.of(Kind.PLACE, desiredGraphFactory.placed(record.desired(), request, planPins));
        });
    }

    Change repair(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() != DesiredState.RUNNING) {
                throw SmoException.conflict("Graph %s is not running; start it first".formatted(graph.name()));
            }
            return DesiredChange.of(Kind.REPAIR, desiredGraphFactory.repaired(record.desired()));
        });
    }

    GraphView pause(GraphId graph, boolean paused, RequestOrigin origin) {
        return desiredStateWriter.set(
                graph,
                origin,
                visible::present,
                record -> record.desired().paused() == paused
                        ? Optional.empty()
                        : Optional.of(desiredGraphFactory.paused(record.desired(), paused)),
                paused ? "hdag.paused" : "hdag.resumed");
    }

    private Change change(GraphId graph, RequestOrigin origin, Function<GraphRecord, DesiredChange> next) {
        return desiredStateWriter.change(graph, origin, visible::present, next);
    }

    static boolean isSame(GraphRecord record, Graph graph) {
        return record.desired()
                .declaration()
                .descriptor()
                .canonical()
                .equals(graph.descriptor().canonical());
    }

    /** The same name again: an existing graph is answered as it was; a failed one is retried. */
    private Change reapply(GraphRecord record, Graph graph, RequestOrigin origin) {
        if (!isSame(record, graph)) {
            throw SmoException.conflict(
                    "Graph with name %s already exists in project %s with another descriptor; update it with PUT /api/v1/projects/%s/graphs/%s or choose another name"
                            .formatted(
                                    graph.id().name(),
                                    graph.id().project(),
                                    graph.id().project(),
                                    graph.id().name()));
        }
        if (record.desired().state() == DesiredState.STOPPED) {
            throw SmoException.conflict("Graph with name %s already exists and is stopped; start it"
                    .formatted(graph.id().name()));
        }
        if (record.observed().phase() == GraphPhase.FAILED) {
            return change(
                    graph.id(), origin, now -> DesiredChange.of(Kind.DEPLOY, desiredGraphFactory.renew(now.desired())));
        }
        return desiredStateWriter.replay(record);
    }
}
