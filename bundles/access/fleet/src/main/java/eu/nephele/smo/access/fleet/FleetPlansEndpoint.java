// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.fleet;

import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.ProblemException;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetService;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/** Plans that place many graphs again together. */
@Path("api/v1/fleet")
@Produces(MediaType.APPLICATION_JSON)
public final class FleetPlansEndpoint {

    private final FleetService fleet;

    public FleetPlansEndpoint(FleetService fleet) {
        this.fleet = fleet;
    }

    @POST
    @Path("plans")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response plan(@Context ContainerRequestContext call, InputStream body) {
        FleetRequest request = FleetBody.read(body);
        JsonObject plan = ChangeSubmission.create(call).ask(from -> fleet.plan(request, from));
        return Responses.json(200, StrictJson.node(plan)).build();
    }

    @POST
    @Path("what-if")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response whatIf(@Context ContainerRequestContext request, InputStream body) {
        JsonObject plan = fleet.whatIf(FleetBody.read(body), RequestCaller.from(request));
        return Responses.json(200, StrictJson.node(plan)).build();
    }

    @GET
    @Path("plans")
    public Response list(@Context ContainerRequestContext request) {
        JsonArray plans = new JsonArray(List.copyOf(fleet.list(RequestCaller.from(request))));
        return Responses.cacheable(
                request, new JsonFieldWriter().put("items", plans).object());
    }

    @GET
    @Path("plans/{plan}")
    public Response get(@PathParam("plan") String id, @Context ContainerRequestContext request) {
        return fleet.find(id, RequestCaller.from(request))
                .map(plan -> Responses.cacheable(request, plan))
                .orElseThrow(() -> missing(id));
    }

    @POST
    @Path("plans/{plan}/apply")
    public Response apply(@PathParam("plan") String id, @Context ContainerRequestContext call) {
        JsonObject plan = ChangeSubmission.create(call).ask(from -> apply(id, from));
        return Responses.json(202, StrictJson.node(plan)).build();
    }

    private JsonObject apply(String id, CallContext call) {
        try {
            return fleet.apply(id, call);
        } catch (SmoException refused) {
            if (refused.kind() == SmoException.Kind.CONFLICT) {
                throw ProblemException.named("plan-stale", refused);
            }
            throw refused;
        }
    }

    @DELETE
    @Path("plans/{plan}")
    public Response forget(@PathParam("plan") String id, @Context ContainerRequestContext call) {
        if (!ChangeSubmission.create(call).ask(from -> fleet.forget(id, from))) {
            throw missing(id);
        }
        return Response.noContent().build();
    }

    private static SmoException missing(String id) {
        return SmoException.notFound("The fleet has no plan %s, or it is no longer kept; make a new one".formatted(id));
    }
}
