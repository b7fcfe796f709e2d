// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.AnsweredJson;
import eu.nephele.smo.lab.harness.server.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Played engines as a process of their own, and a look behind them. Ends with the process that started it. */
final class EnginesProcess implements AutoCloseable {

    /** The image that all of them have. */
    static final String IMAGE = "localhost/app:1";

    private static final int HEAP_MEGABYTES = 512;
    private static final long READY_SECONDS = 60;
    private static final int FIRST_FAILURE = 300;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ChildProcess child;
    private final Path sockets;
    private final JsonNode ready;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private EnginesProcess(ChildProcess child, Path sockets, JsonNode ready) {
        this.child = child;
        this.sockets = sockets;
        this.ready = ready;
    }

    static EnginesProcess start(int engines, int delayMillis, Path folder) throws IOException, InterruptedException {
        // paths of sockets are short
        Path sockets = Files.createTempDirectory("smo-e-");
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx%dm".formatted(HEAP_MEGABYTES),
                "-cp",
                System.getProperty("java.class.path"),
                "eu.nephele.smo.lab.testbed.Main",
                "engines",
                "--dir",
                sockets.toString(),
                "--engines",
                Integer.toString(engines),
                "--delay-millis",
                Integer.toString(delayMillis),
                "--images",
                IMAGE);
        ChildProcess child = ChildProcess.start("engines", command, folder.resolve("engines.log"));
        String line = child.awaitReady(READY_SECONDS);
        return new EnginesProcess(child, sockets, AnsweredJson.read("engines", line));
    }

    /**
     * A server as the file has it.
     *
     * @param host address of its published ports
     */
    record PlayedServer(String name, String host, String socket) {}

    List<PlayedServer> servers() {
        List<PlayedServer> servers = new ArrayList<>();
        ready.path("engines")
                .forEach(engine -> servers.add(new PlayedServer(
                        engine.path("name").asText(),
                        engine.path("host").asText(),
                        engine.path("socket").asText())));
        return servers;
    }

    /** Running containers by service: their ids. */
    Map<String, Set<String>> running() throws IOException, InterruptedException {
        Map<String, Set<String>> running = new TreeMap<>();
        for (JsonNode container : get("containers")) {
            if (container.path("running").asBoolean()
                    && !container.path("service").asText().isEmpty()) {
                running.computeIfAbsent(container.path("service").asText(), any -> new HashSet<>())
                        .add(container.path("id").asText());
            }
        }
        return running;
    }

    /** Containers of the server that do not run. */
    long stopped() throws IOException, InterruptedException {
        long stopped = 0;
        for (JsonNode container : get("containers")) {
            if (!container.path("running").asBoolean()) {
                stopped++;
            }
        }
        return stopped;
    }

    /** @param what below {@code /lab} */
    JsonNode get(String what) throws IOException, InterruptedException {
        return AnsweredJson.read("GET /lab/" + what, send("GET", what));
    }

    void put(String what) throws IOException, InterruptedException {
        send("PUT", what);
    }

    void post(String what) throws IOException, InterruptedException {
        send("POST", what);
    }

    private String send(String method, String what) throws IOException, InterruptedException {
        URI address = URI.create(ready.path("control").asText() + "/lab/" + what);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= FIRST_FAILURE) {
            throw new IOException(
                    "The engines answer %d to %s: %s".formatted(answer.statusCode(), what, answer.body()));
        }
        return answer.body();
    }

    @Override
    public void close() {
        child.close();
        try (var left = Files.list(sockets)) {
            for (Path socket : left.toList()) {
                Files.deleteIfExists(socket);
            }
            Files.deleteIfExists(sockets);
        } catch (IOException stays) {
            System.err.printf("%s is left: %s%n", sockets, stays.getMessage());
        }
    }
}
