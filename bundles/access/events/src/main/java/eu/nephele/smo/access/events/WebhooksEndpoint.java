// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.event.WebhookService.Registered;
import eu.nephele.smo.core.contract.store.InstanceStore;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Webhooks: outside systems to which events are posted. */
@Path("api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class WebhooksEndpoint {

    private final WebhookService webhooks;
    private final InstanceStore instance;

    public WebhooksEndpoint(WebhookService webhooks, InstanceStore instance) {
        this.webhooks = webhooks;
        this.instance = instance;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(@Context UriInfo uris, @Context ContainerRequestContext request, InputStream body) {
        Registered registered = webhooks.register(WebhookBody.registration(body), RequestCaller.from(request));
        return Responses.json(201, WebhookJson.created(registered))
                .location(uris.getBaseUriBuilder()
                        .path(WebhooksEndpoint.class)
                        .path(registered.webhook().id())
                        .build())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        List<Webhook> all = webhooks.list(RequestCaller.from(request)).stream()
                .sorted(Comparator.comparing(WebhooksEndpoint::key))
                .toList();
        return Responses.cacheable(
                request, PageRequest.of(limit, cursor).render(all, WebhooksEndpoint::key, WebhookJson::summary));
    }

    /** Sort key by registration, valid even if the webhook is deleted between two pages. */
    private static String key(Webhook webhook) {
        return "%020d/%s".formatted(ChronoUnit.MICROS.between(Instant.EPOCH, webhook.createdAt()), webhook.id());
    }

    @GET
    @Path("{webhook}")
    public Response get(@PathParam("webhook") String id, @Context ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        return Responses.cacheable(request, whole(webhooks.find(id, call), call));
    }

    @DELETE
    @Path("{webhook}")
    public Response delete(@PathParam("webhook") String id, @Context ContainerRequestContext request) {
        webhooks.delete(id, RequestCaller.from(request));
        return Response.noContent().build();
    }

    @PUT
    @Path("{webhook}/paused")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response setPaused(
            @PathParam("webhook") String id, @Context ContainerRequestContext request, InputStream body) {
        CallContext call = RequestCaller.from(request);
        return Responses.json(200, whole(webhooks.setPaused(id, WebhookBody.paused(body), call), call))
                .build();
    }

    @GET
    @Path("{webhook}/deliveries")
    public Response deliveries(
            @PathParam("webhook") String id,
            @Context ContainerRequestContext request,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        List<Delivery> found = webhooks.deliveries(
                id,
                Optional.ofNullable(state).map(WebhooksEndpoint::stateOf),
                page.after().flatMap(key -> EventQueryParameters.sequence("cursor", key).stream()
                        .boxed()
                        .findFirst()),
                page.limit() + 1,
                RequestCaller.from(request));
        String instanceId = instance.instanceId();
        return Responses.cacheable(
                request,
                page.ofNext(
                        found,
                        delivery -> Long.toString(delivery.event().sequence()),
                        delivery -> WebhookJson.delivery(delivery, instanceId)));
    }

    @POST
    @Path("{webhook}/deliveries/replay")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    public Response replay(
            @PathParam("webhook") String id, @Context ContainerRequestContext request, InputStream body) {
        int replayed = webhooks.replay(id, WebhookBody.sequences(body), RequestCaller.from(request));
        return Responses.json(202, JsonNodeFactory.instance.objectNode().put("replayed", replayed))
                .build();
    }

    private JsonNode whole(Webhook webhook, CallContext call) {
        return WebhookJson.whole(webhook, webhooks.backlog(webhook.id(), call));
    }

    private static Delivery.DeliveryState stateOf(String text) {
        return Arrays.stream(Delivery.DeliveryState.values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        PageRequest.invalid("state is '%s', expected waiting, delivered or dead".formatted(text)));
    }
}
