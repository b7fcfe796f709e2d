// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.infrastructure.InfrastructureChanges.Asked;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.json.StrictJson;
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

/** Clusters and hosts on demand of the present providers. */
@Path("api/v1/infrastructure")
@Produces(MediaType.APPLICATION_JSON)
public final class InfrastructureEndpoint {

    private static final int MOST_NODES = 100_000;

    private final Supplier<Map<String, InfrastructureProvider>> providers;
    private final OperationService operations;
    private final Authorizer authorizer;
    private final InfrastructureRequests requests;
    private final InfrastructureChanges infrastructureChanges;
    private final InfrastructureChanges repetitions;

    public InfrastructureEndpoint(
            Supplier<Map<String, InfrastructureProvider>> providers,
            ResourceService resources,
            OperationService operations,
            Authorizer authorizer) {
        this.providers = providers;
        this.operations = operations;
        this.authorizer = authorizer;
        this.requests = new InfrastructureRequests(resources, operations);
        this.infrastructureChanges = new InfrastructureChanges(resources, operations, authorizer, false);
        this.repetitions = new InfrastructureChanges(resources, operations, authorizer, true);
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        if (sees(request)) {
            providers.get().forEach((name, provider) -> items.add(toJson(name, provider)));
        }
        return Responses.cacheable(request, answer);
    }

    /** The state is read from the provider itself, not through an authorized service of the core. */
    private boolean sees(ContainerRequestContext request) {
        return authorizer.seesAny(
                RequestCaller.from(request), InfrastructureRequests.KIND, InfrastructureRequests.SERVER);
    }

    /** A failing provider hides only its own infrastructure. */
    private static ObjectNode toJson(String name, InfrastructureProvider provider) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("provider", name);
        try {
            node.setAll(InfrastructureJson.items(provider.list(), InfrastructureJson::toJson));
        } catch (RuntimeException failed) {
            node.putArray("items");
            node.set("problem", InfrastructureJson.toJson(ProviderFaultMapper.toFault(name, failed)));
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
            throw ProviderFaultMapper.toFault(name, failed).refusal();
        }
        ObjectNode node = InfrastructureJson.items(all, InfrastructureJson::toJson);
        return Responses.cacheable(request, node.put("provider", name));
    }

    @POST
    @Path("{provider}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            @PathParam("provider") String name, @Context ContainerRequestContext call, InputStream body) {
        JsonObject wish = RequestBodies.object(body)
                .map(StrictJson::object)
                .orElseThrow(() -> RequestBodies.invalid("", "expected an object with the infrastructure to create"));
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
        BodyMembers members = BodyMembers.create(body, "nodes");
        int nodes = members.number("nodes", 0, MOST_NODES, 0);
        if (members.member("nodes").isEmpty()) {
            members.wrong("/nodes", "is missing, expected the desired number of worker nodes");
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
        PageRequest page = PageRequest.of(limit, cursor);
        return Responses.cacheable(
                request,
                page.ofNext(
                        requests.list(name, page, RequestCaller.from(request)),
                        InfrastructureRequest::id,
                        InfrastructureJson::toJson));
    }

    @GET
    @Path("{provider}/requests/{request}")
    public Response request(
            @PathParam("provider") String name,
            @PathParam("request") String id,
            @Context ContainerRequestContext request) {
        return Responses.cacheable(
                request, InfrastructureJson.toJson(requests.get(name, id, RequestCaller.from(request))));
    }

    /** An immediate refusal is the answer, also when the same request is repeated. */
    private Response answer(
            String name, ContainerRequestContext call, BiFunction<InfrastructureChanges, CallContext, Asked> wish) {
        ChangeSubmission submission = ChangeSubmission.create(call);
        if (!providers.get().containsKey(name) && !submission.wasAccepted(operations)) {
            throw notThere(name);
        }
        InfrastructureChanges taking = requests.admits(providers.get().keySet()) ? infrastructureChanges : repetitions;
        Asked asked = submission.ask(from -> wish.apply(taking, from));
        boolean repetition = submission.isRepetition(asked.operation());
        InfrastructureRequest request = requests.afterAMoment(asked.operation(), submission.call());
        Optional<ErrorBody> refused = request.failure().filter(failure -> InfrastructureRequests.isRefusal(request));
        if (refused.isPresent()) {
            infrastructureChanges.takeBack(asked, submission.call());
            throw refused.get().refusal();
        }
        ResponseBuilder answer =
                Responses.json(202, InfrastructureJson.toJson(request)).location(InfrastructureJson.path(request));
        if (repetition) {
            answer.header(ChangeSubmission.REPLAYED_HEADER, true);
        }
        return answer.build();
    }

    private InfrastructureProvider provider(String name) {
        Map<String, InfrastructureProvider> there = providers.get();
        return Optional.ofNullable(there.get(name)).orElseThrow(() -> notThere(name));
    }

    private SmoException notThere(String name) {
        return SmoException.notFound("Infrastructure provider %s does not exist; known: %s"
                .formatted(name, providers.get().keySet()));
    }
}
