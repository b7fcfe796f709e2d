// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decisions about a graph. Decisions outlive their graph until retention removes them. */
@Path("api/v1/projects/{project}/graphs/{graph}/decisions")
@Produces(MediaType.APPLICATION_JSON)
public final class DecisionsEndpoint {

    private final GraphService graphs;
    private final DecisionService decisions;

    public DecisionsEndpoint(GraphService graphs, DecisionService decisions) {
        this.graphs = graphs;
        this.decisions = decisions;
    }

    @GET
    public Response list(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("kind") @Nullable String kind) {
        GraphId id = new GraphId(project, graph);
        CallContext call = RequestCaller.from(request);
        PageRequest page = PageRequest.of(limit, cursor);
        List<DecisionRecord> found = decisions.list(
                id,
                new DecisionStore.Query(
                        Optional.ofNullable(kind).map(DecisionsEndpoint::kindOf), page.after(), page.limit() + 1),
                call);
        if (found.isEmpty() && graphs.find(id, call).isEmpty()) {
            throw SmoException.notFound("Graph %s does not exist, nor does a decision about it".formatted(id));
        }
        return Responses.cacheable(request, page.ofNext(found, DecisionRecord::id, DecisionJson::summary));
    }

    @GET
    @Path("{decision}")
    public Response get(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("decision") String decision,
            @Context ContainerRequestContext request) {
        GraphId id = new GraphId(project, graph);
        return decisions
                .find(id, decision, RequestCaller.from(request))
                .map(record -> Responses.cacheable(request, DecisionJson.whole(record)))
                .orElseThrow(() -> SmoException.notFound("Graph %s has no decision %s".formatted(id, decision)));
    }

    @GET
    @Path("{decision}/verification")
    public Response verify(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("decision") String decision,
            @Context ContainerRequestContext request) {
        GraphId id = new GraphId(project, graph);
        return decisions
                .verify(id, decision, RequestCaller.from(request))
                .map(verification -> Responses.cacheable(request, verification))
                .orElseThrow(() -> SmoException.notFound("Graph %s has no decision %s".formatted(id, decision)));
    }

    private static DecisionRecord.DecisionKind kindOf(String text) {
        return Arrays.stream(DecisionRecord.DecisionKind.values())
                .filter(kind -> kind.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> PageRequest.invalid("kind is '%s', expected placement or scaling".formatted(text)));
    }
}
