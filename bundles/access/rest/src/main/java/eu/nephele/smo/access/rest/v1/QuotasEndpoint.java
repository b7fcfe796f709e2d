// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.quota.QuotaReport;
import eu.nephele.smo.core.contract.quota.QuotaService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What projects may have, and what they have. */
@Path("api/v1/quotas")
@Produces(MediaType.APPLICATION_JSON)
public final class QuotasEndpoint {

    private static final String LIMITS = "limits";

    private final QuotaService quotas;

    public QuotasEndpoint(QuotaService quotas) {
        this.quotas = quotas;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        return Responses.cacheable(
                request,
                page.render(quotas.list(RequestCaller.from(request)), QuotaReport::project, QuotasEndpoint::json));
    }

    @GET
    @Path("{project}")
    public Response get(@PathParam("project") String project, @Context ContainerRequestContext request) {
        return Responses.cacheable(request, json(quotas.find(project, RequestCaller.from(request))));
    }

    @PUT
    @Path("{project}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("project") String project, @Context ContainerRequestContext request, InputStream body) {
        Map<String, Long> limits = limits(body);
        QuotaReport set = ChangeSubmission.create(request).ask(call -> quotas.put(project, limits, call));
        return Responses.json(200, json(set)).build();
    }

    @DELETE
    @Path("{project}")
    public Response remove(@PathParam("project") String project, @Context ContainerRequestContext request) {
        QuotaReport left = ChangeSubmission.create(request).ask(call -> quotas.remove(project, call));
        return Responses.json(200, json(left)).build();
    }

    private static Map<String, Long> limits(InputStream body) {
        BodyMembers members = BodyMembers.create(body, LIMITS);
        Map<String, Long> limits = new LinkedHashMap<>();
        members.member(LIMITS)
                .ifPresentOrElse(
                        node -> {
                            if (!node.isObject()) {
                                members.wrong("/limits", "expected an object of members with whole numbers");
                            }
                            node.properties().forEach(limit -> {
                                if (limit.getValue().isIntegralNumber()
                                        && limit.getValue().canConvertToLong()) {
                                    limits.put(limit.getKey(), limit.getValue().longValue());
                                } else {
                                    members.wrong(
                                            JsonPointers.child("/limits", limit.getKey()), "expected a whole number");
                                }
                            });
                        },
                        () -> members.wrong("/limits", "is missing"));
        members.refuse();
        return limits;
    }

    private static ObjectNode json(QuotaReport report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("project", report.project())
                .put("source", report.own() ? "project" : "default");
        ObjectNode members = json.putObject("members");
        report.members().forEach((member, use) -> {
            ObjectNode one = members.putObject(member.name()).put("used", use.used());
            use.limit().ifPresent(limit -> one.put("limit", limit));
        });
        return json;
    }
}
