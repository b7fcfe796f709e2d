// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.core.contract.identity.SessionService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Who is asking. */
@Path("api/v1/whoami")
@Produces(MediaType.APPLICATION_JSON)
public final class CallerEndpoint {

    private final SessionService sessions;

    public CallerEndpoint(SessionService sessions) {
        this.sessions = sessions;
    }

    @GET
    public Response get(@Context ContainerRequestContext request) {
        return Responses.cacheable(request, sessions.whoAmI(RequestCaller.from(request)));
    }
}
