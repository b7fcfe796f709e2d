// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.http.AdmissionControlled;
import eu.nephele.smo.access.rest.http.DeployRequestReader;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphQuery;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.model.GraphPhase;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
public final class GraphsEndpoint {

    private final GraphService graphs;
    private final DeployRequestReader deployRequestReader;
    private final GraphAnswers answers;

    public GraphsEndpoint(GraphService graphs, DeployRequestReader deployRequestReader, GraphAnswers answers) {
        this.graphs = graphs;
        this.deployRequestReader = deployRequestReader;
        this.answers = answers;
    }

    @GET
    public Response list(
            @PathParam("project") String project,
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("phase") @Nullable String phase,
            @QueryParam("namePrefix") @Nullable String namePrefix) {
        PageRequest page = PageRequest.of(limit, cursor);
        Optional<GraphPhase> wanted = Optional.ofNullable(phase).map(GraphsEndpoint::phaseOf);
        List<GraphItem> found = graphs.page(
                new GraphQuery(
                        project,
                        page.after().orElse(""),
                        namePrefix == null ? "" : namePrefix,
                        wanted,
                        page.limit() + 1),
                RequestCaller.from(request));
        return Responses.cacheable(request, page.ofNext(found, item -> item.id().name(), GraphJson::summary));
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/x-yaml", "application/yaml", "text/yaml"})
    @AdmissionControlled
    public Response deploy(
            @PathParam("project") String project,
            @QueryParam("wait") @Nullable String wait,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext call,
            InputStream body) {
        Duration atMost = AsyncWait.parse(wait);
        ChangeSubmission submission = ChangeSubmission.create(call);
        DeployRequest request = deployRequestReader.read(project, body, headers.getMediaType(), true);
        return answers.respond(submission, submission.deploy(graphs, request), atMost);
    }

    static GraphPhase phaseOf(String text) {
        return Arrays.stream(GraphPhase.values())
                .filter(phase -> phase.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> PageRequest.invalid(
                        "phase is '%s', expected one of %s".formatted(text, Arrays.toString(GraphPhase.values()))));
    }
}
