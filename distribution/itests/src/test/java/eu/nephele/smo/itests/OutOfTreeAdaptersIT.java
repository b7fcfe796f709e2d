// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Adapters of partners replace ours in a running server, and ours return when they are removed. */
class OutOfTreeAdaptersIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final String BUSY = "noise-reduction";
    private static final String SIM = "/api/v1/infrastructure/sim";
    private static final Pattern TARGET = Pattern.compile("alias\\(sumSeries\\((\\S+?)\\),\"(\\d+)\"\\)");

    private static final int PORT = Distribution.freePort();
    private static final Settings SETTINGS = Settings.fresh();
    private static final RestClient CLIENT = new RestClient(PORT);
    private static HttpServer outside;
    private static ServerProcess server;

    @BeforeAll
    static void startTheServer() throws IOException {
        boolean http = Distribution.bundles("sim").stream()
                .anyMatch(jar -> jar.getFileName().toString().startsWith("smo-adapters-http-"));
        String missing =
                "NOT TESTED: the profile sim has no bundle smo-adapters-http (HttpSystems); add it to its features";
        if (!http) {
            System.err.println(missing);
        }
        Assumptions.assumeTrue(http, missing);
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/graphite/render", exchange -> answer(exchange, series(body(exchange))));
        outside.createContext("/rack/pools", exchange -> answer(exchange, "shelf;READY;4\n"));
        outside.start();
        String url = "url=http://127.0.0.1:" + outside.getAddress().getPort();
        SETTINGS.with("eu.nephele.smo.lab.simulator", "startupDelayMillis=100")
                .with("eu.h3ni.graphite-metrics", url + "/graphite")
                .with("eu.h3ni.rack-infrastructure", url + "/rack", "smo.capacity.source=sim");
        server = ServerProcess.ready(PORT, SETTINGS.data());
    }

    @AfterAll
    static void stopEverything() {
        if (server != null) {
            server.close();
        }
        if (outside != null) {
            outside.stop(0);
        }
    }

    @Test
    void scalingFollowsTheMetricsSourceOfThePartnerUntilItLeaves() throws Exception {
        CLIENT.postJson("/lab/load", "{\"service\":\"%s\",\"requestsPerSecond\":0}".formatted(BUSY));
        Sample sample = Sample.brussels();
        RestClient.Answer deployed =
                CLIENT.post("/project/brussels/graphs", "application/yaml", sample.as("application/yaml"));
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(202);
        awaitReplicas(1);

        install("graphite-metrics");
        awaitReplicas(3);
        remove("graphite-metrics");
        awaitReplicas(1);

        assertThat(CLIENT.delete("/graphs/" + sample.graph()).status()).isEqualTo(200);
    }

    @Test
    void clustersAreMadeByTheProviderOfThePartnerUntilItLeaves() throws Exception {
        make("burst-1");
        assertThat(made()).containsExactly("burst-1");
        Eventually.within(PATIENCE_SECONDS, () -> CLIENT.get("/api/v1/clusters").json(), clusters -> assertThat(
                        clusters.path("items"))
                .map(cluster -> cluster.path("name").asText())
                .contains("burst-1"));

        install("rack-infrastructure");
        assertThat(made()).containsExactly("shelf");
        make("burst-2");
        remove("rack-infrastructure");
        assertThat(made())
                .as("what the rack has made is not in the simulated world")
                .containsExactly("burst-1");
    }

    private static void awaitReplicas(int replicas) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> World.of(CLIENT), world -> assertThat(world.ready())
                .containsEntry(BUSY, replicas));
    }

    private static void make(String name) throws Exception {
        RestClient.Answer accepted = CLIENT.call(
                "POST",
                SIM,
                "{\"name\":\"%s\",\"cores\":8,\"memoryGib\":32}".formatted(name),
                "Authorization",
                "Bearer " + token());
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String where = accepted.headers().firstValue("Location").orElseThrow();
        Eventually.within(PATIENCE_SECONDS, () -> CLIENT.get(where).json(), request -> assertThat(
                        request.path("state").asText())
                .as(request.toString())
                .isEqualTo("DONE"));
    }

    private static List<String> made() throws Exception {
        return StreamSupport.stream(CLIENT.get(SIM).json().path("items").spliterator(), false)
                .map(item -> item.path("id").asText())
                .toList();
    }

    private static void install(String example) throws Exception {
        Path jar = Distribution.HOME.resolve("examples").resolve(example + "-1.0.0.jar");
        URI uri = URI.create("http://127.0.0.1:%d/api/v1/plugins?wait=20&name=%s.jar".formatted(PORT, example));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofFile(jar))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        Eventually.within(PATIENCE_SECONDS, () -> state(example), state -> assertThat(state)
                .isEqualTo("ACTIVE"));
    }

    private static void remove(String example) throws Exception {
        RestClient.Answer removed = CLIENT.call(
                "DELETE",
                "/api/v1/plugins/eu.h3ni." + example + "?force=true&wait=20",
                "",
                "Authorization",
                "Bearer " + token());
        assertThat(removed.status()).as(removed.text()).isIn(200, 202);
        Eventually.within(PATIENCE_SECONDS, () -> state(example), state -> assertThat(state)
                .isEmpty());
    }

    private static String state(String example) throws Exception {
        for (JsonNode plugin : CLIENT.get("/api/v1/plugins").json().path("items")) {
            if (plugin.path("id").asText().equals("eu.h3ni." + example)) {
                return plugin.path("state").asText();
            }
        }
        return "";
    }

    private static String token() throws IOException {
        return Files.readString(SETTINGS.data().resolve("etc/admin.token")).strip();
    }

    /** Graphite knows one series, that of the busy service: one request per second. */
    private static String series(String question) {
        StringBuilder lines = new StringBuilder();
        Matcher target = TARGET.matcher(URLDecoder.decode(question, StandardCharsets.UTF_8));
        while (target.find()) {
            if (target.group(1).equals("services.brussels." + BUSY + ".requests.rate")) {
                lines.append(target.group(2)).append(",1000,1020,10|1.0,1.0\n");
            }
        }
        return lines.toString();
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
