// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.infrastructure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.rest.http.Answers;
import eu.nephele.smo.access.rest.http.Bodies;
import eu.nephele.smo.access.rest.http.Members;
import eu.nephele.smo.access.rest.infrastructure.Request.Action;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Clusters and hosts on demand, by the providers that are there. */
@Path("api/v1/infrastructure")
@Produces(MediaType.APPLICATION_JSON)
public final class Infrastructures {

    /** A refusal that comes within it is the answer to the call itself. */
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    private static final int MOST_NODES = 100_000;

    private final Supplier<Map<String, InfrastructureProvider>> providers;
    private final Requests requests;

    /** @param providers by name, those that are there now */
    public Infrastructures(Supplier<Map<String, InfrastructureProvider>> providers, Clock clock) {
        this.providers = providers;
        this.requests = new Requests(clock);
    }

    @GET
    public Response list(@Context jakarta.ws.rs.core.Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        providers.get().forEach((name, provider) -> items.add(told(name, provider)));
        return Answers.cacheable(request, answer);
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
    public Response get(@PathParam("provider") String name, @Context jakarta.ws.rs.core.Request request) {
        List<Infrastructure> all;
        try {
            all = provider(name).list();
        } catch (AdapterException failed) {
            throw Endings.of(name, failed).refusal();
        }
        ObjectNode node = InfrastructureJson.items(all, InfrastructureJson::of);
        return Answers.cacheable(request, node.put("provider", name));
    }

    @POST
    @Path("{provider}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(@PathParam("provider") String name, InputStream body) {
        JsonObject wish = Bodies.object(body)
                .map(Json::object)
                .orElseThrow(() -> Bodies.invalid("", "expected an object that says what to create"));
        return begin(name, Action.CREATE, Optional.empty(), provider -> made(provider.create(wish)));
    }

    @PUT
    @Path("{provider}/items/{infrastructure}/nodes")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response scale(
            @PathParam("provider") String name, @PathParam("infrastructure") String id, InputStream body) {
        Members members = Members.of(body, "nodes");
        int nodes = members.number("nodes", 0, MOST_NODES, 0);
        if (members.member("nodes").isEmpty()) {
            members.wrong("/nodes", "is missing, expected the wanted number of worker nodes");
        }
        members.refuse();
        return begin(name, Action.SCALE, Optional.of(id), provider -> made(provider.scale(id, nodes)));
    }

    @DELETE
    @Path("{provider}/items/{infrastructure}")
    public Response delete(@PathParam("provider") String name, @PathParam("infrastructure") String id) {
        return begin(name, Action.DELETE, Optional.of(id), provider -> provider.delete(id)
                .thenApply(gone -> Optional.empty()));
    }

    @GET
    @Path("{provider}/requests")
    public Response requests(@PathParam("provider") String name, @Context jakarta.ws.rs.core.Request request) {
        return Answers.cacheable(request, InfrastructureJson.items(requests.of(name), InfrastructureJson::of));
    }

    @GET
    @Path("{provider}/requests/{request}")
    public Response request(
            @PathParam("provider") String name,
            @PathParam("request") String id,
            @Context jakarta.ws.rs.core.Request request) {
        return Answers.cacheable(request, InfrastructureJson.of(requests.get(name, id)));
    }

    private static CompletionStage<Optional<Infrastructure>> made(CompletionStage<Infrastructure> stage) {
        return stage.thenApply(Optional::of);
    }

    private Response begin(
            String name,
            Action action,
            Optional<String> subject,
            Function<InfrastructureProvider, CompletionStage<Optional<Infrastructure>>> work) {
        InfrastructureProvider provider = provider(name);
        String id = requests.open(name, action, subject).id();
        CompletionStage<Optional<Infrastructure>> stage = begun(provider, work);
        CompletionStage<Optional<Infrastructure>> noted = stage.whenComplete((result, failure) -> requests.end(
                id,
                (request, at) ->
                        failure == null ? request.done(at, result) : request.failed(at, Endings.of(name, failure))));
        Endings.await(noted, AT_ONCE);
        Request request = requests.get(name, id);
        request.failure().ifPresent(refused -> {
            requests.forget(id);
            throw refused.refusal();
        });
        return Answers.json(202, InfrastructureJson.of(request))
                .location(InfrastructureJson.path(request))
                .build();
    }

    /** A provider that throws where it should answer with a failed stage is understood all the same. */
    private static CompletionStage<Optional<Infrastructure>> begun(
            InfrastructureProvider provider,
            Function<InfrastructureProvider, CompletionStage<Optional<Infrastructure>>> work) {
        try {
            return work.apply(provider);
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private InfrastructureProvider provider(String name) {
        Map<String, InfrastructureProvider> there = providers.get();
        return Optional.ofNullable(there.get(name))
                .orElseThrow(() -> SmoException.notFound(
                        "There is no provider of infrastructure %s; there are %s".formatted(name, there.keySet())));
    }
}
