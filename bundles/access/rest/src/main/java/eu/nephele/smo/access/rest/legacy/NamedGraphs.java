// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reference's calls on one graph. They identify it by its name alone; when several projects have that name,
 * {@code project} is required. The calls wait for their work to end, up to a limit.
 */
@Path("graphs/{name}")
public final class NamedGraphs {

    private final GraphService graphs;
    private final ClusterOverview clusterOverview;
    private final AsyncWait waiting;
    private final Duration wait;

    /** @param wait maximum wait of a call for its work */
    public NamedGraphs(GraphService graphs, ClusterOverview clusterOverview, AsyncWait waiting, Duration wait) {
        this.graphs = graphs;
        this.clusterOverview = clusterOverview;
        this.waiting = waiting;
        this.wait = wait;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response get(
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext call) {
        return Responses.json(200, LegacyJson.graph(find(name, project, call), clusterOverview.names()))
                .build();
    }

    @DELETE
    public Response remove(
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext call) {
        return done(call, idOf(name, project, call), graphs::remove, "Graph %s removed successfully");
    }

    @POST
    @Path("start")
    public Response start(
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext call) {
        return done(call, idOf(name, project, call), graphs::start, "Graph %s start triggered successfully");
    }

    @POST
    @Path("stop")
    public Response stop(
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext call) {
        return done(call, idOf(name, project, call), graphs::stop, "Graph %s stop triggered successfully");
    }

    @POST
    @Path("placement")
    public Response place(
            @PathParam("name") String name,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext call) {
        return done(
                call,
                idOf(name, project, call),
                (graph, from) -> graphs.place(graph, PlaceRequest.replace(), from),
                "Placement of graph %s triggered");
    }

    private Response done(
            ContainerRequestContext call,
            GraphId graph,
            BiFunction<GraphId, CallContext, Change> request,
            String text) {
        ChangeSubmission submission = ChangeSubmission.create(call);
        Change change = submission.ask(graph, from -> request.apply(graph, from));
        boolean ended = waiting.on(change.done(), wait).isPresent();
        Response.ResponseBuilder answer = Responses.text(200, text.formatted(graph.name()));
        if (!ended) {
            WarningHeaders.add(answer, List.of("The work is still in progress"));
        }
        submission.mark(answer, change);
        return answer.build();
    }

    /** With its project a graph needs no lookup: an idempotency key can then repeat a request for a removed graph. */
    private GraphId idOf(String name, @Nullable String project, ContainerRequestContext call) {
        return project == null ? find(name, null, call).graph().id() : new GraphId(project, name);
    }

    private GraphView find(String name, @Nullable String project, ContainerRequestContext call) {
        List<GraphView> found = graphs.findByName(name, RequestCaller.from(call)).stream()
                .filter(view -> view.item().desired() != DesiredState.REMOVED)
                .filter(view -> project == null || view.graph().id().project().equals(project))
                .toList();
        if (found.isEmpty()) {
            throw SmoException.notFound(
                    project == null
                            ? "Graph %s does not exist".formatted(name)
                            : "Graph %s does not exist in project %s".formatted(name, project));
        }
        if (found.size() > 1) {
            String projects = found.stream()
                    .map(view -> view.graph().id().project())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw SmoException.conflict(
                    "Several projects have a graph named %s: %s. Choose one with ?project=".formatted(name, projects));
        }
        return found.get(0);
    }
}
