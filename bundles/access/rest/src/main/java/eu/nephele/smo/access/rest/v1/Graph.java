// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.access.rest.cluster.Federation;
import eu.nephele.smo.access.rest.http.Answers;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** One graph, as it stands. */
@Path("api/v1/projects/{project}/graphs/{graph}")
@Produces(MediaType.APPLICATION_JSON)
public final class Graph {

    private final GraphService graphs;
    private final Journal journal;
    private final Federation federation;
    private final OperationAnswers answers;

    public Graph(GraphService graphs, Journal journal, Federation federation, OperationAnswers answers) {
        this.graphs = graphs;
        this.journal = journal;
        this.federation = federation;
        this.answers = answers;
    }

    @GET
    public Response get(
            @PathParam("project") String project, @PathParam("graph") String graph, @Context Request request) {
        GraphView view = find(new GraphId(project, graph));
        return Answers.cacheable(request, GraphJson.whole(view, federation.names(), answers.openOf(view)));
    }

    @GET
    @Path("services")
    public Response services(
            @PathParam("project") String project, @PathParam("graph") String graph, @Context Request request) {
        ClusterNames names = federation.names();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var items = answer.putArray("items");
        find(new GraphId(project, graph)).services().forEach(service -> items.add(GraphJson.service(service, names)));
        return Answers.cacheable(request, answer);
    }

    @GET
    @Path("services/{service}")
    public Response service(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("service") String service,
            @Context Request request) {
        GraphView view = find(new GraphId(project, graph));
        return Answers.cacheable(request, GraphJson.service(serviceOf(view, service), federation.names()));
    }

    @GET
    @Path("services/{service}/explanation")
    public Response explanation(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("service") String service,
            @Context Request request) {
        GraphView view = find(new GraphId(project, graph));
        serviceOf(view, service);
        String decision = view.decisionId()
                .orElseThrow(() -> SmoException.notFound(
                        view.graph().staticPlacement()
                                ? "Graph %s is placed by its charts: there is no decision to explain"
                                        .formatted(view.graph().id())
                                : "Graph %s is not placed: there is no decision to explain; its conditions say why"
                                        .formatted(view.graph().id())));
        return journal.explain(view.graph().id(), decision, service)
                .map(explanation -> Answers.cacheable(request, Json.node(explanation)))
                .orElseThrow(() -> SmoException.notFound("Decision %s of graph %s is no longer kept"
                        .formatted(decision, view.graph().id())));
    }

    private GraphView find(GraphId id) {
        return graphs.find(id)
                .orElseThrow(() ->
                        SmoException.notFound("There is no graph %s in project %s".formatted(id.name(), id.project())));
    }

    private static ServiceView serviceOf(GraphView view, String service) {
        return view.service(service)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no service %s".formatted(view.graph().id(), service)));
    }
}
