// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.graph.GraphService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The projects that have graphs. A project is not created: it exists as soon as it has a graph. */
@Path("api/v1/projects")
public final class ProjectsEndpoint {

    private final GraphService graphs;

    public ProjectsEndpoint(GraphService graphs) {
        this.graphs = graphs;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        Map<String, Long> counts = graphs.projects(RequestCaller.from(request));
        return Responses.cacheable(
                request,
                page.render(new ArrayList<>(counts.entrySet()), Map.Entry::getKey, entry -> JsonNodeFactory.instance
                        .objectNode()
                        .put("name", entry.getKey())
                        .put("graphs", entry.getValue())));
    }
}
