// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import eu.nephele.smo.lab.chaos.Child;
import eu.nephele.smo.lab.chaos.FreePort;
import eu.nephele.smo.lab.chaos.SimulatedWorld;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The server that is measured, at one address with one folder of data, in one process after the other. */
final class EngineServer implements AutoCloseable {

    private static final long READY_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    /** The profile of the world looks at everything every two seconds, for crash tests; this is what an operator would choose. */
    private static final String SETTINGS = """
            driftSeconds=60
            scalingIntervalSeconds=30
            sweepSeconds=60
            orphanGraceSeconds=60
            failoverGraceSeconds=1
            longestBackOffSeconds=30
            pollMillis=500
            """;

    private final List<String> command;
    private final Path data;
    private final Path log;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token;
    /** Whoever interrupts the run must not leave a server behind. */
    private final Thread lastResort = new Thread(this::end, "server-end");

    private volatile Child child;

    private EngineServer(List<String> command, Path data, Path log, int port) throws IOException, InterruptedException {
        this.command = List.copyOf(command);
        this.data = data;
        this.log = log;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.child = Child.start("server", command, log);
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            child.awaitReady(READY_SECONDS);
        } catch (IOException | InterruptedException failed) {
            close();
            throw failed;
        }
        this.token = Files.readString(data.resolve("etc/admin.token")).strip();
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param command that starts a server, to which options are added
     * @param store configuration of the store, "" for the one that the server brings
     */
    static EngineServer start(List<String> command, Path folder, SimulatedWorld world, String store)
            throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path etc = Files.createDirectories(data.resolve("etc"));
        world.configure(etc);
        Files.writeString(etc.resolve("eu.nephele.smo.core.engine.cfg"), SETTINGS);
        if (!store.isEmpty()) {
            Files.writeString(etc.resolve("eu.nephele.smo.core.store.cfg"), store);
        }
        int port = FreePort.choose();
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--profile", SimulatedWorld.PROFILE, "--json", "--port", Integer.toString(port)));
        all.addAll(List.of("--data", data.toString()));
        return new EngineServer(all, data, folder.resolve("server.log"), port);
    }

    long pid() {
        return child.pid();
    }

    /** SIGKILL, at once the same again; how long it took until ready, in milliseconds. */
    long killAndRestart() throws IOException, InterruptedException {
        ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
        child.close();
        long begun = System.nanoTime();
        child = Child.start("server", command, log);
        child.awaitReady(READY_SECONDS);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    Metrics metrics() throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "/metrics", "");
        if (answer.statusCode() != OK) {
            throw new IOException("/metrics answers %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        return Metrics.of(answer.body());
    }

    Reading read() throws IOException, InterruptedException {
        return Reading.of(pid(), metrics());
    }

    /** Size of everything that it has stored in files, the embedded database among it. */
    long dataMegabytes() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes / (1024 * 1024);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        child.close();
    }

    private void end() {
        child.close();
    }
}
