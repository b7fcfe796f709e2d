// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.Answers;
import eu.nephele.smo.access.http.Bodies;
import eu.nephele.smo.access.http.Caller;
import eu.nephele.smo.access.http.Refusal;
import eu.nephele.smo.access.http.Submission;
import eu.nephele.smo.access.http.Waiting;
import eu.nephele.smo.access.rest.cluster.Federation;
import eu.nephele.smo.access.rest.http.Deployments;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.json.Json;
import jakarta.ws.rs.Consumes;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a change would do, and doing exactly that. */
@Path("api/v1/projects/{project}/graphs/{graph}")
@Produces(MediaType.APPLICATION_JSON)
public final class Plans {

    private static final String PLACEMENT = "placement";

    private final PlanService plans;
    private final Deployments deployments;
    private final StrategyCatalog catalog;
    private final Federation federation;
    private final GraphAnswers answers;

    public Plans(
            PlanService plans,
            Deployments deployments,
            StrategyCatalog catalog,
            Federation federation,
            GraphAnswers answers) {
        this.plans = plans;
        this.deployments = deployments;
        this.catalog = catalog;
        this.federation = federation;
        this.answers = answers;
    }

    @POST
    @Path("plan")
    @Consumes({MediaType.APPLICATION_JSON, "application/x-yaml", "application/yaml", "text/yaml"})
    public Response plan(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext request,
            InputStream body) {
        CallContext call = Caller.of(request);
        GraphId id = new GraphId(project, graph);
        byte[] bytes = Bodies.bytes(body);
        Plan plan = placement(bytes)
                .map(wishes ->
                        plans.plan(id, PlacementBody.read(wishes, "/" + PLACEMENT, federation.names(), catalog), call))
                .orElseGet(() -> plans.plan(deployments.read(id, bytes, headers.getMediaType()), call));
        return Answers.json(200, PlanJson.of(plan, federation.names())).build();
    }

    @GET
    @Path("plans/{plan}")
    public Response get(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("plan") String plan,
            @Context ContainerRequestContext request) {
        GraphId id = new GraphId(project, graph);
        return plans.find(id, plan, Caller.of(request))
                .map(found -> Answers.cacheable(request, PlanJson.of(found, federation.names())))
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no plan %s, or it is not kept any more; make a new one".formatted(id, plan)));
    }

    @POST
    @Path("plans/{plan}/apply")
    public Response apply(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("plan") String plan,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        Duration atMost = Waiting.of(wait);
        Submission submission = Submission.of(call);
        GraphId id = new GraphId(project, graph);
        Change change = submission.ask(id, from -> apply(id, plan, from));
        return answers.of(submission, change, atMost);
    }

    private Change apply(GraphId id, String plan, CallContext call) {
        try {
            return plans.apply(id, plan, call);
        } catch (SmoException refused) {
            if (refused.kind() == SmoException.Kind.CONFLICT) {
                throw Refusal.named("plan-stale", refused);
            }
            throw refused;
        }
    }

    /** The wishes for a placement; empty when the body is something else, which the reader of descriptors judges. */
    private static Optional<ObjectNode> placement(byte[] body) {
        try {
            if (!(Json.tree(body) instanceof ObjectNode object) || !object.has(PLACEMENT)) {
                return Optional.empty();
            }
            if (object.size() == 1 && object.get(PLACEMENT) instanceof ObjectNode wishes) {
                return Optional.of(wishes);
            }
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        throw Bodies.invalid(
                "/" + PLACEMENT, "expected an object, as the body of a placement call, and nothing beside it");
    }
}
