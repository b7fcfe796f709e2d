// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.strategies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.SmallBodyReader;
import eu.nephele.smo.access.http.json.StrategyStatuses;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyRef;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Strategies: their decisions, health and ejections. */
@Path("api/v1/strategies")
@Produces(MediaType.APPLICATION_JSON)
public final class StrategiesEndpoint {

    private static final String OBJECTIVE = "objective";
    private static final String INTENT = "intent";
    private static final Set<String> DECIDING = Set.of(StrategyRef.PLACEMENT, StrategyRef.SCALING);
    private static final Set<String> KINDS = Set.of(StrategyRef.PLACEMENT, StrategyRef.SCALING, OBJECTIVE, INTENT);

    private final StrategyCatalog catalog;
    private final StrategyControl control;
    private final Supplier<Optional<StrategyControl>> controlNow;

    /** @param controlNow like {@code control}, for answers that do not require it */
    public StrategiesEndpoint(
            StrategyCatalog catalog, StrategyControl control, Supplier<Optional<StrategyControl>> controlNow) {
        this.catalog = catalog;
        this.control = control;
        this.controlNow = controlNow;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        return answer(request, items(DECIDING::contains, RequestCaller.from(request)));
    }

    @GET
    @Path("{kind}")
    public Response ofKind(@PathParam("kind") String kind, @Context ContainerRequestContext request) {
        if (!KINDS.contains(kind)) {
            throw SmoException.notFound(
                    "Kind of strategies %s does not exist; kinds are placement, scaling, objective and intent"
                            .formatted(kind));
        }
        return answer(request, items(kind::equals, RequestCaller.from(request)));
    }

    @GET
    @Path("{kind}/{id}/{version}")
    public Response get(
            @PathParam("kind") String kind,
            @PathParam("id") String id,
            @PathParam("version") String version,
            @Context ContainerRequestContext request) {
        StrategyRef ref = new StrategyRef(kind, id, version);
        return items(kind::equals, RequestCaller.from(request)).stream()
                .filter(item -> item.ref().equals(ref))
                .findFirst()
                .map(item -> Responses.cacheable(request, item.json()))
                .orElseThrow(() -> SmoException.notFound(
                        "%s %s of version %s does not exist".formatted(kindWord(kind), id, version)));
    }

    @POST
    @Path("{kind}/{id}/{version}/eject")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    public Response eject(
            @PathParam("kind") String kind,
            @PathParam("id") String id,
            @PathParam("version") String version,
            @Context ContainerRequestContext call,
            InputStream body) {
        String given = SmallBodyReader.why(body);
        CallContext from = RequestCaller.from(call);
        String principal = from.origin().principal();
        String why = given.isBlank() ? "ejected by " + principal : "%s (ejected by %s)".formatted(given, principal);
        return shown(control.eject(new StrategyRef(kind, id, version), why, from), from);
    }

    @POST
    @Path("{kind}/{id}/{version}/let-in")
    public Response letIn(
            @PathParam("kind") String kind,
            @PathParam("id") String id,
            @PathParam("version") String version,
            @Context ContainerRequestContext call) {
        CallContext from = RequestCaller.from(call);
        return shown(control.letIn(new StrategyRef(kind, id, version), from), from);
    }

    /** All items of some kinds: those in use, then those only known, by kind and id. */
    private List<StrategyItem> items(Predicate<String> kinds, CallContext call) {
        StrategyStatuses strategyStatuses = StrategyStatuses.now(controlNow, call);
        List<StrategyItem> items = new ArrayList<>(Stream.concat(deciding(strategyStatuses), judging(strategyStatuses))
                .filter(item -> kinds.test(item.ref().kind()))
                .toList());
        List<StrategyRef> installed = items.stream().map(StrategyItem::ref).toList();
        for (StrategyStatus strategyStatus : strategyStatuses.all()) {
            if (kinds.test(strategyStatus.ref().kind()) && !installed.contains(strategyStatus.ref())) {
                items.add(StrategyItem.from(strategyStatus));
            }
        }
        items.sort(Comparator.comparing((StrategyItem item) -> item.ref().kind())
                .thenComparing(item -> item.ref().id()));
        return items;
    }

    private Stream<StrategyItem> deciding(StrategyStatuses strategyStatuses) {
        return catalog.strategies().stream().map(strategy -> StrategyItem.of(strategy, strategyStatuses));
    }

    private Stream<StrategyItem> judging(StrategyStatuses strategyStatuses) {
        return Stream.concat(
                catalog.objectives().stream()
                        .map(objective -> StrategyItem.create(
                                new StrategyRef(OBJECTIVE, objective.name(), objective.version()),
                                objective.bundle(),
                                strategyStatuses)),
                catalog.intents().stream()
                        .map(intent -> StrategyItem.create(
                                new StrategyRef(INTENT, intent.name(), intent.version()),
                                intent.bundle(),
                                strategyStatuses)));
    }

    private static Response answer(ContainerRequestContext request, List<StrategyItem> items) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode array = answer.putArray("items");
        items.forEach(item -> array.add(item.json()));
        return Responses.cacheable(request, answer);
    }

    private Response shown(StrategyStatus strategyStatus, CallContext call) {
        StrategyItem item = items(strategyStatus.ref().kind()::equals, call).stream()
                .filter(known -> known.ref().equals(strategyStatus.ref()))
                .findFirst()
                .orElseGet(() -> StrategyItem.from(strategyStatus));
        item.json().set("standing", StrategyStatuses.json(strategyStatus));
        return Responses.json(200, item.json()).build();
    }

    private static String kindWord(String kind) {
        return DECIDING.contains(kind) ? kind + " strategy" : kind;
    }
}
