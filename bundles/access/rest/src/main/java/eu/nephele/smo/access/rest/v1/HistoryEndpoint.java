// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A graph over time, and as it was. */
@Path("api/v1/projects/{project}/graphs/{graph}/history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryEndpoint {

    private static final Duration USUAL = Duration.ofDays(1);

    private final HistoryService history;
    private final ClusterOverview clusters;
    private final SpanParameters spans;
    private final Clock clock;

    public HistoryEndpoint(HistoryService history, ClusterOverview clusters, Clock clock) {
        this.history = history;
        this.clusters = clusters;
        this.spans = new SpanParameters(clock);
        this.clock = clock;
    }

    @GET
    public Response over(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        GraphId id = new GraphId(project, graph);
        GraphHistory found = history.history(id, spans.read(from, to, USUAL), RequestCaller.from(request));
        ObjectNode node = HistoryJson.head(id);
        return Responses.cacheable(request, HistoryJson.over(node, found, clusters.names()));
    }

    @GET
    @Path("at")
    public Response at(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @Context ContainerRequestContext request,
            @QueryParam("time") @Nullable String time) {
        GraphId id = new GraphId(project, graph);
        Instant at = time == null ? clock.instant() : SpanParameters.instant("time", time);
        // what happened at this time has happened; times are kept to the microsecond
        Instant behind = at.plus(1, ChronoUnit.MICROS);
        GraphHistory found = history.history(id, new HistorySpan(behind, behind), RequestCaller.from(request));
        ObjectNode node = HistoryJson.head(id).put("at", at.toString());
        return Responses.cacheable(request, HistoryJson.at(node, id, found, clusters.names()));
    }
}
