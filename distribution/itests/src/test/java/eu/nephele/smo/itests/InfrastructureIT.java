// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server is killed while a rack makes a cluster: the request is there afterwards and ends, and there is one cluster. */
class InfrastructureIT {

    private static final long PATIENCE_SECONDS = 90;
    private static final String RACK = "/api/v1/infrastructure/rack";

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    /** Keys of what was asked to be made, as they came. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    /** Names of what was made, by key. */
    private final Map<String, String> made = new ConcurrentSkipListMap<>();

    private final CountDownLatch finished = new CountDownLatch(1);
    private HttpServer rack;
    private Path data;

    @BeforeEach
    void startTheRack() throws IOException {
        rack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rack.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "rack");
            thread.setDaemon(true);
            return thread;
        }));
        rack.createContext("/pools", this::answer);
        rack.start();
        data = Settings.fresh()
                .with(
                        "eu.h3ni.rack-infrastructure",
                        "url=http://127.0.0.1:" + rack.getAddress().getPort())
                .data();
    }

    @AfterEach
    void stopTheRack() {
        finished.countDown();
        rack.stop(0);
    }

    @Test
    void aRequestOutlivesAKillAndMakesOneCluster() throws Exception {
        String where;
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            install();
            RestClient.Answer accepted = change("POST", RACK, "{\"name\":\"burst\"}");
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
            where = accepted.headers().firstValue("Location").orElseThrow();
            Eventually.within(
                    PATIENCE_SECONDS, () -> asked, keys -> assertThat(keys).isNotEmpty());
            server.kill();
        }
        finished.countDown();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            JsonNode done = ended(where);
            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
            assertThat(done.at("/result/id").asText()).isEqualTo("burst");
            assertThat(asked).hasSizeGreaterThan(1).allMatch(asked.get(0)::equals);
            assertThat(made).as("one for one key").containsOnlyKeys(asked.get(0));
            assertThat(items(RACK)).map(item -> item.path("id").asText()).containsExactly("burst");
            isSeenAsAResource(where);
            goesWithItsCluster();
        }
    }

    private void isSeenAsAResource(String where) throws Exception {
        List<JsonNode> resources = items("/api/v1/kinds/infrastructure/resources?field=/provider=rack");
        assertThat(resources).hasSize(1);
        assertThat(resources.get(0).at("/observed/id").asText()).isEqualTo("burst");
        String operation = where.substring(where.lastIndexOf('/') + 1);
        assertThat(client.get("/api/v1/operations/" + operation)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("SUCCEEDED");
        assertThat(items("/api/v1/events?types=infrastructure.*"))
                .map(event -> event.path("type").asText())
                .contains("infrastructure.created", "infrastructure.ready");
    }

    private void goesWithItsCluster() throws Exception {
        RestClient.Answer accepted = change("DELETE", RACK + "/items/burst", "");
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        JsonNode done = ended(accepted.headers().firstValue("Location").orElseThrow());
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
        assertThat(made).isEmpty();
        assertThat(items("/api/v1/kinds/infrastructure/resources")).isEmpty();
        assertThat(items(RACK + "/requests"))
                .map(item ->
                        item.path("action").asText() + " " + item.path("state").asText())
                .containsExactly("DELETE DONE", "CREATE DONE");
    }

    private JsonNode ended(String where) throws Exception {
        return Eventually.within(PATIENCE_SECONDS, () -> client.get(where).json(), request -> assertThat(
                        request.path("state").asText())
                .as(request.toString())
                .isIn("DONE", "FAILED"));
    }

    private List<JsonNode> items(String path) throws Exception {
        RestClient.Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .toList();
    }

    private RestClient.Answer change(String method, String path, String body) throws Exception {
        return client.call(method, path, body, "Authorization", "Bearer " + token());
    }

    private void install() throws Exception {
        URI uri = URI.create("http://127.0.0.1:%d/api/v1/plugins?wait=30&name=rack.jar".formatted(port));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofFile(
                        Distribution.HOME.resolve("examples/rack-infrastructure-1.0.0.jar")))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        Eventually.within(PATIENCE_SECONDS, () -> client.get(RACK), there -> assertThat(there.status())
                .as(there.text())
                .isEqualTo(200));
    }

    private String token() throws IOException {
        return Files.readString(data.resolve("etc/admin.token")).strip();
    }

    /** As its README says; what is made first is told when the test says so. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String name = body.contains("burst") ? "burst" : "other";
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                String key = String.valueOf(exchange.getRequestURI().getRawQuery());
                made.putIfAbsent(key, name);
                asked.add(key);
                awaitTheEnd();
                send(exchange, 200, name + ";READY;1\n");
            }
            case "DELETE" -> {
                made.clear();
                send(exchange, 204, "");
            }
            default ->
                send(
                        exchange,
                        200,
                        String.join(
                                "",
                                made.values().stream()
                                        .map(pool -> pool + ";READY;1\n")
                                        .toList()));
        }
    }

    private void awaitTheEnd() {
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
