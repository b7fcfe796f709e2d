// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.access.rest.cluster.ClusterOverview.ClusterEntry;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The clusters of all sources. */
@Path("api/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
public final class ClustersEndpoint {

    private final ClusterOverview clusterOverview;
    private final ClusterService service;

    public ClustersEndpoint(ClusterOverview clusterOverview, ClusterService service) {
        this.clusterOverview = clusterOverview;
        this.service = service;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        CallContext call = RequestCaller.from(request);
        PageRequest page = PageRequest.of(limit, cursor);
        ClusterOverview.Listing listing = clusterOverview.overview(call);
        Map<ClusterId, Directive> said = directives(call);
        var answer = page.render(listing.clusters(), ClustersEndpoint::key, cluster -> json(cluster, said, call));
        var unknown = answer.putArray("unknownSources");
        listing.unknown().forEach(unknown::add);
        return Responses.cacheable(request, answer);
    }

    @GET
    @Path("{name}")
    public Response get(@PathParam("name") String name, @Context ContainerRequestContext request) {
        return one(name, request);
    }

    @GET
    @Path("{source}/{name}")
    public Response getOfSource(
            @PathParam("source") String source,
            @PathParam("name") String name,
            @Context ContainerRequestContext request) {
        return one(source + "/" + name, request);
    }

    private Response one(String text, ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        List<ClusterEntry> meant = clusterOverview.overview(call).clusters().stream()
                .filter(cluster -> cluster.state().id().name().equals(text)
                        || cluster.state().id().toString().equals(text))
                .toList();
        if (meant.isEmpty()) {
            throw SmoException.notFound("Cluster %s does not exist".formatted(text));
        }
        if (meant.size() > 1) {
            throw SmoException.conflict("Several sources have a cluster %s: %s"
                    .formatted(text, meant.stream().map(ClusterEntry::name).toList()));
        }
        return Responses.cacheable(request, json(meant.get(0), directives(call), call));
    }

    private ObjectNode json(ClusterEntry cluster, Map<ClusterId, Directive> said, CallContext call) {
        ClusterId id = cluster.state().id();
        ObjectNode node = ClusterJson.toJson(cluster, Optional.ofNullable(said.get(id)));
        return node.put(
                "dashboard", service.dashboard(id, call).map(URI::toString).orElse(null));
    }

    private Map<ClusterId, Directive> directives(CallContext call) {
        return service.directives(call).stream().collect(Collectors.toMap(Directive::cluster, Function.identity()));
    }

    /** Sort key of the list: name, then source. */
    private static String key(ClusterEntry cluster) {
        return cluster.state().id().name() + "\u0000" + cluster.state().id().source();
    }
}
