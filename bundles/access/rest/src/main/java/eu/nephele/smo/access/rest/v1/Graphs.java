// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.rest.cluster.Federation;
import eu.nephele.smo.access.rest.http.Answers;
import eu.nephele.smo.access.rest.http.Deployments;
import eu.nephele.smo.access.rest.http.Page;
import eu.nephele.smo.access.rest.http.Waiting;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The graphs of a project. */
@Path("api/v1/projects/{project}/graphs")
@Produces(MediaType.APPLICATION_JSON)
public final class Graphs {

    private final GraphService graphs;
    private final Deployments deployments;
    private final Federation federation;

    public Graphs(GraphService graphs, Deployments deployments, Federation federation) {
        this.graphs = graphs;
        this.deployments = deployments;
        this.federation = federation;
    }

    @GET
    public Response list(
            @PathParam("project") String project,
            @Context Request request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("phase") @Nullable String phase,
            @QueryParam("namePrefix") @Nullable String namePrefix) {
        Page page = Page.of(limit, cursor);
        Optional<GraphPhase> wanted = Optional.ofNullable(phase).map(Graphs::phaseOf);
        List<GraphView> found = graphs.list(project).stream()
                .filter(view -> wanted.map(view.phase()::equals).orElse(true))
                .filter(view -> namePrefix == null || view.graph().id().name().startsWith(namePrefix))
                .toList();
        return Answers.cacheable(
                request, page.of(found, view -> view.graph().id().name(), GraphJson::summary));
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/x-yaml", "application/yaml", "text/yaml"})
    public Response deploy(
            @PathParam("project") String project,
            @QueryParam("wait") @Nullable String wait,
            @Context HttpHeaders headers,
            @Context UriInfo uris,
            InputStream body) {
        Duration atMost = Waiting.of(wait);
        Change change = graphs.deploy(deployments.read(project, body, headers.getMediaType(), true));
        GraphId id = change.accepted().graph().id();
        if (change.replay() && change.accepted().desired() == DesiredState.STOPPED) {
            throw SmoException.conflict("Graph %s exists already and is stopped; start it instead".formatted(id));
        }
        GraphView view = after(change, atMost);
        return Answers.json(change.replay() ? 200 : 202, GraphJson.whole(view, federation.names()))
                .location(uris.getBaseUriBuilder().path(Graph.class).build(id.project(), id.name()))
                .build();
    }

    /** The graph when the deployment ended or was waited for long enough; one without room now stays, and says why itself. */
    private GraphView after(Change change, Duration atMost) {
        GraphId id = change.accepted().graph().id();
        if (atMost.isZero()) {
            return change.accepted();
        }
        try {
            return Waiting.on(change.done(), atMost).or(() -> graphs.find(id)).orElse(change.accepted());
        } catch (SmoException failed) {
            return graphs.find(id).orElseThrow(() -> failed);
        }
    }

    private static GraphPhase phaseOf(String text) {
        return Arrays.stream(GraphPhase.values())
                .filter(phase -> phase.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Page.invalid(
                        "phase is '%s', expected one of %s".formatted(text, Arrays.toString(GraphPhase.values()))));
    }
}
