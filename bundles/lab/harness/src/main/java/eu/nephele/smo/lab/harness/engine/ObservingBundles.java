// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.AnsweredJson;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * By which a running server is watched: metrics are turned off and on by their configuration, the bundle of traces is stopped and
 * started as an administrator does it, in the web console. Without an audit no change is accepted: one that keeps nothing is put before it.
 */
final class ObservingBundles {

    private static final List<String> BUNDLES = List.of("eu.nephele.smo.ops.tracing");

    private static final String REQUESTS = "smo_http_requests_seconds_count";
    private static final String LOAD = "eu.nephele.smo.lab.harness.load";
    private static final String SILENCE = LOAD + ".silence";
    private static final String SERVICES = "/system/console/services.json";
    private static final String CONSOLE = "/system/console/bundles";
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 200;
    private static final int OK = 200;

    private final ServerUnderTest server;

    ObservingBundles(ServerUnderTest server) {
        this.server = server;
    }

    void stop() throws IOException, InterruptedException {
        awaitConsole();
        for (String bundle : BUNDLES) {
            order(bundle, "stop");
            await(bundle, "Resolved");
        }
        silence(true);
        record(false);
    }

    void start() throws IOException, InterruptedException {
        awaitConsole();
        silence(false);
        for (String bundle : BUNDLES) {
            order(bundle, "start");
            await(bundle, "Active");
        }
        record(true);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (status("/health/ready") != OK) {
            requireTime(end, "the server is not ready again");
        }
    }

    private void record(boolean wanted) throws IOException, InterruptedException {
        Files.writeString(
                server.data().resolve("etc/eu.nephele.smo.ops.observability.cfg"), "record=%s%n".formatted(wanted));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (isRecording() != wanted) {
            requireTime(end, "the configuration of metrics does not count");
        }
    }

    /** A request may be counted a little after its answer. */
    private boolean isRecording() throws IOException, InterruptedException {
        double before = requests();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        return requests() > before;
    }

    private double requests() throws IOException, InterruptedException {
        return Metrics.of(server.text(server.request("/metrics").build())).sum(REQUESTS);
    }

    /** It sleeps until somebody comes. */
    private void awaitConsole() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (status(CONSOLE + ".json") != OK) {
            requireTime(end, "the web console does not answer");
        }
    }

    private static void requireTime(long endNanos, String otherwise) throws IOException, InterruptedException {
        if (System.nanoTime() > endNanos) {
            throw new IOException(otherwise);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private int status(String path) throws IOException, InterruptedException {
        return server.http()
                .send(server.request(path).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void order(String bundle, String action) throws IOException, InterruptedException {
        HttpRequest request = server.request("%s/%s?action=%s".formatted(CONSOLE, bundle, action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        ServerUnderTest.body(server.http().send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private void silence(boolean wanted) throws IOException, InterruptedException {
        Path config = server.data().resolve("etc/%s.cfg".formatted(SILENCE));
        if (wanted) {
            Files.writeString(config, "reason=./smo bench engine\n");
        } else {
            Files.deleteIfExists(config);
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!isSeen(wanted)) {
            requireTime(end, "the configuration of the silent audit does not count");
        }
    }

    /** The console ends its list of services in the middle when one goes while it is written: such a list is asked for again. */
    private boolean isSeen(boolean wanted) throws IOException, InterruptedException {
        try {
            return isSilent() == wanted;
        } catch (AnsweredJson.NotWhole torn) {
            return false;
        }
    }

    private boolean isSilent() throws IOException, InterruptedException {
        for (JsonNode service : server.get(SERVICES).path("data")) {
            if (service.path("bundleSymbolicName").asText().equals(LOAD)
                    && service.path("types").asText().contains("AuditTrail")) {
                return true;
            }
        }
        return false;
    }

    private void await(String bundle, String state) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!state(bundle).equals(state)) {
            requireTime(end, "%s is not %s".formatted(bundle, state));
        }
    }

    private String state(String bundle) throws IOException, InterruptedException {
        for (JsonNode each : server.get(CONSOLE + ".json").path("data")) {
            if (each.path("symbolicName").asText().equals(bundle)) {
                return each.path("state").asText();
            }
        }
        return "";
    }
}
