// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.harness.server.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server under attack, in a process of its own, and the calls of an honest operator. */
final class AttackServer implements AutoCloseable {

    /** The graph of an honest user. */
    static final String WITNESS = "witness";

    /** The plugin of its operator. */
    static final String WITNESS_PLUGIN = "attack.witness";

    private static final long READY_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ChildProcess child;
    private final URI url;
    private final Path data;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final JsonMapper json = new JsonMapper();
    /** Shutdown hook, so that an interrupted run leaves no server behind. */
    private final Thread lastResort;

    private AttackServer(ChildProcess child, Thread lastResort, URI url, Path data, String token) {
        this.child = child;
        this.lastResort = lastResort;
        this.url = url;
        this.data = data;
        this.token = token;
    }

    static AttackServer start(List<String> command, Path folder) throws IOException, InterruptedException {
        Path data = folder.toAbsolutePath().resolve("data");
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--json", "--port", "0", "--data", data.toString()));
        ChildProcess child = ChildProcess.start("server", all, folder.resolve("server.log"));
        Thread lastResort = new Thread(child::close, "server-end");
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            String ready = child.awaitReady(READY_SECONDS);
            URI url = URI.create(new JsonMapper().readTree(ready).path("url").asText());
            String token = Files.readString(data.resolve("etc/admin.token")).strip();
            return new AttackServer(child, lastResort, url, data, token);
        } catch (IOException | InterruptedException failed) {
            Runtime.getRuntime().removeShutdownHook(lastResort);
            child.close();
            throw failed;
        }
    }

    Path data() {
        return data;
    }

    int port() {
        return url.getPort();
    }

    Jcmd process() {
        return new Jcmd(child.pid());
    }

    /** The server as seen by case {@code number}. */
    AttackTarget target(int number) {
        return new AttackTarget(number, url.getAuthority(), token);
    }

    /** Status of a GET without a token. */
    int status(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).build())
                .statusCode();
    }

    String text(String path) throws IOException, InterruptedException {
        return good(call("GET", path, "")).body();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(text(path));
    }

    /** Deploys a graph of one service and waits for its end. */
    void deploy(String graph) throws IOException, InterruptedException {
        good(call("POST", AttackTarget.GRAPHS + "?wait=60", NumberAttack.descriptor(graph, "", "")));
    }

    /** Installs a valid plugin, which proves that the others are refused for their additions. */
    void install(String plugin) throws IOException, InterruptedException {
        JsonNode operation = json.readTree(good(send(HttpRequest.newBuilder(url.resolve("/api/v1/plugins?wait=60"))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/java-archive")
                        .POST(BodyPublishers.ofByteArray(new HostilePluginJar(plugin).bytes()))
                        .build()))
                .body());
        if (!operation.path("state").asText().equals("SUCCEEDED")) {
            throw new IOException("A valid plugin is not installed: " + operation);
        }
    }

    /** Deletes an object; 404 is no failure. */
    void delete(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("DELETE", path, "");
        if (answer.statusCode() != 404) {
            good(answer);
        }
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> good(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s %s answers %d: %s"
                    .formatted(answer.request().method(), answer.uri(), answer.statusCode(), answer.body()));
        }
        return answer;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        child.close();
    }
}
