// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.SessionService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logins. {@code POST} needs no credentials: it takes them. */
@Path("api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsEndpoint {

    private static final int MOST_HOURS = 8760;

    private final IdentityService identities;
    private final SessionService sessions;

    public SessionsEndpoint(IdentityService identities, SessionService sessions) {
        this.identities = identities;
        this.sessions = sessions;
    }

    /** @param all whether those of everybody are meant, for administrators */
    @GET
    public Response list(
            @QueryParam("all") @Nullable String all,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        List<JsonObject> found = QueryParameters.flag("all", all) ? identities.sessions(call) : sessions.own(call);
        return Responses.cacheable(request, ListPage.from(limit, cursor, "id").json(found));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(@Context ContainerRequestContext request, InputStream body) {
        BodyMembers members = BodyMembers.create(body, "user", "password", "hours");
        String user = members.text("user").orElseGet(() -> UsersEndpoint.required(members, "user"));
        String password = members.text("password").orElseGet(() -> UsersEndpoint.required(members, "password"));
        Optional<Duration> lasting = members.member("hours").isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofHours(members.number("hours", 1, MOST_HOURS, 1)));
        members.refuse();
        return KeysEndpoint.withSecret(201, sessions.open(user, password, lasting, RequestCaller.from(request)));
    }

    /** @param id {@code current}: the one by which the caller is known */
    @DELETE
    @Path("{session}")
    public Response close(@PathParam("session") String id, @Context ContainerRequestContext call) {
        ChangeSubmission.create(call).ask(from -> {
            if (!sessions.close(id.equals("current") ? "" : id, from)) {
                identities.removeSession(id, from);
            }
            return id;
        });
        return Response.noContent().build();
    }
}
