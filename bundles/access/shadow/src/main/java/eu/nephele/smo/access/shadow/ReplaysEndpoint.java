// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.shadow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
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
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Replays: recorded decisions made again by another strategy. */
@Path("api/v1/replays")
@Produces(MediaType.APPLICATION_JSON)
public final class ReplaysEndpoint {

    private static final int USUAL_LIMIT = 10_000;
    private static final int MAX_LIMIT = 1_000_000;

    private final ReplayService replays;
    private final Clock clock;

    public ReplaysEndpoint(ReplayService replays, Clock clock) {
        this.replays = replays;
        this.clock = clock;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        replays.replays(RequestCaller.from(request)).forEach(replay -> items.add(ReplayJson.summary(replay)));
        return Responses.cacheable(request, answer);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@Context ContainerRequestContext call, InputStream body) {
        ReplayRequest question = question(body);
        Replay replay = ChangeSubmission.create(call).ask(from -> replays.begin(question, from));
        return Responses.json(202, ReplayJson.whole(replay))
                .location(URI.create(ReplayJson.path(replay.id())))
                .build();
    }

    @GET
    @Path("{replay}")
    public Response get(@PathParam("replay") String id, @Context ContainerRequestContext request) {
        return replays.find(id, RequestCaller.from(request))
                .map(replay -> Responses.cacheable(request, ReplayJson.whole(replay)))
                .orElseThrow(() -> SmoException.notFound(
                        "Replay %s does not exist; the latest twenty since the start of the server are kept"
                                .formatted(id)));
    }

    private ReplayRequest question(InputStream body) {
        BodyMembers members = BodyMembers.create(
                body, "from", "until", "graph", "kind", "strategy", "version", "parameters", "limit");
        Instant now = clock.instant();
        boolean given = members.member("from").isPresent();
        Optional<Instant> from = members.instant("from");
        Instant until = members.instant("until").orElse(now);
        if (!given) {
            members.wrong("/from", "is missing, expected a point in time such as 2026-11-20T10:00:00Z");
        } else if (from.filter(start -> !start.isBefore(until)).isPresent()) {
            members.wrong("/from", "expected a point in time before until");
        }
        ReplayRequest question = new ReplayRequest(
                from.orElse(now),
                until,
                members.graph("graph"),
                members.word("kind", Set.of(StrategyRef.PLACEMENT, StrategyRef.SCALING)),
                members.text("strategy"),
                members.text("version"),
                members.object("parameters"),
                members.number("limit", 1, MAX_LIMIT, USUAL_LIMIT));
        if (question.parameters().isPresent() && question.strategy().isEmpty()) {
            members.wrong("/parameters", "require a strategy that decides instead; name it in strategy");
        }
        members.refuse();
        return question;
    }
}
