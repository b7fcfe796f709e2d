// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.UserRequest;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users of this server. */
@Path("api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public final class UsersEndpoint {

    private static final String NAME = "name";
    private static final String FULL_NAME = "fullName";
    private static final String ENABLED = "enabled";
    private static final String PASSWORD = "password";

    private final IdentityService identities;

    public UsersEndpoint(IdentityService identities) {
        this.identities = identities;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return Responses.cacheable(
                request, ListPage.from(limit, cursor, NAME).json(identities.users(RequestCaller.from(request))));
    }

    @GET
    @Path("{user}")
    public Response get(@PathParam("user") String name, @Context ContainerRequestContext request) {
        return identities
                .user(name, RequestCaller.from(request))
                .map(user -> Responses.cacheable(request, user))
                .orElseThrow(() -> SmoException.notFound("user/%s not found".formatted(name)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Context UriInfo uris, @Context ContainerRequestContext call, InputStream body) {
        BodyMembers members = BodyMembers.create(body, NAME, FULL_NAME, ENABLED, PASSWORD);
        String name = members.text(NAME).orElseGet(() -> required(members, NAME));
        UserRequest request = request(members);
        members.refuse();
        JsonObject added = ChangeSubmission.create(call).ask(from -> identities.addUser(name, request, from));
        return Responses.json(201, StrictJson.node(added))
                .location(uris.getBaseUriBuilder()
                        .path(UsersEndpoint.class)
                        .path(name)
                        .build())
                .build();
    }

    static String required(BodyMembers members, String name) {
        members.wrong("/" + name, "is missing");
        return "";
    }

    @PATCH
    @Path("{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@PathParam("user") String name, @Context ContainerRequestContext call, InputStream body) {
        BodyMembers members = BodyMembers.create(body, FULL_NAME, ENABLED, PASSWORD);
        UserRequest request = request(members);
        members.refuse();
        JsonObject changed = ChangeSubmission.create(call).ask(from -> identities.changeUser(name, request, from));
        return Responses.json(200, StrictJson.node(changed)).build();
    }

    @DELETE
    @Path("{user}")
    public Response remove(@PathParam("user") String name, @Context ContainerRequestContext call) {
        ChangeSubmission.create(call).ask(from -> {
            identities.removeUser(name, from);
            return name;
        });
        return Response.noContent().build();
    }

    private static UserRequest request(BodyMembers members) {
        return new UserRequest(
                members.text(FULL_NAME),
                members.member(ENABLED).flatMap(node -> flag(members, node)),
                members.text(PASSWORD));
    }

    private static Optional<Boolean> flag(BodyMembers members, JsonNode node) {
        if (!node.isBoolean()) {
            members.wrong("/" + ENABLED, "expected true or false");
            return Optional.empty();
        }
        return Optional.of(node.booleanValue());
    }
}
