// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rights that are taken away at the owner are gone within five seconds at the owner and at its standby, for requests and for open streams. */
@Timeout(300)
class RevocationIT {

    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Sample SAMPLE = Sample.named("minimal.yaml");
    private static final String GRAPHS = "/api/v1/projects/shop/graphs";
    private static final String GRAPH = GRAPHS + "/" + SAMPLE.graph();
    private static final String STREAM = "/api/v1/events/stream?project=shop";
    private static final String PASSWORD = "a-password-of-a-test";

    private final String database =
            Postgres.newSchema(Distribution.freshFolder("password").resolve("password"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final Map<String, Long> millis = new LinkedHashMap<>();

    /** One of two servers on the same database. */
    private final class Node implements AutoCloseable {

        private final int port = Distribution.freePort();
        private final RestClient client = RestClient.unchecked(port);
        private final Path data = Settings.fresh()
                .with("eu.nephele.smo.core.store", database)
                .with("eu.nephele.smo.access.security", "requireToken=true")
                .data();
        private final ServerProcess process = ServerProcess.ready(port, data);

        Node() throws IOException {}

        JsonNode asAdmin(String method, String path, String body, int... expected) throws Exception {
            RestClient.Answer answer = client.call(method, path, body, "Authorization", "Bearer " + adminToken());
            assertThat(expected).as("%s %s %s", method, path, answer.text()).contains(answer.status());
            return answer.text().isEmpty() ? MissingNode.getInstance() : answer.json();
        }

        /** Each server has one of its own. */
        String adminToken() throws IOException {
            return Files.readString(data.resolve("etc/admin.token")).strip();
        }

        int status(String path, String token) throws Exception {
            return client.call("GET", path, "", "Authorization", "Bearer " + token)
                    .status();
        }

        /** Done when the server has ended the stream. */
        CompletableFuture<Void> stream(String token) throws Exception {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + STREAM))
                            .header("Accept", "text/event-stream")
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            return CompletableFuture.runAsync(
                    () -> {
                        try (InputStream body = answer.body()) {
                            body.transferTo(OutputStream.nullOutputStream());
                        } catch (IOException cut) {
                            throw new UncheckedIOException(cut);
                        }
                    },
                    readers);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    @Test
    void whatIsRevokedAtTheOwnerIsGoneAtBothInTimeAndStaysSoAfterATakeover() throws Exception {
        try (Node owner = new Node();
                Node standby = new Node()) {
            List<Node> both = List.of(owner, standby);
            assertThat(owner.status("/health/owner", owner.adminToken())).isEqualTo(200);
            assertThat(standby.status("/health/owner", standby.adminToken())).isEqualTo(503);
            owner.asAdmin("POST", GRAPHS + "?wait=60", SAMPLE.as("application/json"), 200, 201, 202);
            String reader = key(owner, "reader");
            String grant = grant(owner, "key:reader");
            String kept = key(owner, "kept");
            grant(owner, "key:kept");
            owner.asAdmin("POST", "/api/v1/users", "{\"name\":\"ann\",\"password\":\"%s\"}".formatted(PASSWORD), 201);
            grant(owner, "ann");
            JsonNode session = owner.client
                    .call("POST", "/api/v1/sessions", "{\"user\":\"ann\",\"password\":\"%s\"}".formatted(PASSWORD))
                    .json();
            String login = session.path("token").asText();
            for (String token : List.of(reader, kept, login)) {
                becomes("granted", System.nanoTime(), both, token, 200);
            }

            List<CompletableFuture<Void>> streams = new ArrayList<>();
            List<CompletableFuture<Void>> others = new ArrayList<>();
            for (Node node : both) {
                streams.add(node.stream(reader));
                others.add(node.stream(kept));
            }
            long begun = System.nanoTime();
            owner.asAdmin("DELETE", "/api/v1/grants/" + grant, "", 200, 204);
            ended("streams of a grant", begun, streams);
            becomes("grant", begun, both, reader, 404);
            assertThat(others).as("those of others go on").noneMatch(CompletableFuture::isDone);

            begun = System.nanoTime();
            owner.asAdmin("DELETE", "/api/v1/sessions/" + session.path("id").asText(), "", 200, 204);
            becomes("session", begun, both, login, 401);

            begun = System.nanoTime();
            owner.asAdmin("DELETE", "/api/v1/keys/reader", "", 200, 204);
            becomes("key", begun, both, reader, 401);

            owner.process.kill();
            Await.until("the standby takes over", () -> standby.status("/health/owner", standby.adminToken()) == 200);
            assertThat(standby.status(GRAPH, reader)).isEqualTo(401);
            assertThat(standby.status(GRAPH, login)).isEqualTo(401);
            assertThat(standby.status(GRAPH, kept)).isEqualTo(200);
            List<CompletableFuture<Void>> last = List.of(standby.stream(kept));
            long now = System.nanoTime();
            standby.asAdmin("DELETE", "/api/v1/keys/kept", "", 200, 204);
            ended("streams of a key after the takeover", now, last);
            becomes("key after the takeover", now, List.of(standby), kept, 401);
        }
        readers.shutdownNow();
        System.out.println(new ObjectMapper().writeValueAsString(millis));
    }

    private static String key(Node node, String name) throws Exception {
        return node.asAdmin("POST", "/api/v1/keys", "{\"name\":\"%s\"}".formatted(name), 201)
                .path("token")
                .asText();
    }

    /** @return its id */
    private static String grant(Node node, String subject) throws Exception {
        return node.asAdmin(
                        "POST",
                        "/api/v1/grants",
                        "{\"subject\":\"%s\",\"role\":\"viewer\",\"project\":\"shop\"}".formatted(subject),
                        201)
                .path("id")
                .asText();
    }

    private void becomes(String what, long begun, List<Node> nodes, String token, int wanted) {
        for (Node node : nodes) {
            Await.within(
                    PROMISED.minusNanos(System.nanoTime() - begun),
                    () -> "%s at port %d: not %d".formatted(what, node.port, wanted),
                    () -> node.status(GRAPH, token) == wanted);
        }
        millis.put(what, (System.nanoTime() - begun) / 1_000_000);
    }

    private void ended(String what, long begun, List<CompletableFuture<Void>> streams) {
        for (CompletableFuture<Void> stream : streams) {
            assertThat(stream).as(what).succeedsWithin(PROMISED.minusNanos(System.nanoTime() - begun));
        }
        millis.put(what, (System.nanoTime() - begun) / 1_000_000);
    }
}
