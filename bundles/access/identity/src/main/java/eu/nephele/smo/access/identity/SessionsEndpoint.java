// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.SessionCookie;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.SessionService;
import eu.nephele.smo.core.contract.json.StrictJson;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Logins. {@code POST} needs no credentials: it takes them. */
@Path("api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsEndpoint {

    private static final int MOST_HOURS = 8760;
    private static final Set<String> COOKIES = Set.of(SessionCookie.PLAIN, SessionCookie.SECURE);

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
        BodyMembers members = BodyMembers.create(body, "user", "password", "hours", "cookie");
        String user = members.text("user").orElseGet(() -> UsersEndpoint.required(members, "user"));
        String password = members.text("password").orElseGet(() -> UsersEndpoint.required(members, "password"));
        Optional<Duration> lasting = members.member("hours").isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofHours(members.number("hours", 1, MOST_HOURS, 1)));
        boolean cookie = members.flag("cookie", false);
        members.refuse();
        JsonObject opened = sessions.open(user, password, lasting, RequestCaller.from(request));
        return cookie ? inCookie(opened, request) : KeysEndpoint.withSecret(201, opened);
    }

    /** The token is in the cookie only: no script of a page gets it. */
    private static Response inCookie(JsonObject opened, ContainerRequestContext request) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().setAll((ObjectNode) StrictJson.node(opened));
        String token = shown.remove("token").textValue();
        Duration lasting = Duration.between(
                Instant.parse(shown.required("createdAt").textValue()),
                Instant.parse(shown.required("until").textValue()));
        return Responses.json(201, shown)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.SET_COOKIE, SessionCookie.keep(token, lasting, isEncrypted(request)))
                .build();
    }

    private static boolean isEncrypted(ContainerRequestContext request) {
        return request.getUriInfo().getRequestUri().getScheme().equals("https");
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
        Response.ResponseBuilder ended = Response.noContent();
        if (id.equals("current") && call.getCookies().keySet().stream().anyMatch(COOKIES::contains)) {
            ended.header(HttpHeaders.SET_COOKIE, SessionCookie.end(isEncrypted(call)));
        }
        return ended.build();
    }
}
