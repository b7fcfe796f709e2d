// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * By which a running server is watched: metrics are turned off and on by their configuration, the bundle of traces is stopped and
 * started as an administrator does it, in the web console. Without an audit no change is accepted: one that keeps nothing is put before it.
 */
final class ObservingBundles {

    private static final List<String> BUNDLES = List.of("eu.nephele.smo.ops.tracing");

    private static final String REQUESTS = "smo_http_requests_seconds_count";
    private static final String CONSOLE = "/system/console/bundles";
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 200;
    private static final int OK = 200;
    private static final int BAD = 400;

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
        install(SilentTrailBundle.bytes());
        await(SilentTrailBundle.SYMBOLIC_NAME, "Active");
        record(false);
    }

    void start() throws IOException, InterruptedException {
        awaitConsole();
        for (String bundle : BUNDLES) {
            order(bundle, "start");
            await(bundle, "Active");
        }
        order(SilentTrailBundle.SYMBOLIC_NAME, "uninstall");
        await(SilentTrailBundle.SYMBOLIC_NAME, "");
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

    private void install(byte[] bundle) throws IOException, InterruptedException {
        String boundary = "the-bundle-" + bundle.length;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("""
                --%1$s\r
                Content-Disposition: form-data; name="action"\r
                \r
                install\r
                --%1$s\r
                Content-Disposition: form-data; name="bundlestart"\r
                \r
                start\r
                --%1$s\r
                Content-Disposition: form-data; name="bundlefile"; filename="bundle.jar"\r
                Content-Type: application/java-archive\r
                \r
                """.formatted(boundary).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bundle);
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = server.request(CONSOLE)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        HttpResponse<String> answer = server.http().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= BAD) {
            throw new IOException(
                    "the web console does not install a bundle: %d %s".formatted(answer.statusCode(), answer.body()));
        }
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
