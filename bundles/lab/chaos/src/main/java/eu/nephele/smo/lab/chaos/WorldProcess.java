// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.remote.wire.Wire;
import eu.nephele.smo.lab.world.WorldReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The simulated world: a process of its own. */
final class WorldProcess implements World {

    private static final long READY_SECONDS = 60;
    private static final int OK = 200;
    private static final Pace PACE = new Pace(2500, 1500, 5000, 0, 60, 60);
    private static final List<String> CLUSTERS = List.of("north", "east", "south", "west");
    private static final String NOTHING = "";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Child child;
    private final URI url;
    private final Path configuration;
    private final Wire wire = new Wire();
    private final HttpClient http = HttpClient.newHttpClient();

    private WorldProcess(Child child, URI url, Path configuration) {
        this.child = child;
        this.url = url;
        this.configuration = configuration;
    }

    static WorldProcess start(ChaosOptions options, Path folder) throws IOException, InterruptedException {
        Path scenario = folder.resolve("world.yaml");
        try (InputStream own = WorldProcess.class.getResourceAsStream("world.yaml")) {
            if (own == null) {
                throw new IOException("world.yaml is missing in this jar");
            }
            Files.write(scenario, own.readAllBytes());
        }
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "eu.nephele.smo.lab.world.Main",
                "--with-parent",
                "--scenario",
                scenario.toString(),
                "--latency-millis",
                Integer.toString(options.latencyMillis()),
                "--seed",
                Long.toString(options.seed()));
        Child child = Child.start("world", command, folder.resolve("world.log"));
        String ready = child.awaitReady(READY_SECONDS);
        WorldProcess world = new WorldProcess(
                child,
                URI.create(new JsonMapper().readTree(ready).path("url").asText()),
                Files.createDirectories(folder.resolve("data/etc")));
        Files.writeString(
                world.configuration.resolve("eu.nephele.smo.lab.remote.cfg"), "url=%s%n".formatted(world.url));
        return world;
    }

    @Override
    public Path configuration() {
        return configuration;
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--profile", "world");
    }

    @Override
    public Pace pace() {
        return PACE;
    }

    @Override
    public Charts charts() {
        return Charts.ANY;
    }

    @Override
    public List<String> clusters() {
        return CLUSTERS;
    }

    @Override
    public List<Outage> outages() {
        return CLUSTERS.stream()
                .map(cluster -> new Outage(
                        cluster + " fails",
                        true,
                        () -> strike("clusters/" + cluster + "/fail", NOTHING),
                        () -> strike("clusters/" + cluster + "/restore", NOTHING)))
                .toList();
    }

    @Override
    public void load(int requestsPerSecond) throws IOException, InterruptedException {
        strike("load", "{\"service\":\"*\",\"requestsPerSecond\":%d}".formatted(requestsPerSecond));
    }

    @Override
    public Outside look() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(url.resolve("/world/snapshot"))
                        .timeout(TIMEOUT)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IOException("The world answers %d to the question how it is".formatted(response.statusCode()));
        }
        return new Outside(wire.read(response.body(), new TypeReference<WorldReport>() {}));
    }

    /** The hand of fate, below {@code /lab}. */
    private void strike(String path, String body) throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(url.resolve("/lab/" + path))
                        .timeout(TIMEOUT)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    @Override
    public void close() {
        child.close();
    }
}
