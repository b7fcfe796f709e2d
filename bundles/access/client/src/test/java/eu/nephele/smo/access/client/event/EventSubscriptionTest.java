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
import eu.nephele.smo.access.client.call.SmoUnreachableException;
import eu.nephele.smo.access.client.json.UnexpectedAnswerException;
import eu.nephele.smo.access.client.model.SmoCloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                stream(greeting(6) + event(7) + heartbeat(7) + event(8)),
                Answer.lost(),
                new Answer(503, Map.of(), ""),
                stream(greeting(8) + gap(8, 20) + event(20)));
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

    /** Else it would begin now again, and what has happened in between would be lost. */
    @Test
    void isResumedWhereItBeganBeforeTheFirstEvent() {
        server.answers(stream(greeting(5)), Answer.lost(), stream(greeting(5) + event(6)));
        try (EventSubscription events = subscribe("")) {
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("6");
        }
        assertThat(server.received())
                .extracting(call -> call.header("Last-event-id"))
                .containsExactly("", "5", "5");
    }

    /** Else a subscription to rare events would resume from days ago, of which the server knows a part only. */
    @Test
    void isResumedBehindWhatTheFilterLeavesOut() {
        server.answers(
                stream(greeting(6) + event(7) + heartbeat(500) + heartbeat(900)), stream(greeting(900) + event(901)));
        try (EventSubscription events = subscribe("6")) {
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("7");
            assertThat(events.lastEventId()).isEqualTo("7");
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("901");
        }
        assertThat(server.received())
                .extracting(call -> call.header("Last-event-id"))
                .containsExactly("6", "900");
    }

    @Test
    void isResumedBehindAGap() {
        server.answers(stream(greeting(8) + gap(8, 20)), stream(greeting(19) + event(20)));
        try (EventSubscription events = subscribe("8")) {
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("20");
        }
        assertThat(gaps).containsExactly(new EventGap(8, 20));
        assertThat(server.received())
                .extracting(call -> call.header("Last-event-id"))
                .containsExactly("8", "19");
    }

    /** It would come again after each attempt to connect. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: 7\nevent: hdag.deployed\ndata: <html>\n\n",
                "id: 7\nevent: hdag.deployed\ndata: {\"id\":\"e7\"}\n\n",
                "id: 7\nevent: gap\ndata: {}\n\n"
            })
    void aMessageThatIsNoEventIsAFailureBehindWhichItGoesOn(String message) {
        server.answers(stream(greeting(6) + message + event(8)).staysOpen());
        try (EventSubscription events = subscribe("6")) {
            assertThatThrownBy(events::next)
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining("id '7'");
            assertThat(events.next()).map(SmoCloudEvent::sequence).contains("8");
        }
        assertThat(server.received()).hasSize(1);
        assertThat(gaps).isEmpty();
    }

    @Test
    void whatTheReceiverOfAGapThrowsIsNoLostConnection() {
        server.answers(stream(greeting(8) + gap(8, 20) + event(20)).staysOpen());
        SmoUnreachableException failure =
                new SmoUnreachableException(server.uri(), "GET /api/v1/graphs", new IOException("gone"));
        try (EventSubscription events = subscribe("8", EventSubscription.SILENCE, gap -> {
            throw failure;
        })) {
            assertThatThrownBy(events::next).isSameAs(failure);
            assertThat(events.lastEventId()).isEqualTo("8");
        }
        assertThat(server.received()).hasSize(1);
    }

    /** The connection stays, and nothing comes: what a machine leaves behind that was switched off. */
    @Test
    void aSilentStreamIsClosedAndResumed() {
        server.answers(stream(greeting(6) + event(7)).staysOpen(), stream(greeting(7) + event(8)));
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
        server.answers(stream(greeting(6) + heartbeat(6).repeat(8) + event(9)).slowly(Duration.ofMillis(100)));
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

    /** The gap is told within the call that is to end. */
    @Test
    void aClosedSubscriptionEnds() throws InterruptedException {
        server.answers(stream(greeting(8) + gap(8, 20)).staysOpen());
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Boolean> ended;
        try (EventSubscription events =
                subscribe("8", EventSubscription.SILENCE, gap -> inside.countDown(), Duration.ofHours(1))) {
            ended = CompletableFuture.supplyAsync(() -> events.next().isEmpty());
            assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
        assertThat(server.received()).hasSize(1);
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
        return subscribe(lastEventId, silence, gaps::add);
    }

    private EventSubscription subscribe(String lastEventId, Duration silence, Consumer<EventGap> receiver) {
        return subscribe(lastEventId, silence, receiver, Duration.ofMillis(1));
    }

    private EventSubscription subscribe(
            String lastEventId, Duration silence, Consumer<EventGap> receiver, Duration pause) {
        SmoClient client =
                SmoClient.create(ClientSettings.standard(server.uri()).with(RetryPolicy.NONE));
        return new EventSubscription(
                client.calls(),
                EventSelection.forProject("p").ofTypes("hdag.*", "service.moved"),
                lastEventId,
                receiver,
                new ReconnectDelay(pause, pause.multipliedBy(10)),
                silence);
    }

    private static Answer stream(String body) {
        return new Answer(200, Map.of("Content-Type", "text/event-stream"), body);
    }

    // as the server writes them

    private static String greeting(int sequence) {
        return "retry: 2000\nid: %d\n\n:%s\n\n".formatted(sequence, " ".repeat(2048));
    }

    private static String heartbeat(int sequence) {
        return ": heartbeat\nid: %d\n\n".formatted(sequence);
    }

    private static String gap(int after, int first) {
        return "id: %d\nevent: gap\ndata: {\"after\":%d,\"first\":%d}\n\n".formatted(first - 1, after, first);
    }

    private static String event(int sequence) {
        return """
            id: %d
            event: hdag.deployed
            data: {"id":"e%d","source":"urn:smo:1","type":"hdag.deployed","subject":"p/g","time":"2026-11-01T00:00:00Z","sequence":"%d","data":{}}

            """.formatted(sequence, sequence, sequence);
    }
}
