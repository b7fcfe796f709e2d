// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.resource;

import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
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

/** Resources of a kind, also while its controller is unavailable. */
@Path("api/v1/kinds/{kind}/resources")
@Produces(MediaType.APPLICATION_JSON)
public final class KindResources {

    /** Smaller pages, because the answer contains the documents, which can be large. */
    private static final int MOST = 100;

    private final ResourceService resources;

    public KindResources(ResourceService resources) {
        this.resources = resources;
    }

    @GET
    public Response list(
            @PathParam("kind") String kind,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("project") @Nullable String project,
            @QueryParam("phase") @Nullable String phase,
            @QueryParam("label") List<String> labels,
            @QueryParam("field") List<String> fields,
            @Context ContainerRequestContext request) {
        PageRequest asked = PageRequest.of(limit, cursor);
        PageRequest page = new PageRequest(Math.min(asked.limit(), MOST), asked.after());
        ResourceSelector resourceSelector = ResourceSelector.create(project, phase, labels, fields);
        new ScopeValidator(resources).checkFilter(ScopeValidator.named(kind), resourceSelector.project());
        List<Resource> found = resources.list(resourceSelector.query(kind, page), RequestCaller.from(request));
        if (found.isEmpty()) {
            checkKnown(kind, RequestCaller.from(request));
        }
        return Responses.cacheable(request, page.ofNext(found, ResourceSelector::key, ResourceJson::toJson));
    }

    /** A kind without a controller is known by its stored resources only. */
    private void checkKnown(String kind, CallContext call) {
        if (new ScopeValidator(resources).kind(kind).isEmpty()
                && resources.list(ResourceQuery.all(kind, 1), call).isEmpty()) {
            throw SmoException.notFound("Kind %s has neither a controller nor stored resources".formatted(kind));
        }
    }
}
