// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.PageRequest;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.history.FormerState;
import eu.nephele.smo.core.contract.history.FormerState.FormerService;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.GraphMoment;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.history.LoadService.LoadLine;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replicas and load of a service as lines over time. */
@Path("api/v1/projects/{project}/graphs/{graph}/services/{service}/series")
@Produces(MediaType.APPLICATION_JSON)
public final class SeriesEndpoint {

    private static final Duration USUAL = Duration.ofHours(1);
    private static final int USUAL_POINTS = 120;
    private static final int MOST_POINTS = 1_000;
    private static final int LONGEST_STEP = 86_400;

    private final HistoryService history;
    private final LoadService loads;
    private final SpanParameters spans;

    public SeriesEndpoint(HistoryService history, LoadService loads, Clock clock) {
        this.history = history;
        this.loads = loads;
        this.spans = new SpanParameters(clock);
    }

    @GET
    public Response series(
            @PathParam("project") String project,
            @PathParam("graph") String graph,
            @PathParam("service") String service,
            @Context ContainerRequestContext request,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("step") @Nullable String step) {
        GraphId id = new GraphId(project, graph);
        HistorySpan span = spans.read(from, to, USUAL);
        Duration distance =
                step == null ? usual(span) : Duration.ofSeconds(SpanParameters.number("step", step, 1, LONGEST_STEP));
        if (Duration.between(span.from(), span.until()).dividedBy(distance) > MOST_POINTS) {
            throw PageRequest.invalid("from %s to %s are more than %d steps of %d s, expected fewer"
                    .formatted(span.from(), span.until(), MOST_POINTS, distance.toSeconds()));
        }
        CallContext call = RequestCaller.from(request);
        LoadLine load = loads.load(id, service, span, distance, call);
        GraphHistory over = history.history(id, span, call);
        ObjectNode node = HistoryJson.head(id).put("service", service);
        node.put("from", span.from().toString());
        node.put("to", span.until().toString());
        node.put("stepSeconds", distance.toSeconds());
        ObjectNode replicas = node.putObject("replicas");
        replicas.put(
                "knownSince", over.known().placement().map(Instant::toString).orElse(null));
        replicas(replicas.putArray("points"), over, service);
        ObjectNode measured = node.putObject("load");
        measured.put("missing", load.missing().isEmpty() ? null : load.missing());
        ArrayNode points = measured.putArray("points");
        load.points()
                .forEach(point ->
                        points.addObject().put("at", point.at().toString()).put("perSecond", point.perSecond()));
        return Responses.cacheable(request, node);
    }

    private static Duration usual(HistorySpan span) {
        long seconds = Duration.between(span.from(), span.until()).toSeconds() / USUAL_POINTS;
        return Duration.ofSeconds(Math.max(1, Math.min(seconds, LONGEST_STEP)));
    }

    /** A point where the number becomes another one; it stays until the next. */
    private static void replicas(ArrayNode points, GraphHistory over, String service) {
        Optional<Integer> last = replicas(over.before(), service);
        Instant first = over.span().from();
        last.ifPresent(number -> add(points, first, number));
        for (GraphMoment moment : over.moments()) {
            Optional<Integer> next = replicas(moment.after(), service);
            if (next.isPresent() && !Objects.equals(next, last)) {
                last = next;
                add(points, moment.at(), next.get());
            }
        }
    }

    private static void add(ArrayNode points, Instant at, int replicas) {
        points.addObject().put("at", at.toString()).put("replicas", replicas);
    }

    private static Optional<Integer> replicas(FormerState state, String service) {
        return Optional.ofNullable(state.services().get(service))
                .map(FormerService::shares)
                .map(shares -> shares.stream().mapToInt(Share::replicas).sum());
    }
}
