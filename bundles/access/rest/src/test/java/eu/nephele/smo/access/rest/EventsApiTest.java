// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of events. */
@Timeout(30)
final class EventsApiTest {

    private static final String EVENTS = "/api/v1/events";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private void publish(int count, String type, String project) {
        for (int i = 0; i < count; i++) {
            api.events.log.publish(type, project);
        }
    }

    @Test
    void eventsAreCloudEvents() {
        api.events.log.publish("service.moved", "demo", "for the night");

        JsonNode event = api.get(EVENTS).json().path("items").get(0);

        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo("event-1");
        assertThat(event.path("source").asText()).isEqualTo("urn:smo:7d2c");
        assertThat(event.path("type").asText()).isEqualTo("service.moved");
        assertThat(event.path("subject").asText()).isEqualTo("demo/hello");
        assertThat(event.path("time").asText()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(event.path("sequence").asText()).isEqualTo("00000000000000000001");
        assertThat(event.path("correlationid").asText()).isEqualTo("call-1");
        assertThat(event.path("operation").asText()).isEqualTo("op-1");
        assertThat(event.path("data").path("note").asText()).isEqualTo("for the night");
    }

    @Test
    void readingOnFromNextAfterTellsEachEventOnceAndInOrder() {
        publish(250, "hdag.deployed", "demo");
        List<String> sequences = new ArrayList<>();
        String after = "0";
        JsonNode page;
        do {
            page = api.get(EVENTS + "?limit=100&after=" + after).json();
            page.path("items")
                    .forEach(event -> sequences.add(event.path("sequence").asText()));
            after = page.path("nextAfter").asText();
        } while (page.path("more").asBoolean());

        assertThat(sequences).hasSize(250).isSorted().doesNotHaveDuplicates();
        assertThat(after).isEqualTo("250");
        publish(1, "hdag.stopped", "demo");
        assertThat(api.get(EVENTS + "?after=" + after).json().path("items")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 6",
        "?types=hdag.deployed, 2",
        "?types=hdag.*, 4",
        "'?types=hdag.stopped,service.*', 4",
        "?types=*, 6",
        "?project=demo, 3",
        "'?project=demo,other', 6",
        "?project=nobody, 0",
        "?types=hdag.*&project=other, 2",
        "?after=4, 2",
    })
    void filtersByTypeProjectAndPlace(String query, int expected) {
        for (String project : List.of("demo", "other")) {
            for (String type : List.of("hdag.deployed", "hdag.stopped", "service.scaled")) {
                publish(1, type, project);
            }
        }

        JsonNode page = api.get(EVENTS + query).json();

        assertThat(page.path("items")).hasSize(expected);
        assertThat(page.path("nextAfter").asLong())
                .as("what the filter left out need not be looked at again")
                .isEqualTo(6);
    }

    @Test
    void showsWhatIsNotKeptAnyMore() {
        publish(10, "hdag.deployed", "demo");
        api.events.log.pruneBefore(8);

        JsonNode page = api.get(EVENTS + "?after=3").json();

        assertThat(page.path("first").asLong()).isEqualTo(8);
        assertThat(page.path("last").asLong()).isEqualTo(10);
        assertThat(page.path("items")).hasSize(3);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        publish(1, "hdag.deployed", "demo");
        String tag = api.get(EVENTS).header("ETag");

        assertThat(api.get(EVENTS, "If-None-Match", tag).status()).isEqualTo(304);
        publish(1, "hdag.stopped", "demo");
        assertThat(api.get(EVENTS, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?after=-1",
                "?after=soon",
                "?limit=0",
                "?types=Hdag",
                "?types=a,,b",
                "?types=*.deployed",
                "?project=Not%20A%20Name",
                "?kind=x",
                "/stream?after=-1",
                "/stream?types=*.deployed",
                "/stream?limit=3"
            })
    void aQueryThatIsWrongIs400(String query) {
        Api.Answer answer = api.get(EVENTS + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid");
    }

    @Test
    void aStreamThatIsResumedAtNoPlaceIs400() {
        Api.Answer answer = api.get(EVENTS + "/stream", "Last-Event-ID", "abc");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Last-Event-ID");
    }

    @Test
    void aStreamIsAnsweredToHeadWithoutBeingOpened() {
        Api.Answer answer = api.call("HEAD", EVENTS + "/stream", java.net.http.HttpRequest.BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        for (int i = 0; i < Api.MAX_STREAMS; i++) {
            api.call("HEAD", EVENTS + "/stream", java.net.http.HttpRequest.BodyPublishers.noBody());
        }
        assertThat(api.openStream().statusCode())
                .as("no place is taken by a question about the head")
                .isEqualTo(200);
    }

    @Test
    void withoutTheLogListAndStreamAre503() {
        api.events.away = true;

        for (String path : List.of("", "/stream")) {
            Api.Answer answer = api.get(EVENTS + path);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("2");
            assertThat(answer.json().path("detail").asText()).contains("log of events");
        }
    }
}
