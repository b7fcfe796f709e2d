// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowService;
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
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shadows: strategies that decide beside the live one, without effect. */
@Path("api/v1/shadows")
@Produces(MediaType.APPLICATION_JSON)
public final class ShadowsEndpoint {

    private final ShadowService shadows;
    private final StrategyCatalog catalog;
    private final OperationService operations;
    private final OperationAnswers answers;

    public ShadowsEndpoint(ShadowService shadows, StrategyCatalog catalog, OperationService operations) {
        this.shadows = shadows;
        this.catalog = catalog;
        this.operations = operations;
        this.answers = new OperationAnswers(operations);
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        shadows.shadows(RequestCaller.from(request)).forEach(shadow -> items.add(ShadowJson.toJson(shadow)));
        return Responses.cacheable(request, answer);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@Context ContainerRequestContext call, InputStream body) {
        ShadowBody wish = ShadowBody.read(body, catalog);
        Shadow shadow = ChangeSubmission.create(call)
                .ask(from -> shadows.begin(wish.kind(), wish.selection(), wish.scope(), from));
        return Responses.json(201, ShadowJson.toJson(shadow))
                .location(URI.create(ShadowJson.path(shadow.id())))
                .build();
    }

    @GET
    @Path("{shadow}")
    public Response report(@PathParam("shadow") String id, @Context ContainerRequestContext request) {
        return shadows.report(id, RequestCaller.from(request))
                .map(report -> Responses.cacheable(request, ShadowJson.report(report)))
                .orElseThrow(() -> SmoException.notFound("Shadow %s does not exist".formatted(id)));
    }

    @DELETE
    @Path("{shadow}")
    public Response end(@PathParam("shadow") String id, @Context ContainerRequestContext call) {
        return Responses.json(
                        200, ShadowJson.report(ChangeSubmission.create(call).ask(from -> shadows.end(id, from))))
                .build();
    }

    @POST
    @Path("{shadow}/promote")
    public Response promote(
            @PathParam("shadow") String id,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        Duration atMost = AsyncWait.parse(wait);
        ChangeSubmission submission = ChangeSubmission.create(call);
        Optional<Operation> operation = submission
                .ask(from -> shadows.promote(id, from))
                .flatMap(begun -> operations.find(begun, submission.call()));
        return operation
                .map(change -> answers.respond(submission, change, atMost))
                .orElseGet(() -> Responses.json(
                                200, JsonNodeFactory.instance.objectNode().put("promoted", id))
                        .build());
    }
}
