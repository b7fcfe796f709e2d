// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphQuery;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

final class AuthorizedGraphService implements GraphService {

    private final GraphLifecycle lifecycle;
    private final ReplicaHolds holds;
    private final GraphQueries visible;
    private final Authorizer authorizer;

    AuthorizedGraphService(GraphLifecycle lifecycle, ReplicaHolds holds, GraphQueries visible, Authorizer authorizer) {
        this.lifecycle = lifecycle;
        this.holds = holds;
        this.visible = visible;
        this.authorizer = authorizer;
    }

    @Override
    public Change deploy(DeployRequest request, CallContext call) {
        ResourceRef target = ResourceRef.of(request.graph().id());
        return authorizer.change(call, Verb.CREATE, target, "deploy", () -> lifecycle.deploy(request, call.origin()));
    }

    @Override
    public Change update(DeployRequest request, CallContext call) {
        ResourceRef target = ResourceRef.of(request.graph().id());
        return authorizer.change(call, Verb.UPDATE, target, "update", () -> lifecycle.update(request, call.origin()));
    }

    @Override
    public Change rollback(GraphId graph, long revision, CallContext call) {
        return authorizer.change(
                call,
                Verb.UPDATE,
                ResourceRef.of(graph),
                "rollback",
                () -> lifecycle.rollback(graph, revision, call.origin()));
    }

    @Override
    public Change start(GraphId graph, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, ResourceRef.of(graph), "start", () -> lifecycle.start(graph, call.origin()));
    }

    @Override
    public Change stop(GraphId graph, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, ResourceRef.of(graph), "stop", () -> lifecycle.stop(graph, call.origin()));
    }

    @Override
    public Change remove(GraphId graph, CallContext call) {
        return authorizer.change(
                call, Verb.DELETE, ResourceRef.of(graph), "remove", () -> lifecycle.remove(graph, call.origin()));
    }

    @Override
    public Change forceRemove(GraphId graph, CallContext call) {
        return authorizer.change(
                call,
                Verb.DELETE,
                ResourceRef.of(graph),
                "force-remove",
                () -> lifecycle.forceRemove(graph, call.origin()));
    }

    @Override
    public Change place(GraphId graph, PlaceRequest request, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ResourceRef.of(graph),
                "place",
                () -> lifecycle.place(graph, request, call.origin()));
    }

    @Override
    public Change repair(GraphId graph, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, ResourceRef.of(graph), "repair", () -> lifecycle.repair(graph, call.origin()));
    }

    @Override
    public GraphView pause(GraphId graph, boolean paused, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ResourceRef.of(graph),
                paused ? "pause" : "resume",
                () -> lifecycle.pause(graph, paused, call.origin()));
    }

    @Override
    public GraphView hold(GraphId graph, String service, Optional<ReplicaHold> hold, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ResourceRef.of(graph),
                hold.isPresent() ? "hold" : "release",
                () -> holds.hold(graph, service, hold, call.origin()));
    }

    @Override
    public List<Revision> revisions(GraphId graph, CallContext call) {
        return authorizer.read(call, ResourceRef.of(graph), () -> visible.revisions(graph));
    }

    @Override
    public Optional<GraphView> find(GraphId graph, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> visible.find(graph));
    }

    @Override
    public List<GraphView> findByName(String name, CallContext call) {
        return authorizer.list(call, AuthorizedGraphService::target, () -> visible.findByName(name));
    }

    @Override
    public List<GraphView> list(String project, CallContext call) {
        return authorizer.list(call, AuthorizedGraphService::target, () -> visible.list(project));
    }

    @Override
    public List<GraphView> list(CallContext call) {
        return authorizer.list(call, AuthorizedGraphService::target, visible::list);
    }

    @Override
    public List<GraphItem> page(GraphQuery query, CallContext call) {
        return authorizer.page(
                call,
                item -> ResourceRef.of(item.id()),
                query.limit(),
                (last, most) -> visible.page(new GraphQuery(
                        query.project(),
                        last.map(item -> item.id().name()).orElse(query.after()),
                        query.namePrefix(),
                        query.phase(),
                        most)));
    }

    @Override
    public List<String> names(String project, CallContext call) {
        return authorizer.list(call, name -> ResourceRef.of(new GraphId(project, name)), () -> visible.names(project));
    }

    @Override
    public SortedMap<String, Long> projects(CallContext call) {
        return authorizer.inside(() -> {
            SortedMap<String, Long> seen = new TreeMap<>(visible.projects());
            seen.keySet().removeIf(project -> !authorizer.seesAny(call, ResourceRef.GRAPH, project));
            return seen;
        });
    }

    private static ResourceRef target(GraphView view) {
        return ResourceRef.of(view.graph().id());
    }
}
