// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.core.contract.identity.SessionService;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What roles there are, and what each allows. */
@Path("api/v1/roles")
@Produces(MediaType.APPLICATION_JSON)
public final class RolesEndpoint {

    private final SessionService sessions;

    public RolesEndpoint(SessionService sessions) {
        this.sessions = sessions;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        JsonArray roles = new JsonArray(List.copyOf(sessions.roles()));
        return Responses.cacheable(
                request, new JsonFieldWriter().put("items", roles).object());
    }
}
