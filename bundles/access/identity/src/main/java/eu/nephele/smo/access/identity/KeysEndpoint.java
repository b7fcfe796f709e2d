// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.identity.IdentityService;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys of programs. */
@Path("api/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class KeysEndpoint {

    private static final String NAME = "name";
    private static final int LONGEST_OVERLAP_MINUTES = 60 * 24 * 30;

    private final IdentityService identities;

    public KeysEndpoint(IdentityService identities) {
        this.identities = identities;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return Responses.cacheable(
                request, ListPage.from(limit, cursor, NAME).json(identities.keys(RequestCaller.from(request))));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Context ContainerRequestContext call, InputStream body) {
        BodyMembers members = BodyMembers.create(body, NAME, "description", "until");
        String name = members.text(NAME).orElseGet(() -> UsersEndpoint.required(members, NAME));
        String description = members.text("description").orElse("");
        Optional<Instant> until = members.instant("until");
        members.refuse();
        return withSecret(
                201, ChangeSubmission.create(call).ask(from -> identities.addKey(name, description, until, from)));
    }

    @POST
    @Path("{key}/rotate")
    public Response rotate(@PathParam("key") String name, @Context ContainerRequestContext call, InputStream body) {
        BodyMembers members = BodyMembers.create(body, "overlapMinutes");
        int minutes = members.number("overlapMinutes", 0, LONGEST_OVERLAP_MINUTES, 0);
        members.refuse();
        return withSecret(
                200,
                ChangeSubmission.create(call)
                        .ask(from -> identities.rotateKey(name, Duration.ofMinutes(minutes), from)));
    }

    @DELETE
    @Path("{key}")
    public Response remove(@PathParam("key") String name, @Context ContainerRequestContext call) {
        ChangeSubmission.create(call).ask(from -> {
            identities.removeKey(name, from);
            return name;
        });
        return Response.noContent().build();
    }

    static Response withSecret(int status, JsonObject shown) {
        JsonNode content = StrictJson.node(shown);
        return Responses.json(status, content)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
