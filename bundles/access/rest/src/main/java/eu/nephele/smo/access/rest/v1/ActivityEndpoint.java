// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.store.HistoryStore.Activity;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.Span;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happened over time in all projects. */
@Path("api/v1/activity")
@Produces(MediaType.APPLICATION_JSON)
public final class ActivityEndpoint {

    private static final Duration USUAL = Duration.ofDays(1);
    private static final int USUAL_BUCKETS = 60;

    private final HistoryService history;
    private final SpanParameters spans;

    public ActivityEndpoint(HistoryService history, Clock clock) {
        this.history = history;
        this.spans = new SpanParameters(clock);
    }

    @GET
    public Response over(
            @Context ContainerRequestContext request,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("buckets") @Nullable String buckets) {
        Span span = spans.read(from, to, USUAL);
        int parts = buckets == null
                ? USUAL_BUCKETS
                : SpanParameters.number("buckets", buckets, 1, HistoryService.MOST_PARTS);
        long[][] counts = new long[parts][Activity.values().length];
        List<ActivityCount> found = history.activity(span, parts, RequestCaller.from(request));
        found.forEach(count ->
                counts[Math.min(count.part(), parts - 1)][count.activity().ordinal()] += count.count());
        Duration width = span.part(parts);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("from", span.from().toString());
        node.put("to", span.until().toString());
        node.put("bucketMillis", width.toMillis());
        long[] total = new long[Activity.values().length];
        ArrayNode list = node.putArray("buckets");
        for (int part = 0; part < parts; part++) {
            ObjectNode bucket = list.addObject();
            bucket.put("at", span.from().plus(width.multipliedBy(part)).toString());
            put(bucket, counts[part]);
            for (Activity activity : Activity.values()) {
                total[activity.ordinal()] += counts[part][activity.ordinal()];
            }
        }
        put(node.putObject("total"), total);
        return Responses.cacheable(request, node);
    }

    private static void put(ObjectNode node, long... counts) {
        node.put(
                "decisions",
                counts[Activity.PLACED.ordinal()]
                        + counts[Activity.INFEASIBLE.ordinal()]
                        + counts[Activity.SCALED.ordinal()]);
        for (Activity activity : Activity.values()) {
            node.put(activity.name().toLowerCase(Locale.ROOT), counts[activity.ordinal()]);
        }
    }
}
