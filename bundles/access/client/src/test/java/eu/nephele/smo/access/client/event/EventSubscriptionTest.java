// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.access.client.ClientSettings;
import eu.nephele.smo.access.client.ScriptedServer;
import eu.nephele.smo.access.client.ScriptedServer.Answer;
import eu.nephele.smo.access.client.SmoClient;
import eu.nephele.smo.access.client.call.RetryPolicy;
import eu.nephele.smo.access.client.call.SmoProblemException;
import eu.nephele.smo.access.client.model.SmoCloudEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventSubscriptionTest {

    private final ScriptedServer server = new ScriptedServer();
    private final List<EventGap> gaps = new ArrayList<>();

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void resumesAfterTheLastEventWhenTheStreamEnds() {
        server.answers(
                stream(event(7) + ": heartbeat\n\n" + event(8)),
                Answer.lost(),
                new Answer(503, Map.of(), ""),
                stream("event: gap\ndata: {\"after\":8,\"first\":20}\n\n" + event(20)));
        try (EventSubscription events = subscribe("6")) {
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("7");
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("8");
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("20");
            assertThat(events.lastEventId()).isEqualTo("20");
        }
        assertThat(gaps).containsExactly(new EventGap(8, 20));
        assertThat(server.received())
                .extracting(call -> call.header("Last-event-id"))
                .containsExactly("6", "8", "8", "8");
        assertThat(server.received().get(0).path())
                .isEqualTo("/api/v1/events/stream?types=hdag.*%2Cservice.moved&project=p");
    }

    /** The connection stays, and nothing comes: what a machine leaves behind that was switched off. */
    @Test
    void aSilentStreamIsClosedAndResumed() {
        server.answers(stream(event(7)).staysOpen(), stream(event(8)));
        try (EventSubscription events = subscribe("6", Duration.ofMillis(300))) {
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("7");
            CompletableFuture<String> next = CompletableFuture.supplyAsync(
                    () -> events.next().map(SmoCloudEvent::sequence).orElse("none"));
            assertThat(next).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("8");
        }
        assertThat(server.received())
                .extracting(call -> call.header("Last-event-id"))
                .containsExactly("6", "7");
    }

    @Test
    void heartbeatsKeepAStream() {
        server.answers(stream(": heartbeat\n\n".repeat(8) + event(9)).slowly(Duration.ofMillis(100)));
        try (EventSubscription events = subscribe("6", Duration.ofMillis(600))) {
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("9");
        }
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aRefusalIsNoLostConnection() {
        server.answers(new Answer(403, Map.of(), "{\"detail\":\"no right\"}"));
        try (EventSubscription events = subscribe("")) {
            assertThatThrownBy(events::next).isInstanceOf(SmoProblemException.class);
        }
    }

    @Test
    void aClosedSubscriptionEnds() {
        server.answers(Answer.lost());
        EventSubscription events = subscribe("");
        CompletableFuture<Boolean> ended =
                CompletableFuture.supplyAsync(() -> events.next().isEmpty());
        events.close();
        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    @Test
    void delaysGrowUpToABoundAndBeginAnew() {
        ReconnectDelay delay = new ReconnectDelay(Duration.ofSeconds(1), Duration.ofSeconds(3));
        assertThat(List.of(delay.grow(), delay.grow(), delay.grow()))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
        delay.reset();
        assertThat(delay.grow()).isEqualTo(Duration.ofSeconds(1));
    }

    private EventSubscription subscribe(String lastEventId) {
        return subscribe(lastEventId, EventSubscription.SILENCE);
    }

    private EventSubscription subscribe(String lastEventId, Duration silence) {
        SmoClient client =
                SmoClient.create(ClientSettings.standard(server.uri()).with(RetryPolicy.NONE));
        return new EventSubscription(
                client.calls(),
                EventSelection.forProject("p").ofTypes("hdag.*", "service.moved"),
                lastEventId,
                gaps::add,
                new ReconnectDelay(Duration.ofMillis(1), Duration.ofMillis(10)),
                silence);
    }

    private static Answer stream(String body) {
        return new Answer(200, Map.of("Content-Type", "text/event-stream"), body);
    }

    private static String event(int sequence) {
        return """
                id: %d
                event: hdag.deployed
                data: {"id":"e%d","source":"urn:smo:1","type":"hdag.deployed","subject":"p/g","time":"2026-11-01T00:00:00Z","sequence":"%d","data":{}}

                """.formatted(sequence, sequence, sequence);
    }
}
