// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.SharedLimits;
import eu.nephele.smo.core.contract.event.CloudEventJson;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.InstanceStore;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Events as a list and as a stream. */
@Path("api/v1/events")
public final class EventsEndpoint {

    private static final String STREAM_TYPE = MediaType.SERVER_SENT_EVENTS + ";charset=UTF-8";

    private static final int CHUNK = 500;

    /** Maximum number of events read for one answer; the next answer continues from there. */
    private static final int MAX_READ = 10_000;

    private final EventLog log;
    private final InstanceStore instance;
    private final EventStreams streams;

    public EventsEndpoint(EventLog log, InstanceStore instance, EventStreams streams) {
        this.log = log;
        this.instance = instance;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @Context ContainerRequestContext request,
            @QueryParam("after") @Nullable String after,
            @QueryParam("types") @Nullable String types,
            @QueryParam("project") @Nullable String project,
            @QueryParam("limit") @Nullable String limit) {
        long cursor = EventQueryParameters.sequence("after", after).orElse(0);
        StreamViewer viewer =
                new StreamViewer(EventQueryParameters.filter(types, project), log, RequestCaller.from(request));
        StreamStart streamStart =
                find(cursor, viewer, PageRequest.of(limit, null).limit());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        String instanceId = instance.instanceId();
        streamStart.events().stream()
                .map(event -> CloudEventJson.toJson(event, instanceId))
                .forEach(items::add);
        answer.put("nextAfter", streamStart.end());
        answer.put("more", streamStart.more());
        answer.put("first", log.first());
        answer.put("last", log.last());
        return Responses.cacheable(request, answer);
    }

    /** @param end sequence up to which the log was read */
    private record StreamStart(List<StoredEvent> events, long end, boolean more) {}

    private StreamStart find(long after, StreamViewer viewer, int size) {
        List<StoredEvent> wanted = new ArrayList<>();
        long begin = Math.max(after, log.first() - 1);
        long end = begin;
        while (end - begin < MAX_READ) {
            EventLog.EventPage eventPage = viewer.after(end, CHUNK);
            for (StoredEvent event : eventPage.events()) {
                if (wanted.size() == size) {
                    return new StreamStart(wanted, event.sequence() - 1, true);
                }
                wanted.add(event);
            }
            boolean all = eventPage.reached() - end < CHUNK;
            end = eventPage.reached();
            if (all) {
                return new StreamStart(wanted, end, false);
            }
        }
        return new StreamStart(wanted, end, true);
    }

    /** Answers the head at once; the rest is written by {@link EventStreams}, without a thread of the web server. */
    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("types") @Nullable String types,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext request,
            @BeanParam ServletExchange exchange,
            @Suspended AsyncResponse response)
            throws IOException {
        OptionalLong wished = EventQueryParameters.sequence("after", after);
        // An EventSource that reconnects repeats the query, but Last-Event-ID is newer.
        OptionalLong resumed = EventQueryParameters.sequence("Last-Event-ID", lastEventId);
        StreamViewer viewer =
                new StreamViewer(EventQueryParameters.filter(types, project), log, RequestCaller.from(request));
        ResponseChannel channel = exchange.channel();
        EventStreams.StreamPermit permit = streams.open(
                resumed.isPresent() ? resumed : wished,
                viewer,
                SharedLimits.from(request).streams());
        boolean begun = false;
        try {
            begun = response.resume(head().entity(channel.body()).build());
        } finally {
            if (!begun) {
                permit.giveBack();
            }
        }
        if (begun) {
            permit.serve(channel);
        }
    }

    /** Explicit method: as a GET with a discarded body it would never end. */
    @HEAD
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response headOfStream() {
        return head().build();
    }

    private static Response.ResponseBuilder head() {
        return Response.ok()
                .type(STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no");
    }
}
