// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.rightsizing.RightsizingService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** What services ask for against what they use, and plans of confirmed proposals. */
@Path("api/v1/projects/{project}/graphs/{graph}/rightsizing")
@Produces(MediaType.APPLICATION_JSON)
public final class RightsizingEndpoint {

    private final RightsizingService rightsizing;
    private final ClusterOverview clusterOverview;

    public RightsizingEndpoint(RightsizingService rightsizing, ClusterOverview clusterOverview) {
        this.rightsizing = rightsizing;
        this.clusterOverview = clusterOverview;
    }

    @GET
    public Response propose(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request) {
        return Responses.json(
                        200,
                        StrictJson.node(rightsizing.propose(new GraphId(project, graph), RequestCaller.from(request))))
                .build();
    }

    @POST
    @Path("plan")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response plan(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request,
            InputStream body) {
        Plan plan = rightsizing.plan(
                new GraphId(project, graph), ConfirmedClassesBody.read(body), RequestCaller.from(request));
        return Responses.json(200, PlanJson.toJson(plan, clusterOverview.names()))
                .build();
    }
}
