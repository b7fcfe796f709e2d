// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.harness.server.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server of the profile {@code swap} in a process of its own, and the calls to it. */
final class SwapServer implements AutoCloseable {

    private static final long READY_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ChildProcess child;
    private final URI url;
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    /** Shutdown hook, so that an interrupted run leaves no server behind. */
    private final Thread lastResort;

    private SwapServer(ChildProcess child, Thread lastResort, URI url, Path data) {
        this.child = child;
        this.url = url;
        this.data = data;
        this.lastResort = lastResort;
    }

    static SwapServer start(List<String> command, Path folder) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("data"));
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--profile", "swap", "--json", "--port", "0", "--data", data.toString()));
        ChildProcess child = ChildProcess.start("server", all, folder.resolve("server.log"));
        Thread lastResort = new Thread(child::close, "server-end");
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            String ready = child.awaitReady(READY_SECONDS);
            URI url = URI.create(new JsonMapper().readTree(ready).path("url").asText());
            return new SwapServer(child, lastResort, url, data);
        } catch (IOException | InterruptedException failed) {
            Runtime.getRuntime().removeShutdownHook(lastResort);
            child.close();
            throw failed;
        }
    }

    Path plugins() throws IOException {
        return Files.createDirectories(data.resolve("plugins"));
    }

    /** @throws IOException when the answer is not 2xx */
    JsonNode get(String path) throws IOException, InterruptedException {
        return read(send("GET", path, ""));
    }

    /** @throws IOException when the answer is not 2xx */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return read(send("POST", path, body));
    }

    /** @throws IOException when the answer is not 2xx */
    void delete(String path) throws IOException, InterruptedException {
        read(send("DELETE", path, ""));
    }

    int status(String path) throws IOException, InterruptedException {
        return send("GET", path, "").statusCode();
    }

    private JsonNode read(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s answers %d: %s"
                    .formatted(
                            answer.request().uri(),
                            answer.statusCode(),
                            new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return answer.body().length == 0 ? json.createObjectNode() : json.readTree(answer.body());
    }

    private HttpResponse<byte[]> send(String method, String path, String body)
            throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("etc/admin.token")).strip();
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        child.close();
    }
}
