// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The simulated federation as a process of its own, with its fault commands. Ends with the process that started it. */
public final class SimulatedWorldProcess implements AutoCloseable {

    /** Name of the server's profile whose adapter lives with it. */
    public static final String PROFILE = "world";

    private static final long READY_SECONDS = 60;
    private static final int FIRST_FAILURE = 300;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ChildProcess child;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();

    private SimulatedWorldProcess(ChildProcess child, URI url) {
        this.child = child;
        this.url = url;
    }

    /**
     * @param heapMegabytes at most
     * @param latencyMillis longest duration of a call to it
     */
    public static SimulatedWorldProcess start(
            Path scenario, int heapMegabytes, int latencyMillis, long seed, Path folder)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx%dm".formatted(heapMegabytes),
                "-cp",
                System.getProperty("java.class.path"),
                "eu.nephele.smo.lab.remote.world.Main",
                "--with-parent",
                "--scenario",
                scenario.toString(),
                "--latency-millis",
                Integer.toString(latencyMillis),
                "--seed",
                Long.toString(seed));
        ChildProcess child = ChildProcess.start("world", command, folder.resolve("world.log"));
        String ready = child.awaitReady(READY_SECONDS);
        return new SimulatedWorldProcess(
                child, URI.create(new JsonMapper().readTree(ready).path("url").asText()));
    }

    public long pid() {
        return child.pid();
    }

    public void configure(Path etc) throws IOException {
        Files.writeString(etc.resolve("eu.nephele.smo.lab.remote.cfg"), "url=%s%n".formatted(url));
    }

    /**
     * Sends a fault command below {@code /lab}.
     *
     * @throws IOException when the world refuses it
     */
    public void strike(String path, String body) throws IOException, InterruptedException {
        fate("POST", path, body);
    }

    /**
     * @param path below {@code /lab}
     * @throws IOException when the world refuses it
     */
    public void remove(String path) throws IOException, InterruptedException {
        fate("DELETE", path, "");
    }

    private void fate(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(url.resolve("/lab/" + path))
                        .timeout(TIMEOUT)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= FIRST_FAILURE) {
            throw new IOException("The world answers %d to %s: %s".formatted(answer.statusCode(), path, answer.body()));
        }
    }

    public byte[] snapshot() throws IOException, InterruptedException {
        return fetch("/world/snapshot");
    }

    /** Returns the servers that have written to it, as JSON. */
    public byte[] owners() throws IOException, InterruptedException {
        return fetch("/owners");
    }

    private byte[] fetch(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= FIRST_FAILURE) {
            throw new IOException("The world answers %d to %s".formatted(response.statusCode(), path));
        }
        return response.body();
    }

    @Override
    public void close() {
        child.close();
    }
}
