// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.lab.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus on the loopback interface with the given series, which scrapes nothing. */
final class RealPrometheus implements AutoCloseable {

    /** Keeps the channels reachable: an unreachable one is closed. */
    private static final Queue<SocketChannel> HELD_PORTS = new ConcurrentLinkedQueue<>();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String url;
    private final long now;

    private RealPrometheus(Process process, String url, long now) {
        this.process = process;
        this.url = url;
        this.now = now;
    }

    /** @param now time of all queries, in seconds since 1970 */
    static RealPrometheus start(Path folder, String openMetrics, long now) throws IOException, InterruptedException {
        Path log = folder.resolve("prometheus.log");
        Path series = Files.writeString(folder.resolve("series.om"), openMetrics);
        Path data = folder.resolve("data");
        Process fill =
                run(log, "promtool", "tsdb", "create-blocks-from", "openmetrics", series.toString(), data.toString());
        if (!fill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || fill.exitValue() != 0) {
            fill.destroyForcibly();
            throw new IllegalStateException("promtool does not take the series: " + Files.readString(log));
        }
        Path config = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
        // bound, without listening, until the tests end: no other process gets it, and Prometheus sets
        // SO_REUSEADDR
        SocketChannel held = SocketChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HELD_PORTS.add(held);
        int port = ((InetSocketAddress) held.getLocalAddress()).getPort();
        Process process = run(
                log,
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--web.console.templates=" + folder,
                "--web.console.libraries=" + folder,
                "--log.level=warn");
        RealPrometheus prometheus = new RealPrometheus(process, "http://127.0.0.1:" + port, now);
        try {
            prometheus.awaitReady(log);
        } catch (IOException | RuntimeException | AssertionError e) {
            prometheus.close();
            throw e;
        }
        return prometheus;
    }

    /** Returns {@code data} of the answer to an instant query. */
    JsonNode instant(String expr) throws IOException, InterruptedException {
        return ask("/api/v1/query?time=%d&query=%s".formatted(now, encoded(expr)), expr);
    }

    /** Returns the answer to a range query over the last minutes, in the form of Grafana. */
    JsonNode range(String expr) throws IOException, InterruptedException {
        return ask(
                "/api/v1/query_range?start=%d&end=%d&step=15&query=%s".formatted(now - 120, now, encoded(expr)), expr);
    }

    private JsonNode ask(String path, String expr) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("Prometheus does not take %s: %s".formatted(expr, answer.body()));
        }
        return json.readTree(answer.body()).path("data");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void awaitReady(Path log) throws IOException {
        Await.until(() -> "Prometheus is ready, see " + log, () -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus does not start: " + Files.readString(log));
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static Process run(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Returns, loudly, the missing programs; empty for none. */
    static Optional<String> missing() {
        List<String> path =
                Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
        return Stream.of("prometheus", "promtool")
                .filter(program -> path.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, program))))
                .map(program -> program.toUpperCase(Locale.ROOT)
                        + " IS NOT ON THE PATH: THE QUERIES OF THE DASHBOARDS ARE NOT TESTED."
                        + " IT IS IN THE DEBIAN PACKAGE 'prometheus'")
                .findFirst();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
