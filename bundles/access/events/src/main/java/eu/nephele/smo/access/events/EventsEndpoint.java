// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.Answers;
import eu.nephele.smo.access.http.Bounds;
import eu.nephele.smo.access.http.Caller;
import eu.nephele.smo.access.http.Page;
import eu.nephele.smo.core.contract.event.CloudEvents;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.store.InstanceStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What happened, as a list and as a stream. */
@Path("api/v1/events")
public final class Events {

    private static final String STREAM_TYPE = MediaType.SERVER_SENT_EVENTS + ";charset=UTF-8";

    private static final int CHUNK = 500;

    /** Events that are looked at for one answer; the next answer goes on from there. */
    private static final int MAX_READ = 10_000;

    private final EventLog log;
    private final InstanceStore instance;
    private final EventStreams streams;

    public Events(EventLog log, InstanceStore instance, EventStreams streams) {
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
        long cursor = EventQuery.sequence("after", after).orElse(0);
        Viewer viewer = new Viewer(EventQuery.filter(types, project), log, Caller.of(request));
        Found found = find(cursor, viewer, Page.of(limit, null).limit());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        String instanceId = instance.instanceId();
        found.events().stream().map(event -> CloudEvents.of(event, instanceId)).forEach(items::add);
        answer.put("nextAfter", found.end());
        answer.put("more", found.more());
        answer.put("first", log.first());
        answer.put("last", log.last());
        return Answers.cacheable(request, answer);
    }

    /**
     * @param end how far the log was read
     * @param more whether it goes on there
     */
    private record Found(List<StoredEvent> events, long end, boolean more) {}

    private Found find(long after, Viewer viewer, int size) {
        List<StoredEvent> wanted = new ArrayList<>();
        long begin = Math.max(after, log.first() - 1);
        long end = begin;
        while (end - begin < MAX_READ) {
            EventLog.Part part = viewer.after(end, CHUNK);
            for (StoredEvent event : part.events()) {
                if (wanted.size() == size) {
                    return new Found(wanted, event.sequence() - 1, true);
                }
                wanted.add(event);
            }
            boolean all = part.reached() - end < CHUNK;
            end = part.reached();
            if (all) {
                return new Found(wanted, end, false);
            }
        }
        return new Found(wanted, end, true);
    }

    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response stream(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("types") @Nullable String types,
            @QueryParam("project") @Nullable String project,
            @Context ContainerRequestContext request) {
        OptionalLong wished = EventQuery.sequence("after", after);
        // An EventSource that connects again keeps the query, and knows better by now.
        OptionalLong resumed = EventQuery.sequence("Last-Event-ID", lastEventId);
        Viewer viewer = new Viewer(EventQuery.filter(types, project), log, Caller.of(request));
        return head().entity(streams.open(
                        resumed.isPresent() ? resumed : wished,
                        viewer,
                        Bounds.of(request).streams()))
                .build();
    }

    /** Of its own: as a GET whose body is thrown away it would never end. */
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
