// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.client.ScriptedServer.Answer;
import eu.nephele.smo.access.client.call.SmoProblemException;
import eu.nephele.smo.access.client.call.TaggedValue;
import eu.nephele.smo.access.client.call.TokenSource;
import eu.nephele.smo.access.client.event.EventSelection;
import eu.nephele.smo.access.client.event.EventSubscription;
import eu.nephele.smo.access.client.model.SmoCloudEvent;
import eu.nephele.smo.access.client.model.SmoGraph;
import eu.nephele.smo.access.client.model.SmoPlan;
import eu.nephele.smo.access.client.resource.ChangedGraph;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the page on the client shows. */
class ClientExampleTest {

    private static SmoClient connect(URI server, Path token) {
        // docs: connect
        SmoClient smo = SmoClient.create(ClientSettings.standard(server).with(TokenSource.file(token)));
        // docs: end
        return smo;
    }

    private static String update(SmoClient smo, String descriptor) {
        // docs: update
        TaggedValue<SmoGraph> before = smo.graphs("demo").get("hello").sendTagged();
        SmoPlan plan = smo.graphs("demo").plan("hello", descriptor).send();
        if (!plan.feasible()) {
            return "it does not fit: " + plan.conflicts();
        }
        try {
            ChangedGraph changed = smo.graphs("demo")
                    .update("hello", descriptor, Duration.ofMinutes(1))
                    .onlyIf(before.tag())
                    .send();
            return changed.isDone() ? "done" : "it goes on";
        } catch (SmoProblemException refused) {
            return refused.status() == 412
                    ? "somebody else has changed it"
                    : refused.problem().detail();
        }
        // docs: end
    }

    private static String firstMove(SmoClient smo) {
        // docs: events
        EventSelection moves = EventSelection.forProject("demo").ofTypes("service.moved");
        try (EventSubscription events = smo.events().subscribe(moves, "", gap -> {})) {
            Optional<SmoCloudEvent> event = events.next();
            return event.flatMap(SmoCloudEvent::subject).orElse("none");
        }
        // docs: end
    }

    @Test
    void anUpdateThatFindsAnotherChangeOverwritesNothing() {
        try (ScriptedServer server = new ScriptedServer()) {
            server.answers(
                    Answer.ok(GRAPH),
                    Answer.ok(PLAN),
                    new Answer(412, java.util.Map.of(), "{\"status\":412,\"detail\":\"changed\"}"));
            assertThat(update(connect(server.uri(), Path.of("none")), "hdaGraph: {}"))
                    .isEqualTo("somebody else has changed it");
            assertThat(server.received().get(2).header("If-match")).isEqualTo("\"t1\"");
        }
    }

    @Test
    void eventsAreFollowed() {
        try (ScriptedServer server = new ScriptedServer()) {
            server.answers(new Answer(200, java.util.Map.of(), """
                    id: 7
                    data: {"id":"e","source":"urn:smo:1","type":"service.moved","subject":"demo/hello/web","time":"2026-11-01T00:00:00Z","sequence":"7","data":{}}

                    """));
            assertThat(firstMove(connect(server.uri(), Path.of("none")))).isEqualTo("demo/hello/web");
        }
    }

    private static final String GRAPH = """
            {"project":"demo","name":"hello","version":"1","generation":1,"revision":1,"paused":false,"desired":"RUNNING",
             "phase":"RUNNING","staticPlacement":false,"assignment":1,"decisionId":null,"dashboard":null,"operation":null,
             "createdAt":"2026-11-01T00:00:00Z","updatedAt":"2026-11-01T00:00:00Z","drift":[],"conditions":[],"placement":{},
             "clusters":[],"services":[],"hdaGraph":{}}""";

    private static final String PLAN = """
            {"id":"p1","href":"/","project":"demo","graph":"hello","kind":"UPDATE","createdAt":"2026-11-01T00:00:00Z",
             "expiresAt":"2026-11-01T00:00:00Z","feasible":true,"services":{"added":[],"removed":[],"moved":[],"changed":["web"],
             "unchanged":[]},"steps":[],"placement":{"web":[{"cluster":"c1","replicas":1}]},"conflicts":[],"warnings":[]}""";
}
