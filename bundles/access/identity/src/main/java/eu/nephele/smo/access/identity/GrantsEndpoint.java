// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.QueryParameters;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Grant.GrantLimits;
import eu.nephele.smo.core.contract.identity.GrantRequest;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.Role;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rights that were granted. */
@Path("api/v1/grants")
@Produces(MediaType.APPLICATION_JSON)
public final class GrantsEndpoint {

    private static final Set<String> ROLES =
            Arrays.stream(Role.values()).map(Role::word).collect(Collectors.toSet());
    private static final Set<String> VERBS =
            Arrays.stream(Verb.values()).map(Verb::name).collect(Collectors.toSet());

    private final IdentityService identities;

    public GrantsEndpoint(IdentityService identities) {
        this.identities = identities;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return Responses.cacheable(
                request, ListPage.from(limit, cursor, "id").json(identities.grants(RequestCaller.from(request))));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response grant(
            @QueryParam("dryRun") @Nullable String dryRun, @Context ContainerRequestContext call, InputStream body) {
        boolean trial = QueryParameters.flag("dryRun", dryRun);
        GrantRequest request = request(body);
        JsonObject grant = ChangeSubmission.create(call).ask(from -> identities.grant(request, trial, from));
        return Responses.json(trial ? 200 : 201, StrictJson.node(grant)).build();
    }

    @POST
    @Path("{grant}/consent")
    public Response consent(@PathParam("grant") String id, @Context ContainerRequestContext call) {
        JsonObject grant = ChangeSubmission.create(call).ask(from -> identities.consent(id, from));
        return Responses.json(200, StrictJson.node(grant)).build();
    }

    @DELETE
    @Path("{grant}")
    public Response revoke(
            @PathParam("grant") String id,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context ContainerRequestContext call) {
        boolean trial = QueryParameters.flag("dryRun", dryRun);
        JsonObject grant = ChangeSubmission.create(call).ask(from -> identities.revoke(id, trial, from));
        return Responses.json(200, StrictJson.node(grant)).build();
    }

    private static GrantRequest request(InputStream body) {
        BodyMembers members =
                BodyMembers.create(body, "subject", "role", "project", "resource", "verbs", "until", "needsConsent");
        String subject = members.text("subject").orElseGet(() -> UsersEndpoint.required(members, "subject"));
        String role = members.word("role", ROLES).orElseGet(() -> missingRole(members));
        GrantLimits limits = new GrantLimits(members.text("resource"), verbs(members), members.instant("until"));
        GrantRequest request = new GrantRequest(
                subject,
                Role.ofWord(role).orElse(Role.VIEWER),
                members.text("project").orElse(""),
                limits,
                consent(members));
        members.refuse();
        return request;
    }

    private static String missingRole(BodyMembers members) {
        if (members.member("role").isEmpty()) {
            UsersEndpoint.required(members, "role");
        }
        return "";
    }

    private static boolean consent(BodyMembers members) {
        return members.member("needsConsent")
                .map(node -> {
                    if (!node.isBoolean()) {
                        members.wrong("/needsConsent", "expected true or false");
                    }
                    return node.booleanValue();
                })
                .orElse(false);
    }

    private static Set<Verb> verbs(BodyMembers members) {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        members.member("verbs").ifPresent(list -> {
            if (!list.isArray() || list.size() > VERBS.size()) {
                members.wrong("/verbs", "expected a list of verbs");
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                JsonNode verb = list.get(i);
                if (verb.isTextual() && VERBS.contains(verb.textValue())) {
                    verbs.add(Verb.valueOf(verb.textValue()));
                } else {
                    members.wrong(
                            "/verbs/" + i,
                            "expected one of " + VERBS.stream().sorted().toList());
                }
            }
        });
        return verbs;
    }
}
