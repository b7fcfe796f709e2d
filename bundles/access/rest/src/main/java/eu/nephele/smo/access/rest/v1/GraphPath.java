// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One graph with its present state. */
@Path("api/v1/projects/{project}/graphs/{graph}")
@Produces(MediaType.APPLICATION_JSON)
public final class GraphPath {

    private final GraphService graphs;
    private final DecisionService decisions;
    private final ClusterOverview clusterOverview;
    private final GraphAnswers answers;

    public GraphPath(
            GraphService graphs, DecisionService decisions, ClusterOverview clusterOverview, GraphAnswers answers) {
        this.graphs = graphs;
        this.decisions = decisions;
        this.clusterOverview = clusterOverview;
        this.answers = answers;
    }

    @GET
    public Response get(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request) {
        GraphView view = find(new GraphId(project, graph), RequestCaller.from(request));
        return Responses.cacheable(
                request,
                GraphJson.whole(view, clusterOverview.names(), answers.openOf(view, RequestCaller.from(request))));
    }

    @GET
    @Path("services")
    public Response services(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request) {
        ClusterNames names = clusterOverview.names();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var items = answer.putArray("items");
        find(new GraphId(project, graph), RequestCaller.from(request))
                .services()
                .forEach(service -> items.add(GraphJson.service(service, names)));
        return Responses.cacheable(request, answer);
    }

    @GET
    @Path("services/{service}")
    public Response service(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("service") String service,
            @Context ContainerRequestContext request) {
        GraphView view = find(new GraphId(project, graph), RequestCaller.from(request));
        return Responses.cacheable(request, GraphJson.service(serviceOf(view, service), clusterOverview.names()));
    }

    @GET
    @Path("services/{service}/explanation")
    public Response explanation(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("service") String service,
            @Context ContainerRequestContext request) {
        GraphView view = find(new GraphId(project, graph), RequestCaller.from(request));
        serviceOf(view, service);
        CallContext call = RequestCaller.from(request);
        GraphId id = view.graph().id();
        if (view.graph().staticPlacement()) {
            throw SmoException.notFound(
                    "Graph %s is placed by its charts: there is no decision to explain".formatted(id));
        }
        Optional<JsonObject> placement = view.item()
                .decisionId()
                .map(decision -> decisions.explain(id, decision, service, call))
                .orElseGet(() -> decisions.explainAttempt(id, service, call));
        JsonObject explanation = placement.orElseThrow(() -> SmoException.notFound(view.item()
                .decisionId()
                .map(decision -> "Decision %s of graph %s is no longer kept".formatted(decision, id))
                .orElseGet(() -> "Graph %s is not placed, and no attempt is on record; its conditions say why: %s"
                        .formatted(id, placed(view)))));
        return Responses.cacheable(request, withScaling(explanation, decisions.explainScaling(id, service, call)));
    }

    private static JsonObject withScaling(JsonObject placement, Optional<JsonObject> scaling) {
        if (scaling.isEmpty()) {
            return placement;
        }
        List<JsonValue> lines = new ArrayList<>(lines(placement));
        lines.addAll(lines(scaling.get()));
        return placement.with("scaling", scaling.get()).with("text", new JsonArray(lines));
    }

    private static List<JsonValue> lines(JsonObject explanation) {
        return explanation.get("text").flatMap(JsonValue::asArray).orElse(List.of());
    }

    private static String placed(GraphView view) {
        return view.conditions().stream()
                .filter(condition -> condition.type().equals("Placed"))
                .map(Condition::message)
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse("no pass has been made yet");
    }

    private GraphView find(GraphId id, CallContext call) {
        return graphs.find(id, call)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s does not exist in project %s".formatted(id.name(), id.project())));
    }

    private static ServiceView serviceOf(GraphView view, String service) {
        return view.service(service)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no service %s".formatted(view.graph().id(), service)));
    }
}
