// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.server.ChildProcess;
import eu.nephele.smo.lab.harness.server.FreePort;
import eu.nephele.smo.lab.harness.server.SimulatedWorldProcess;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The server that is measured, at one address with one folder of data, in one process after the other. */
final class EngineServer implements AutoCloseable {

    private static final long READY_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int FIRST_FAILURE = 400;

    /** Intervals that an operator would choose; the profile of the world has two seconds, for crash tests. */
    private static final String SETTINGS = """
            driftSeconds=%d
            scalingIntervalSeconds=%d
            sweepSeconds=60
            orphanGraceSeconds=60
            failoverGraceSeconds=1
            longestBackOffSeconds=30
            pollMillis=500
            """;

    /** The receiver is on this machine; deliveries wait as long as a run lasts, and not long after its recovery. */
    private static final String WEBHOOKS = """
            allowedTargets=127.0.0.1
            firstBackoffMillis=1000
            maxBackoffMillis=2000
            maxAttempts=100000
            """;

    private final List<String> command;
    private final Path log;
    private final URI url;
    /** Version 1.1 explicitly: a new connection requests no upgrade. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JsonMapper json = new JsonMapper();
    private final String token;
    /** Shutdown hook, so that an interrupted run leaves no server behind. */
    private final Thread lastResort = new Thread(this::end, "server-end");

    private volatile ChildProcess child;

    private EngineServer(List<String> command, Path data, Path log, int port) throws IOException, InterruptedException {
        this.command = List.copyOf(command);
        this.log = log;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.child = ChildProcess.start("server", command, log);
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
     * @param data its folder
     * @param store configuration of the store, "" for the one that the server brings
     * @param driftSeconds interval of passes over a running graph; replicas are decided twice as often
     */
    static EngineServer start(
            List<String> command, Path folder, Path data, SimulatedWorldProcess world, String store, int driftSeconds)
            throws IOException, InterruptedException {
        Path etc = Files.createDirectories(data.resolve("etc"));
        world.configure(etc);
        Files.writeString(
                etc.resolve("eu.nephele.smo.core.engine.cfg"),
                SETTINGS.formatted(driftSeconds, Math.max(1, driftSeconds / 2)));
        Files.writeString(etc.resolve("eu.nephele.smo.core.events.webhooks.cfg"), WEBHOOKS);
        if (!store.isEmpty()) {
            Files.writeString(etc.resolve("eu.nephele.smo.core.store.cfg"), store);
        }
        int port = FreePort.choose();
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--profile", SimulatedWorldProcess.PROFILE, "--json", "--port", Integer.toString(port)));
        all.addAll(List.of("--data", data.toString()));
        return new EngineServer(all, data, folder.resolve("server.log"), port);
    }

    long pid() {
        return child.pid();
    }

    /** SIGKILL and restart; returns milliseconds until it was ready. */
    long killAndRestart() throws IOException, InterruptedException {
        ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
        child.close();
        long begun = System.nanoTime();
        child = ChildProcess.start("server", command, log);
        child.awaitReady(READY_SECONDS);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** Sends a request; the answer has a body only when it is a refusal. */
    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return http.send(request(method, path, body), EngineServer::onlyRefusals);
    }

    /** Sends a request without a wait. */
    CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String body) {
        return http.sendAsync(request(method, path, body), EngineServer::onlyRefusals);
    }

    private HttpRequest request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return request.build();
    }

    private static HttpResponse.BodySubscriber<String> onlyRefusals(HttpResponse.ResponseInfo answer) {
        return answer.statusCode() < FIRST_FAILURE
                ? HttpResponse.BodySubscribers.replacing("")
                : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    /** The answer to a GET, as JSON. */
    JsonNode ask(String path) throws IOException, InterruptedException {
        return json.readTree(text(path));
    }

    Metrics metrics() throws IOException, InterruptedException {
        return Metrics.of(text("/metrics"));
    }

    private String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = read(path);
        if (answer.statusCode() != OK) {
            throw new IOException("%s answers %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    /** Retries once when the connection breaks: a server that was stopped closes idle ones. */
    private HttpResponse<String> read(String path) throws IOException, InterruptedException {
        try {
            return http.send(request("GET", path, ""), HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            return http.send(request("GET", path, ""), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Number of operations under way. */
    long openOperations() throws IOException, InterruptedException {
        return Math.round(metrics().sum("smo_engine_operations"));
    }

    /** Graphs that are queued or worked on, or whose regular pass is due. */
    long queued() throws IOException, InterruptedException {
        Metrics now = metrics();
        return Math.round(now.sum("smo_engine_queue_graphs") + now.sum("smo_engine_overdue_graphs"));
    }

    long threads() throws IOException, InterruptedException {
        return Math.round(metrics().sum("jvm_threads_live_threads"));
    }

    /** Its process stands still, and its clocks go on. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(pid()));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("%s: %s".formatted(String.join(" ", command), said.strip()));
        }
    }

    /**
     * Runs a full collection, and reports the live bytes; without a JDK the reason why they are unknown.
     *
     * @param name of the figure
     */
    void afterCollection(ObjectNode figures, String name) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            figures.put(name + "Unknown", "missing: " + jcmd);
            return;
        }
        run(jcmd.toString(), Long.toString(pid()), "GC.run");
        figures.put(name, ServerCost.heapMegabytes(metrics()));
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
