// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.runtime.CallContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** The reference's view of the federation. */
@Path("clusters")
public final class LegacyClusters {

    private final ClusterOverview clusterOverview;
    private final ClusterService service;

    public LegacyClusters(ClusterOverview clusterOverview, ClusterService service) {
        this.clusterOverview = clusterOverview;
        this.service = service;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(@Context ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        ClusterOverview.Listing listing = clusterOverview.overview(call);
        ArrayNode clusters = JsonNodeFactory.instance.arrayNode();
        listing.clusters()
                .forEach(cluster -> clusters.add(LegacyJson.cluster(
                        cluster,
                        clusters.size() + 1,
                        service.dashboard(cluster.state().id(), call))));
        ResponseBuilder answer = Responses.json(200, clusters);
        WarningHeaders.add(answer, listing.unknown());
        return answer.build();
    }
}
