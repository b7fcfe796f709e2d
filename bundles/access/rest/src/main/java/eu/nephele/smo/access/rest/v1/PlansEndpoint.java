// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.ProblemException;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.access.rest.http.DeployRequestReader;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.json.StrictJson;
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

/** Plans of changes, and their application. */
@Path("api/v1/projects/{project}/graphs/{graph}")
@Produces(MediaType.APPLICATION_JSON)
public final class PlansEndpoint {

    private static final String PLACEMENT = "placement";

    private final PlanService plans;
    private final DeployRequestReader deployRequestReader;
    private final StrategyCatalog catalog;
    private final ClusterOverview clusterOverview;
    private final GraphAnswers answers;

    public PlansEndpoint(
            PlanService plans,
            DeployRequestReader deployRequestReader,
            StrategyCatalog catalog,
            ClusterOverview clusterOverview,
            GraphAnswers answers) {
        this.plans = plans;
        this.deployRequestReader = deployRequestReader;
        this.catalog = catalog;
        this.clusterOverview = clusterOverview;
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
        CallContext call = RequestCaller.from(request);
        GraphId id = new GraphId(project, graph);
        byte[] bytes = RequestBodies.bytes(body);
        Plan plan = placement(bytes)
                .map(wishes -> plans.plan(
                        id, PlacementBody.read(wishes, "/" + PLACEMENT, clusterOverview.names(), catalog), call))
                .orElseGet(() -> plans.plan(deployRequestReader.read(id, bytes, headers.getMediaType()), call));
        return Responses.json(200, PlanJson.toJson(plan, clusterOverview.names()))
                .build();
    }

    @GET
    @Path("plans/{plan}")
    public Response get(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("plan") String plan,
            @Context ContainerRequestContext request) {
        GraphId id = new GraphId(project, graph);
        return plans.find(id, plan, RequestCaller.from(request))
                .map(found -> Responses.cacheable(request, PlanJson.toJson(found, clusterOverview.names())))
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no plan %s, or it is no longer kept; make a new one".formatted(id, plan)));
    }

    @POST
    @Path("plans/{plan}/apply")
    public Response apply(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("plan") String plan,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call) {
        Duration atMost = AsyncWait.parse(wait);
        ChangeSubmission submission = ChangeSubmission.create(call);
        GraphId id = new GraphId(project, graph);
        Change change = submission.ask(id, from -> apply(id, plan, from));
        return answers.respond(submission, change, atMost);
    }

    private Change apply(GraphId id, String plan, CallContext call) {
        try {
            return plans.apply(id, plan, call);
        } catch (SmoException refused) {
            if (refused.kind() == SmoException.Kind.CONFLICT) {
                throw ProblemException.named("plan-stale", refused);
            }
            throw refused;
        }
    }

    /** The requested placement; empty when the body is something else, which the reader of descriptors validates. */
    private static Optional<ObjectNode> placement(byte[] body) {
        try {
            if (!(StrictJson.tree(body) instanceof ObjectNode object) || !object.has(PLACEMENT)) {
                return Optional.empty();
            }
            if (object.size() == 1 && object.get(PLACEMENT) instanceof ObjectNode wishes) {
                return Optional.of(wishes);
            }
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        throw RequestBodies.invalid(
                "/" + PLACEMENT, "expected an object, as the body of a placement call, and no other members");
    }
}
