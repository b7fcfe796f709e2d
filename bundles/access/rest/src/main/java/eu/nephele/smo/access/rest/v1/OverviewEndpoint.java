// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.overview.GraphEntry;
import eu.nephele.smo.core.contract.overview.OverviewQuery;
import eu.nephele.smo.core.contract.overview.OverviewQuery.ListPosition;
import eu.nephele.smo.core.contract.overview.OverviewQuery.Order;
import eu.nephele.smo.core.contract.overview.OverviewService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The graphs of all projects. */
@Path("api/v1/graphs")
@Produces(MediaType.APPLICATION_JSON)
public final class OverviewEndpoint {

    private static final String SEPARATOR = "\u0000";

    private final OverviewService overview;
    private final ClusterOverview clusters;

    public OverviewEndpoint(OverviewService overview, ClusterOverview clusters) {
        this.overview = overview;
        this.clusters = clusters;
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("q") @Nullable String text,
            @QueryParam("phase") @Nullable String phase,
            @QueryParam("project") @Nullable String project,
            @QueryParam("cluster") @Nullable String cluster,
            @QueryParam("attention") @Nullable String attention,
            @QueryParam("sort") @Nullable String sort) {
        PageRequest page = PageRequest.of(limit, cursor);
        CallContext call = RequestCaller.from(request);
        Order order = orderOf(sort == null ? "name" : sort);
        List<GraphEntry> found = overview.graphs(
                new OverviewQuery(
                        text == null ? "" : text,
                        phase == null ? Set.of() : phasesOf(phase),
                        Optional.ofNullable(project),
                        Optional.ofNullable(cluster),
                        attention != null && flagOf(attention),
                        order,
                        page.after().map(after -> markOf(after, order)),
                        page.limit() + 1),
                call);
        ClusterNames names = clusters.names();
        return Responses.cacheable(
                request, page.ofNext(found, entry -> key(entry, order), entry -> OverviewJson.entry(entry, names)));
    }

    @GET
    @Path("summary")
    public Response summary(@Context ContainerRequestContext request) {
        ClusterNames names = clusters.names();
        ObjectNode node = overview.totals(RequestCaller.from(request))
                .map(totals -> OverviewJson.totals(totals, names))
                .orElseGet(OverviewJson::nothing);
        return Responses.cacheable(request, node);
    }

    private static Order orderOf(String sort) {
        return switch (sort) {
            case "name" -> Order.NAME;
            case "-changed" -> Order.CHANGED;
            default -> throw PageRequest.invalid("sort is '%s', expected name or -changed".formatted(sort));
        };
    }

    private static boolean flagOf(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw PageRequest.invalid("attention is '%s', expected true or false".formatted(text));
        };
    }

    private static Set<GraphPhase> phasesOf(String text) {
        Set<GraphPhase> phases = EnumSet.noneOf(GraphPhase.class);
        for (String word : text.split(",", -1)) {
            phases.add(GraphsEndpoint.phaseOf(word));
        }
        return phases;
    }

    /** The key of a place in the list; the time is in it only where it counts. */
    private static String key(GraphEntry entry, Order order) {
        GraphId id = entry.item().id();
        String name = id.name() + SEPARATOR + id.project();
        return order == Order.CHANGED ? entry.changedAt() + SEPARATOR + name : name;
    }

    private static ListPosition markOf(String key, Order order) {
        String[] members = key.split(SEPARATOR, -1);
        int first = order == Order.CHANGED ? 1 : 0;
        if (members.length != first + 2) {
            throw foreignCursor();
        }
        try {
            return new ListPosition(
                    first == 1 ? Instant.parse(members[0]) : Instant.EPOCH,
                    new GraphId(members[first + 1], members[first]));
        } catch (DateTimeParseException notOurs) {
            throw foreignCursor();
        }
    }

    private static RuntimeException foreignCursor() {
        return PageRequest.invalid("cursor belongs to a list in another order; take it from nextCursor of the page"
                + " before, with the same sort");
    }
}
