// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The life of a graph can be followed through events alone, as a stream and by a webhook. */
class EventsIT {

    private static final String PROJECT = "followed";
    private static final long PATIENCE_SECONDS = 60;

    private final Sample sample = Sample.all().stream()
            .filter(each -> each.name().equals("minimal.yaml"))
            .findFirst()
            .orElseThrow();

    private static Path data() throws Exception {
        Path data = Distribution.freshData("eu.nephele.smo.core.events.webhooks", "allowedTargets=127.0.0.1");
        Files.writeString(data.resolve("etc/eu.nephele.smo.lab.simulator.cfg"), "startupDelayMillis=100");
        return data;
    }

    @Test
    void aStreamThatIsCutAndAWebhookBothTellTheWholeLifeOfAGraph() throws Exception {
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data());
                WebhookReceiver receiver = new WebhookReceiver();
                EventFollower follower = new EventFollower(port, PROJECT)) {
            assertThat(server.processId()).isPositive();
            RestClient client = new RestClient(port);
            NativeApi api = new NativeApi(client, PROJECT);
            String graph = api.graphs() + "/" + sample.graph();
            RestClient.Answer registered = client.postJson(
                    "/api/v1/webhooks", "{\"url\":\"%s\",\"projects\":[\"%s\"]}".formatted(receiver.url(), PROJECT));
            assertThat(registered.status()).as(registered.text()).isEqualTo(201);
            receiver.secret(registered.json().path("secret").asText());
            follower.connect();

            // Each step follows from what was heard, nothing is asked.
            api.deploy(sample.as("application/json"));
            hears(follower, "hdag.deployed");
            accepted(client.post(graph + "/stop"));
            hears(follower, "hdag.stopped");
            follower.cut();
            accepted(client.post(graph + "/start"));
            hears(receiver, "hdag.started");
            follower.connect();
            hears(follower, "hdag.started");
            accepted(client.delete(graph));
            hears(follower, "hdag.removed");
            hears(receiver, "hdag.removed");

            List<JsonNode> log = log(client);
            assertThat(follower.heard()).as("each once, in order").containsExactlyElementsOf(log);
            assertThat(receiver.heard()).as("signed, in order").containsExactlyElementsOf(log);
            assertThat(follower.types())
                    .containsSubsequence(
                            "hdag.accepted",
                            "hdag.deployed",
                            "hdag.accepted",
                            "hdag.stopped",
                            "hdag.accepted",
                            "hdag.started",
                            "hdag.accepted",
                            "hdag.removed");
            assertThat(follower.types()).contains("placement.decision_made", "service.deployed", "service.removed");
            assertThat(log).allSatisfy(event -> {
                assertThat(event.path("subject").asText()).startsWith(PROJECT + "/" + sample.graph());
                assertThat(event.path("time").asText()).isNotEmpty();
                assertThat(event.path("correlationid").asText())
                        .as(event.toString())
                        .isNotEmpty();
            });
            assertThat(client.get("/api/v1/webhooks/"
                                    + registered.json().path("id").asText())
                            .json()
                            .at("/backlog/waiting")
                            .asInt())
                    .isZero();
        }
    }

    private static void accepted(RestClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 202);
    }

    private static void hears(EventFollower follower, String type) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, follower::types, types -> assertThat(types).contains(type));
    }

    private static void hears(WebhookReceiver receiver, String type) throws Exception {
        Eventually.within(PATIENCE_SECONDS, receiver::heard, events -> assertThat(events)
                .extracting(event -> event.path("type").asText())
                .contains(type));
    }

    private static List<JsonNode> log(RestClient client) throws Exception {
        JsonNode page =
                client.get("/api/v1/events?limit=1000&project=" + PROJECT).json();
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }
}
