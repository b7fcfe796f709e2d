// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More than a thousand events reach those who asked for them, although the receiver is away for a time and the server is killed. */
class WebhookKillIT {

    private static final int GRAPHS = 80;
    private static final int CLIENTS = 8;
    private static final int EVENTS = 1_000;
    private static final long PATIENCE_SECONDS = 90;
    private static final String PROJECT = "told";

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final NativeApi api = new NativeApi(client, PROJECT);
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void eachEventArrivesSignedInOrderPerGraphAndStreamsMissNone() throws Exception {
        Settings settings = Settings.fresh()
                .world(new int[] {400})
                .with(
                        "eu.nephele.smo.core.events.webhooks",
                        "allowedTargets=127.0.0.1",
                        "answerTimeoutMillis=1500",
                        "firstBackoffMillis=100",
                        "maxBackoffMillis=500",
                        "maxAttempts=1000");
        try (RecordingReceiver receiver = new RecordingReceiver();
                EventFollower follower = new EventFollower(port, PROJECT)) {
            HttpServer troublesome = troublesome();
            try {
                try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
                    receiver.secret(register(receiver.url()).path("secret").asText());
                    for (String path : List.of("hangs", "redirects", "fails")) {
                        register("http://127.0.0.1:%d/%s"
                                .formatted(troublesome.getAddress().getPort(), path));
                    }
                    assertForbiddenAddressesAreRefused();
                    follower.connect();
                    all("deploy", graph -> client.postJson(api.graphs(), descriptor(graph)));
                    server.kill();
                }
                receiver.goDown();
                try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
                    follower.connect();
                    awaitAll("RUNNING");
                    all("stop", graph -> client.post(api.graphs() + "/" + graph + "/stop"));
                    receiver.comeUp();
                    server.kill();
                }
                try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
                    assertThat(server.processId()).isPositive();
                    follower.connect();
                    awaitAll("STOPPED");
                    all("start", graph -> client.post(api.graphs() + "/" + graph + "/start"));
                    awaitAll("RUNNING");
                    all("remove", graph -> client.delete(api.graphs() + "/" + graph));
                    List<JsonNode> log = Eventually.within(
                            PATIENCE_SECONDS, () -> new Followed(client).events(PROJECT), events -> assertThat(events)
                                    .filteredOn(
                                            event -> event.path("type").asText().equals("hdag.removed"))
                                    .hasSize(GRAPHS));
                    assertThat(log).hasSizeGreaterThan(EVENTS);
                    assertTold(log, receiver);
                    assertStreamed(log, follower);
                }
            } finally {
                over.countDown();
                troublesome.stop(0);
            }
        }
    }

    private static void assertTold(List<JsonNode> log, RecordingReceiver receiver) throws Exception {
        Set<String> ids = ids(log);
        List<RecordingReceiver.Delivery> deliveries =
                Eventually.within(PATIENCE_SECONDS, receiver::deliveries, seen -> assertThat(ids(events(seen)))
                        .containsAll(ids));
        assertThat(ids(events(deliveries))).as("nothing that is not in the log").hasSameElementsAs(ids);
        assertThat(deliveries).allMatch(RecordingReceiver.Delivery::genuine);
        assertThat(deliveries).allSatisfy(delivery -> assertThat(delivery.id())
                .isEqualTo(delivery.event().path("id").asText()));
        assertThat(receiver.accidents()).as("some came again").isPositive();
        assertThat(deliveries.size()).isGreaterThanOrEqualTo(ids.size() + receiver.accidents() - 1);
        Map<String, JsonNode> byId = new HashMap<>();
        Map<String, Long> place = new HashMap<>();
        for (JsonNode event : events(deliveries)) {
            JsonNode first = byId.putIfAbsent(event.path("id").asText(), event);
            assertThat(event).as("the same when delivered again").isEqualTo(first == null ? event : first);
            String subject = graph(event);
            long before = place.getOrDefault(subject, 0L);
            long sequence = Followed.sequence(event);
            assertThat(sequence).as("order of %s", subject).isGreaterThanOrEqualTo(before);
            place.put(subject, sequence);
        }
    }

    private static void assertStreamed(List<JsonNode> log, EventFollower follower) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, follower::heard, heard -> assertThat(heard).hasSizeGreaterThanOrEqualTo(log.size()));
        assertThat(follower.heard()).as("each once, in order").isEqualTo(log);
    }

    private void assertForbiddenAddressesAreRefused() throws Exception {
        for (String url : List.of("http://127.0.0.2:1/in", "http://169.254.169.254/latest", "http://[::1]:1/in")) {
            RestClient.Answer refused = client.postJson("/api/v1/webhooks", "{\"url\":\"%s\"}".formatted(url));
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/pointer").asText())
                    .as(refused.text())
                    .isEqualTo("/url");
        }
    }

    private JsonNode register(String url) throws Exception {
        RestClient.Answer answer =
                client.postJson("/api/v1/webhooks", "{\"url\":\"%s\",\"projects\":[\"%s\"]}".formatted(url, PROJECT));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    /** Receivers that nobody else should have to wait for. */
    private HttpServer troublesome() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "troublesome");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/hangs", call -> {
            try (call) {
                over.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/redirects", call -> {
            try (call) {
                call.getResponseHeaders().set("Location", "http://127.0.0.1:%d/api/v1/clusters".formatted(port));
                call.sendResponseHeaders(307, -1);
            }
        });
        server.createContext("/fails", call -> {
            try (call) {
                call.sendResponseHeaders(500, -1);
            }
        });
        server.start();
        return server;
    }

    private interface Call {
        RestClient.Answer make(String graph) throws Exception;
    }

    private static void all(String what, Call call) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<RestClient.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < GRAPHS; i++) {
                String graph = "g" + i;
                answers.add(clients.submit(() -> call.make(graph)));
            }
            for (Future<RestClient.Answer> answer : answers) {
                RestClient.Answer got = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(got.status()).as("%s: %s", what, got.text()).isIn(200, 202);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void awaitAll(String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, api::byPhase, phases -> assertThat(phases.getOrDefault(phase, List.of()))
                .hasSize(GRAPHS));
    }

    private static String descriptor(String graph) {
        return Descriptors.graph(graph, Descriptors.service(graph + "-only"));
    }

    private static String graph(JsonNode event) {
        String[] parts = event.path("subject").asText().split("/", -1);
        return parts[0] + "/" + parts[1];
    }

    private static List<JsonNode> events(List<RecordingReceiver.Delivery> deliveries) {
        return deliveries.stream().map(RecordingReceiver.Delivery::event).toList();
    }

    private static Set<String> ids(List<JsonNode> events) {
        Set<String> ids = new LinkedHashSet<>();
        events.forEach(event -> ids.add(event.path("id").asText()));
        return ids;
    }
}
