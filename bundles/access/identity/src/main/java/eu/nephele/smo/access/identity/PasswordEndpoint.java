// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.core.contract.identity.SessionService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The caller's own password. */
@Path("api/v1/password")
public final class PasswordEndpoint {

    private final SessionService sessions;

    public PasswordEndpoint(SessionService sessions) {
        this.sessions = sessions;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@Context ContainerRequestContext request, InputStream body) {
        BodyMembers members = BodyMembers.create(body, "present", "password");
        String present = members.text("present").orElseGet(() -> UsersEndpoint.required(members, "present"));
        String next = members.text("password").orElseGet(() -> UsersEndpoint.required(members, "password"));
        members.refuse();
        sessions.changePassword(present, next, RequestCaller.from(request));
        return Response.noContent().build();
    }
}
