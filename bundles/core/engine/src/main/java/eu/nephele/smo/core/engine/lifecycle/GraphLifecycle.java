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
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import eu.nephele.smo.core.engine.graph.Declarations;
import eu.nephele.smo.core.engine.graph.Declarations.Pinned;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.lifecycle.Changes.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes what users want, stores it together with the operation that carries it out, and wakes the reconciler. Nothing here acts on
 * the outside.
 */
final class Lifecycle {

    private final Graphs graphs;
    private final VisibleGraphs visible;
    private final ClusterBoard board;
    private final Declarations declarations;
    private final Removals removals;
    private final ArtifactTypes artifactTypes;
    private final Changes changes;

    Lifecycle(
            Graphs graphs,
            VisibleGraphs visible,
            ClusterBoard board,
            Declarations declarations,
            Removals removals,
            ArtifactTypes artifactTypes,
            Changes changes) {
        this.graphs = graphs;
        this.visible = visible;
        this.board = board;
        this.declarations = declarations;
        this.removals = removals;
        this.artifactTypes = artifactTypes;
        this.changes = changes;
    }

    Change deploy(DeployRequest request, RequestOrigin origin) {
        return deploy(request, origin, Pinned.NOTHING);
    }

    Change deploy(DeployRequest request, RequestOrigin origin, Pinned pinned) {
        Optional<Change> repeated = changes.repeated(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Graph graph = request.graph();
        artifactTypes.check(graph);
        removals.await(graph);
        Optional<GraphRecord> existing = graphs.find(graph.id());
        if (existing.isPresent()) {
            return again(existing.get(), graph, origin);
        }
        Desired desired = declarations.first(request, pinned);
        return changes.first(desired, origin, faster -> again(faster, graph, origin));
    }

    Change update(DeployRequest request, RequestOrigin origin) {
        return update(request, origin, "update", Kind.UPDATE, Pinned.NOTHING);
    }

    Change update(DeployRequest request, RequestOrigin origin, Pinned pinned) {
        return update(request, origin, "update", Kind.UPDATE, pinned);
    }

    private Change update(DeployRequest request, RequestOrigin origin, String cause, Kind kind, Pinned pinned) {
        GraphId id = request.graph().id();
        if (changes.repeated(origin).isEmpty()) {
            artifactTypes.check(request.graph());
        }
        Optional<GraphRecord> present = graphs.find(id).filter(VisibleGraphs::isVisible);
        if (changes.repeated(origin).isEmpty() && present.isPresent()) {
            GraphRecord record = present.get();
            boolean same = isSame(record, request.graph())
                    && record.desired().declaration().override().equals(request.override());
            if (same && record.observed().phase() != GraphPhase.FAILED && pinned.isMetBy(record.decided())) {
                return changes.replay(record);
            }
            removals.awaitServices(request.graph());
        }
        return change(id, origin, record -> {
            long number = visible.lastRevision(record) + 1;
            boolean hasRun = record.observed().goodRevision() > 0;
            Pinned kept = hasRun ? pinned : pinned.adopting(record.desired());
            Desired desired =
                    declarations.updated(record.desired(), graphs.of(record.desired()), request, number, kept);
            return new Wanted(kind, desired, Optional.of(changes.revision(desired, cause, origin)));
        });
    }

    Change rollback(GraphId graph, long number, RequestOrigin origin) {
        Revision revision = visible.revision(graph, number);
        Graph former = graphs.restore(graph.project(), revision.descriptor());
        DeployRequest request = new DeployRequest(former, revision.override(), true, List.of());
        return update(request, origin, "rollback to " + number, Kind.ROLLBACK, Pinned.NOTHING);
    }

    Change start(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() != DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already running".formatted(graph.name()));
            }
            return Wanted.of(Kind.START, declarations.withState(record.desired(), DesiredState.RUNNING));
        });
    }

    Change stop(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() == DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already stopped".formatted(graph.name()));
            }
            return Wanted.of(Kind.STOP, declarations.withState(record.desired(), DesiredState.STOPPED));
        });
    }

    Change remove(GraphId graph, RequestOrigin origin) {
        Optional<Change> repeated = changes.repeated(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Optional<GraphRecord> leaving =
                graphs.find(graph).filter(record -> record.desired().state() == DesiredState.REMOVED);
        if (leaving.isPresent()) {
            return changes.replay(leaving.get());
        }
        return change(
                graph,
                origin,
                record -> Wanted.of(Kind.REMOVE, declarations.withState(record.desired(), DesiredState.REMOVED)));
    }

    Change forceRemove(GraphId graph, RequestOrigin origin) {
        Optional<Change> repeated = changes.repeated(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Optional<GraphRecord> record = graphs.find(graph);
        if (record.isPresent() && changes.isOpen(graph, Kind.FORCE_REMOVE)) {
            return changes.replay(record.get());
        }
        return changes.change(
                graph,
                origin,
                visible::stored,
                now -> Wanted.of(Kind.FORCE_REMOVE, declarations.withState(now.desired(), DesiredState.REMOVED)));
    }

    Change place(GraphId graph, PlaceRequest request, RequestOrigin origin) {
        return place(graph, request, origin, Pinned.NOTHING);
    }

    Change place(GraphId graph, PlaceRequest request, RequestOrigin origin, Pinned pinned) {
        return change(graph, origin, record -> {
            PlaceRules.check(graphs.of(record.desired()), record, request, board);
            return Wanted.of(Kind.PLACE, declarations.placed(record.desired(), request, pinned));
        });
    }

    Change repair(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() != DesiredState.RUNNING) {
                throw SmoException.conflict("Graph %s is not running; start it first".formatted(graph.name()));
            }
            return Wanted.of(Kind.REPAIR, declarations.repaired(record.desired()));
        });
    }

    GraphView pause(GraphId graph, boolean paused, RequestOrigin origin) {
        return changes.set(
                graph,
                origin,
                visible::present,
                record -> record.desired().paused() == paused
                        ? Optional.empty()
                        : Optional.of(declarations.paused(record.desired(), paused)),
                paused ? "hdag.paused" : "hdag.resumed");
    }

    private Change change(GraphId graph, RequestOrigin origin, Function<GraphRecord, Wanted> next) {
        return changes.change(graph, origin, visible::present, next);
    }

    static boolean isSame(GraphRecord record, Graph graph) {
        return record.desired()
                .declaration()
                .descriptor()
                .canonical()
                .equals(graph.descriptor().canonical());
    }

    /** The same name again: what is there already is answered as it was; what failed is tried anew. */
    private Change again(GraphRecord record, Graph graph, RequestOrigin origin) {
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
            return change(graph.id(), origin, now -> Wanted.of(Kind.DEPLOY, declarations.again(now.desired())));
        }
        return changes.replay(record);
    }
}
