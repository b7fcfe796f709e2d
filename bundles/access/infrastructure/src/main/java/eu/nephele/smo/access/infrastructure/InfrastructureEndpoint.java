// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.Answers;
import eu.nephele.smo.access.http.Bodies;
import eu.nephele.smo.access.http.Caller;
import eu.nephele.smo.access.http.Members;
import eu.nephele.smo.access.http.Page;
import eu.nephele.smo.access.http.Submission;
import eu.nephele.smo.access.infrastructure.Wishes.Asked;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.Doorkeeper;
import eu.nephele.smo.core.contract.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Clusters and hosts on demand, by the providers that are there. */
@Path("api/v1/infrastructure")
@Produces(MediaType.APPLICATION_JSON)
public final class Infrastructures {

    private static final int MOST_NODES = 100_000;

    private final Supplier<Map<String, InfrastructureProvider>> providers;
    private final OperationService operations;
    private final Doorkeeper keeper;
    private final Requests requests;
    private final Wishes wishes;
    private final Wishes repetitions;

    /**
     * @param providers by name, those that are there now
     * @param keeper asked who may see what they have
     */
    public Infrastructures(
            Supplier<Map<String, InfrastructureProvider>> providers,
            ResourceService resources,
            OperationService operations,
            Doorkeeper keeper) {
        this.providers = providers;
        this.operations = operations;
        this.keeper = keeper;
        this.requests = new Requests(resources, operations);
        this.wishes = new Wishes(resources, operations, keeper, false);
        this.repetitions = new Wishes(resources, operations, keeper, true);
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        if (sees(request)) {
            providers.get().forEach((name, provider) -> items.add(told(name, provider)));
        }
        return Answers.cacheable(request, answer);
    }

    /** What a provider has is read from it, past the doors of the core. */
    private boolean sees(ContainerRequestContext request) {
        return keeper.seesAny(Caller.of(request), Requests.KIND, Requests.SERVER);
    }

    /** One that fails hides only its own. */
    private static ObjectNode told(String name, InfrastructureProvider provider) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("provider", name);
        try {
            node.setAll(InfrastructureJson.items(provider.list(), InfrastructureJson::of));
        } catch (RuntimeException failed) {
            node.putArray("items");
            node.set("problem", InfrastructureJson.of(Endings.of(name, failed)));
        }
        return node;
    }

    @GET
    @Path("{provider}")
    public Response get(@PathParam("provider") String name, @Context ContainerRequestContext request) {
        InfrastructureProvider provider = provider(name);
        List<Infrastructure> all;
        try {
            all = sees(request) ? provider.list() : List.of();
        } catch (AdapterException failed) {
            throw Endings.of(name, failed).refusal();
        }
        ObjectNode node = InfrastructureJson.items(all, InfrastructureJson::of);
        return Answers.cacheable(request, node.put("provider", name));
    }

    @POST
    @Path("{provider}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            @PathParam("provider") String name, @Context ContainerRequestContext call, InputStream body) {
        JsonObject wish = Bodies.object(body)
                .map(Json::object)
                .orElseThrow(() -> Bodies.invalid("", "expected an object that says what to create"));
        return answer(name, call, (taking, from) -> taking.create(name, wish, from));
    }

    @PUT
    @Path("{provider}/items/{infrastructure}/nodes")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response scale(
            @PathParam("provider") String name,
            @PathParam("infrastructure") String id,
            @Context ContainerRequestContext call,
            InputStream body) {
        Members members = Members.of(body, "nodes");
        int nodes = members.number("nodes", 0, MOST_NODES, 0);
        if (members.member("nodes").isEmpty()) {
            members.wrong("/nodes", "is missing, expected the wanted number of worker nodes");
        }
        members.refuse();
        return answer(name, call, (taking, from) -> taking.scale(name, id, nodes, from));
    }

    @DELETE
    @Path("{provider}/items/{infrastructure}")
    public Response delete(
            @PathParam("provider") String name,
            @PathParam("infrastructure") String id,
            @Context ContainerRequestContext call) {
        return answer(name, call, (taking, from) -> taking.delete(name, id, from));
    }

    @GET
    @Path("{provider}/requests")
    public Response requests(
            @PathParam("provider") String name,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context ContainerRequestContext request) {
        Page page = Page.of(limit, cursor);
        return Answers.cacheable(
                request, page.ofNext(requests.of(name, page, Caller.of(request)), Request::id, InfrastructureJson::of));
    }

    @GET
    @Path("{provider}/requests/{request}")
    public Response request(
            @PathParam("provider") String name,
            @PathParam("request") String id,
            @Context ContainerRequestContext request) {
        return Answers.cacheable(request, InfrastructureJson.of(requests.get(name, id, Caller.of(request))));
    }

    /** A refusal that comes at once is the answer, also when the same request comes again. */
    private Response answer(String name, ContainerRequestContext call, BiFunction<Wishes, CallContext, Asked> wish) {
        Submission submission = Submission.of(call);
        if (!providers.get().containsKey(name) && !submission.wasAccepted(operations)) {
            throw notThere(name);
        }
        Wishes taking = requests.admits(providers.get().keySet()) ? wishes : repetitions;
        Asked asked = submission.ask(from -> wish.apply(taking, from));
        boolean repetition = submission.isRepetition(asked.operation());
        Request request = requests.afterAMoment(asked.operation(), submission.call());
        Optional<Fault> refused = request.failure().filter(failure -> Requests.isRefusal(request));
        if (refused.isPresent()) {
            wishes.takeBack(asked, submission.call());
            throw refused.get().refusal();
        }
        ResponseBuilder answer =
                Answers.json(202, InfrastructureJson.of(request)).location(InfrastructureJson.path(request));
        if (repetition) {
            answer.header(Submission.REPLAYED_HEADER, true);
        }
        return answer.build();
    }

    private InfrastructureProvider provider(String name) {
        Map<String, InfrastructureProvider> there = providers.get();
        return Optional.ofNullable(there.get(name)).orElseThrow(() -> notThere(name));
    }

    private SmoException notThere(String name) {
        return SmoException.notFound("There is no provider of infrastructure %s; there are %s"
                .formatted(name, providers.get().keySet()));
    }
}
