// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.Conditional;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.SmallBodyReader;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.access.rest.http.AdmissionControlled;
import eu.nephele.smo.access.rest.http.DeployRequestReader;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Changes of one graph: accepted at once, carried out in the background; {@code wait} waits for their end. */
@Path("api/v1/projects/{project}/graphs/{graph}")
@Produces(MediaType.APPLICATION_JSON)
public final class GraphChanges {

    private final GraphService graphs;
    private final DeployRequestReader deployRequestReader;
    private final StrategyCatalog catalog;
    private final ClusterOverview clusterOverview;
    private final GraphAnswers answers;

    public GraphChanges(
            GraphService graphs,
            DeployRequestReader deployRequestReader,
            StrategyCatalog catalog,
            ClusterOverview clusterOverview,
            GraphAnswers answers) {
        this.graphs = graphs;
        this.deployRequestReader = deployRequestReader;
        this.catalog = catalog;
        this.clusterOverview = clusterOverview;
        this.answers = answers;
    }

    @PUT
    @Conditional
    @Consumes({MediaType.APPLICATION_JSON, "application/x-yaml", "application/yaml", "text/yaml"})
    @AdmissionControlled
    public Response update(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @QueryParam("wait") @Nullable String wait,
            @Context HttpHeaders headers,
            @Context Request preconditions,
            @Context ContainerRequestContext call,
            InputStream body) {
        GraphId id = new GraphId(project, graph);
        Duration atMost = AsyncWait.parse(wait);
        DeployRequest request = deployRequestReader.read(id, RequestBodies.bytes(body), headers.getMediaType());
        return changed(call, id, atMost, (asked, from) -> {
            check(asked, preconditions, headers, call, from);
            return update(request, from);
        });
    }

    @DELETE
    @Conditional
    public Response remove(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("force") @Nullable String force,
            @Context HttpHeaders headers,
            @Context Request preconditions,
            @Context ContainerRequestContext call) {
        boolean forced = isForced(force);
        return changed(call, new GraphId(project, graph), AsyncWait.parse(wait), (asked, from) -> {
            check(asked, preconditions, headers, call, from);
            return forced ? graphs.forceRemove(asked, from) : graphs.remove(asked, from);
        });
    }

    private static boolean isForced(@Nullable String force) {
        if (force == null || force.equals("false")) {
            return false;
        } else if (force.equals("true")) {
            return true;
        }
        throw PageRequest.invalid("force is '%s', expected true or false".formatted(force));
    }

    @POST
    @Path("start")
    public Response start(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        return changed(call, new GraphId(project, graph), AsyncWait.parse(wait), graphs::start);
    }

    @POST
    @Path("stop")
    public Response stop(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        return changed(call, new GraphId(project, graph), AsyncWait.parse(wait), graphs::stop);
    }

    @POST
    @Path("repair")
    public Response repair(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        return changed(call, new GraphId(project, graph), AsyncWait.parse(wait), graphs::repair);
    }

    @POST
    @Path("placement")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    public Response place(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call,
            InputStream body) {
        Duration atMost = AsyncWait.parse(wait);
        PlaceRequest request = RequestBodies.object(body)
                .map(wishes -> PlacementBody.read(wishes, clusterOverview.names(), catalog))
                .orElseGet(PlaceRequest::replace);
        return changed(call, new GraphId(project, graph), atMost, (asked, from) -> graphs.place(asked, request, from));
    }

    @POST
    @Path("rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rollback(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call,
            InputStream body) {
        Duration atMost = AsyncWait.parse(wait);
        long revision = SmallBodyReader.revision(body);
        return changed(
                call, new GraphId(project, graph), atMost, (asked, from) -> graphs.rollback(asked, revision, from));
    }

    @PUT
    @Path("automation")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response automation(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext call,
            InputStream body) {
        boolean paused = SmallBodyReader.paused(body);
        GraphId id = new GraphId(project, graph);
        ChangeSubmission submission = ChangeSubmission.create(call);
        GraphView view = submission.ask(id, from -> graphs.pause(id, paused, from));
        return Responses.json(
                        200, GraphJson.whole(view, clusterOverview.names(), answers.openOf(view, submission.call())))
                .build();
    }

    @PUT
    @Path("services/{service}/replicas")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response hold(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("service") String service,
            @Context ContainerRequestContext call,
            InputStream body) {
        return held(call, new GraphId(project, graph), service, Optional.of(SmallBodyReader.hold(body, Instant.now())));
    }

    @DELETE
    @Path("services/{service}/replicas")
    public Response release(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("service") String service,
            @Context ContainerRequestContext call) {
        return held(call, new GraphId(project, graph), service, Optional.empty());
    }

    private Response held(ContainerRequestContext call, GraphId id, String service, Optional<ReplicaHold> hold) {
        ChangeSubmission submission = ChangeSubmission.create(call);
        GraphView view = submission.ask(id, from -> graphs.hold(id, service, hold, from));
        return Responses.json(
                        200, GraphJson.whole(view, clusterOverview.names(), answers.openOf(view, submission.call())))
                .build();
    }

    /** Compares with the present ETag of the graph. A repeated request matched when it was received first. */
    private void check(
            GraphId graph,
            Request preconditions,
            HttpHeaders headers,
            ContainerRequestContext request,
            CallContext call) {
        try {
            Responses.checkPreconditions(preconditions, headers, () -> graphs.find(graph, call)
                    .map(view -> GraphJson.whole(view, clusterOverview.names(), answers.openOf(view, call))));
        } catch (ClientErrorException unmet) {
            if (!answers.hasOneOf(ChangeSubmission.create(request))) {
                throw unmet;
            }
        }
    }

    private Change update(DeployRequest request, CallContext call) {
        try {
            return graphs.update(request, call);
        } catch (SmoException refused) {
            if (refused.kind() != SmoException.Kind.NOT_FOUND) {
                throw refused;
            }
            GraphId id = request.graph().id();
            throw SmoException.notFound(("Graph %s does not exist in project %s and cannot be updated;"
                            + " POST /api/v1/projects/%s/graphs deploys a new one")
                    .formatted(id.name(), id.project(), id.project()));
        }
    }

    private Response changed(
            ContainerRequestContext call,
            GraphId graph,
            Duration atMost,
            BiFunction<GraphId, CallContext, Change> change) {
        ChangeSubmission submission = ChangeSubmission.create(call);
        Change accepted = submission.ask(graph, from -> change.apply(graph, from));
        return answers.respond(submission, accepted, atMost);
    }
}
