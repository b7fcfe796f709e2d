// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.json.SelectionJson;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Present and former descriptors of a graph, as far as they are kept. */
@Path("api/v1/projects/{project}/graphs/{graph}/revisions")
@Produces(MediaType.APPLICATION_JSON)
public final class RevisionsEndpoint {

    private final GraphService graphs;

    public RevisionsEndpoint(GraphService graphs) {
        this.graphs = graphs;
    }

    @GET
    public Response list(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        long before = page.after().map(RevisionsEndpoint::numberOf).orElse(Long.MAX_VALUE);
        List<Revision> found = revisions(new GraphId(project, graph), RequestCaller.from(request)).stream()
                .filter(revision -> revision.number() < before)
                .limit(page.limit() + 1L)
                .toList();
        return Responses.cacheable(
                request, page.ofNext(found, revision -> Long.toString(revision.number()), RevisionsEndpoint::summary));
    }

    @GET
    @Path("{revision}")
    public Response get(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("revision") String number,
            @Context ContainerRequestContext request) {
        GraphId id = new GraphId(project, graph);
        return revisions(id, RequestCaller.from(request)).stream()
                .filter(revision -> Long.toString(revision.number()).equals(number))
                .findFirst()
                .map(revision -> Responses.cacheable(request, whole(revision)))
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no revision %s, or it is no longer kept".formatted(id, number)));
    }

    private List<Revision> revisions(GraphId id, CallContext call) {
        if (graphs.find(id, call).isEmpty()) {
            throw SmoException.notFound("Graph %s does not exist in project %s".formatted(id.name(), id.project()));
        }
        return graphs.revisions(id, call);
    }

    private static long numberOf(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException notOurs) {
            throw PageRequest.invalid("cursor was not issued by this list; take it from nextCursor of the page before");
        }
    }

    private static ObjectNode summary(Revision revision) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("revision", revision.number())
                .put("cause", revision.cause())
                .put("principal", revision.principal())
                .put("createdAt", revision.createdAt().toString());
    }

    private static ObjectNode whole(Revision revision) {
        ObjectNode node = summary(revision);
        node.putObject("override")
                .<ObjectNode>set(
                        "placement", SelectionJson.toJson(revision.override().placement()))
                .set("scaling", SelectionJson.toJson(revision.override().scaling()));
        node.set("hdaGraph", StrictJson.node(revision.descriptor()));
        return node;
    }
}
