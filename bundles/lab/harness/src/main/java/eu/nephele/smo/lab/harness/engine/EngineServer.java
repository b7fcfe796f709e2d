// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.server.AnsweredJson;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import eu.nephele.smo.lab.harness.server.SimulatedWorldProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class EngineServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
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

    /** All streams have the administrator's token, and stand for those of many callers. */
    private static final String STREAMS = "maxStreamsPerCaller=100000\n";

    /** As a server has them by default; the administrator has none. */
    private static final String LIMITS = "limitRequests=true\n";

    private final ServerUnderTest server;

    private EngineServer(ServerUnderTest server) {
        this.server = server;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param store configuration of the store, "" for the one that the server brings
     * @param spans intervals of passes over a running graph and of decisions on replicas
     */
    static EngineServer start(List<String> command, Path folder, SimulatedWorldProcess world, String store, Spans spans)
            throws IOException, InterruptedException {
        Path etc = Files.createDirectories(folder.resolve("data/etc"));
        world.configure(etc);
        Files.writeString(
                etc.resolve("eu.nephele.smo.core.engine.cfg"),
                SETTINGS.formatted(spans.driftSeconds(), spans.scalingSeconds()));
        Files.writeString(etc.resolve("eu.nephele.smo.core.events.webhooks.cfg"), WEBHOOKS);
        Files.writeString(etc.resolve("eu.nephele.smo.access.rest.cfg"), STREAMS);
        Files.writeString(etc.resolve("eu.nephele.smo.access.security.cfg"), LIMITS);
        if (!store.isEmpty()) {
            Files.writeString(etc.resolve("eu.nephele.smo.core.store.cfg"), store);
        }
        return new EngineServer(
                ServerUnderTest.start(command, folder, PATIENCE, "--profile", SimulatedWorldProcess.PROFILE));
    }

    ServerUnderTest process() {
        return server;
    }

    /** Sends a request; the answer has a body only when it is a refusal. */
    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return server.http().send(server.request(method, path, body), EngineServer::onlyRefusals);
    }

    private static HttpResponse.BodySubscriber<String> onlyRefusals(HttpResponse.ResponseInfo answer) {
        return answer.statusCode() < FIRST_FAILURE
                ? HttpResponse.BodySubscribers.replacing("")
                : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    JsonNode ask(String path) throws IOException, InterruptedException {
        return AnsweredJson.read("GET " + path, text(path));
    }

    Metrics metrics() throws IOException, InterruptedException {
        return Metrics.of(text("/metrics"));
    }

    /** Retries once when the connection breaks: a server that was stopped closes idle ones. */
    private String text(String path) throws IOException, InterruptedException {
        HttpRequest request = server.request("GET", path, "");
        HttpResponse<String> answer;
        try {
            answer = server.http().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            answer = server.http().send(request, HttpResponse.BodyHandlers.ofString());
        }
        return ServerUnderTest.body(answer);
    }

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

    /** Runs a full collection, and reports the live bytes; without a JDK the reason why they are unknown. */
    void afterCollection(ObjectNode figures, String name) throws IOException, InterruptedException {
        if (!Files.isExecutable(ServerUnderTest.JCMD)) {
            figures.put(name + "Unknown", "missing: " + ServerUnderTest.JCMD);
            return;
        }
        server.jcmd("GC.run");
        figures.put(name, ServerCost.heapMegabytes(metrics()));
    }

    @Override
    public void close() {
        server.close();
    }
}
