// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.store.HistoryStore.Activity;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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
        HistorySpan span = spans.read(from, to, USUAL);
        int parts = buckets == null
                ? USUAL_BUCKETS
                : SpanParameters.number("buckets", buckets, 1, HistoryService.MOST_PARTS);
        List<Map<Activity, Long>> counts = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            counts.add(new EnumMap<>(Activity.class));
        }
        Map<Activity, Long> total = new EnumMap<>(Activity.class);
        history.activity(span, parts, RequestCaller.from(request)).forEach(count -> {
            counts.get(Math.min(count.part(), parts - 1)).merge(count.activity(), count.count(), Long::sum);
            total.merge(count.activity(), count.count(), Long::sum);
        });
        Duration width = span.part(parts);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("from", span.from().toString());
        node.put("to", span.until().toString());
        node.put("bucketMillis", width.toMillis());
        ArrayNode list = node.putArray("buckets");
        for (int part = 0; part < parts; part++) {
            ObjectNode bucket = list.addObject();
            bucket.put("at", span.from().plus(width.multipliedBy(part)).toString());
            put(bucket, counts.get(part));
        }
        put(node.putObject("total"), total);
        return Responses.cacheable(request, node);
    }

    private static void put(ObjectNode node, Map<Activity, Long> counts) {
        node.put(
                "decisions",
                Stream.of(Activity.PLACED, Activity.INFEASIBLE, Activity.SCALED)
                        .mapToLong(decided -> counts.getOrDefault(decided, 0L))
                        .sum());
        for (Activity activity : Activity.values()) {
            node.put(activity.name().toLowerCase(Locale.ROOT), counts.getOrDefault(activity, 0L));
        }
    }
}
