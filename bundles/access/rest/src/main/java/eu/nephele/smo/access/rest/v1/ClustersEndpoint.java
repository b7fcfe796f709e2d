// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.access.rest.cluster.ClusterOverview.ClusterEntry;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.overview.ClusterUse;
import eu.nephele.smo.core.contract.overview.HostedService;
import eu.nephele.smo.core.contract.overview.OverviewService;
import eu.nephele.smo.core.contract.overview.OverviewService.HostedKey;
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

    private static final String SEPARATOR = "\u0000";

    private final ClusterOverview clusterOverview;
    private final ClusterService service;
    private final OverviewService overview;

    public ClustersEndpoint(ClusterOverview clusterOverview, ClusterService service, OverviewService overview) {
        this.clusterOverview = clusterOverview;
        this.service = service;
        this.overview = overview;
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
        Map<ClusterId, ClusterUse> used = overview.clusters(call);
        var answer = page.render(listing.clusters(), ClustersEndpoint::key, cluster -> json(cluster, said, used, call));
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
        ClusterEntry meant = meant(text, call);
        return Responses.cacheable(request, json(meant, directives(call), overview.clusters(call), call));
    }

    private ClusterEntry meant(String text, CallContext call) {
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
        return meant.get(0);
    }

    @GET
    @Path("{name}/services")
    public Response services(
            @PathParam("name") String name,
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return services(name, PageRequest.of(limit, cursor), request);
    }

    @GET
    @Path("{source}/{name}/services")
    public Response servicesOfSource(
            @PathParam("source") String source,
            @PathParam("name") String name,
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return services(source + "/" + name, PageRequest.of(limit, cursor), request);
    }

    private Response services(String text, PageRequest page, ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        ClusterId cluster = meant(text, call).state().id();
        List<HostedService> found =
                overview.services(cluster, page.after().map(ClustersEndpoint::serviceOf), page.limit() + 1, call);
        ClusterNames names = clusterOverview.names();
        return Responses.cacheable(
                request, page.ofNext(found, ClustersEndpoint::key, service -> OverviewJson.hosted(service, names)));
    }

    private static String key(HostedService service) {
        return String.join(
                SEPARATOR,
                service.key().graph().project(),
                service.key().graph().name(),
                service.key().service());
    }

    private static HostedKey serviceOf(String key) {
        String[] members = key.split(SEPARATOR, -1);
        if (members.length != 3) {
            throw PageRequest.invalid("cursor belongs to another list; take it from nextCursor of the page before");
        }
        return new HostedKey(new GraphId(members[0], members[1]), members[2]);
    }

    private ObjectNode json(
            ClusterEntry cluster, Map<ClusterId, Directive> said, Map<ClusterId, ClusterUse> used, CallContext call) {
        ClusterId id = cluster.state().id();
        ObjectNode node = ClusterJson.toJson(cluster, Optional.ofNullable(said.get(id)));
        node.set("use", OverviewJson.use(used.getOrDefault(id, ClusterUse.NOTHING)));
        return node.put(
                "dashboard", service.dashboard(id, call).map(URI::toString).orElse(null));
    }

    private Map<ClusterId, Directive> directives(CallContext call) {
        return service.directives(call).stream().collect(Collectors.toMap(Directive::cluster, Function.identity()));
    }

    /** Sort key of the list: name, then source. */
    private static String key(ClusterEntry cluster) {
        return cluster.state().id().name() + SEPARATOR + cluster.state().id().source();
    }
}
