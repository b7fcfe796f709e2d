// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.lab.testbed.players.LoadExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Registry, Prometheus and Alertmanager, without clusters. */
class TestbedMonitoringTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    @TempDir
    static Path folder;

    private static HttpServer smo;
    private static Testbed testbed;

    @BeforeAll
    static void start() throws Exception {
        Needs.programs("docker-registry", "prometheus", "prometheus-alertmanager");
        smo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        smo.createContext("/alerts", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                HEARD.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
                exchange.sendResponseHeaders(200, -1);
            }
        });
        smo.start();
        Path secret = Files.writeString(folder.resolve("alerts.secret"), "s3cret");
        testbed = Testbed.start(
                WorldSpec.of(WorldKind.NONE, 1)
                        .withSmo(
                                URI.create(
                                        "http://127.0.0.1:" + smo.getAddress().getPort()),
                                Optional.of(secret)),
                folder.resolve("bed"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (testbed != null) {
            List<Long> pids = testbed.pids();
            testbed.close();
            smo.stop(0);
            assertThat(pids).hasSize(3).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        }
    }

    @Test
    void theLoadThatIsSetIsMeasured() throws Throwable {
        testbed.load().setRate(new LoadExporter.Source("brussels", "noise-reduction"), 40);

        String query = "sum by (service) (rate(flask_http_request_total{namespace=\"brussels\"}[5s]))";
        Eventually.holds(() -> {
            JsonNode result = ask(query);
            assertThat(result.path("metric").path("service").asText()).isEqualTo("noise-reduction");
            assertThat(result.path("value").path(1).asDouble()).isBetween(30.0, 50.0);
        });
    }

    @Test
    void anAlertComesToTheSmoWithTheSecretAndEnds() throws Throwable {
        Files.writeString(testbed.prometheus().rules().resolve("test.yml"), """
                groups:
                - name: test
                  rules:
                  - alert: brussels/pipeline/vo/silent
                    expr: absent(up{prometheus="smo/brussels"})
                    labels: {service: vo}
                """);
        assertThat(send("POST", testbed.prometheus().url().resolve("/-/reload")))
                .isEqualTo(200);
        Eventually.holds(() -> assertThat(ask("up{prometheus=\"smo/brussels\"}")
                        .path("value")
                        .path(1)
                        .asText())
                .isEqualTo("1"));
        assertThat(HEARD).isEmpty();

        assertThat(send("PUT", testbed.door().url().resolve("/site/silent"))).isEqualTo(200);
        Eventually.holds(() -> assertThat(HEARD).anySatisfy(alert -> assertThat(alert)
                .startsWith("Bearer s3cret {")
                .contains("\"status\":\"firing\"", "\"alertname\":\"brussels/pipeline/vo/silent\"")));

        assertThat(send("PUT", testbed.door().url().resolve("/site/heard"))).isEqualTo(200);
        Eventually.holds(
                () -> assertThat(HEARD).anySatisfy(alert -> assertThat(alert).contains("\"status\":\"resolved\"")));
    }

    @Test
    void anOrderThatIsNotKnownIsAnsweredWithThoseThatAre() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(testbed.door().url().resolve("/clusters/c1"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("GET/clusters/c1 is unknown", "PUT /clusters/NAME/ready|gone");
        assertThat(send("PUT", testbed.door().url().resolve("/load/brussels/vo/many")))
                .isEqualTo(400);
        assertThat(send("PUT", testbed.door().url().resolve("/load/brussels/vo/-1")))
                .isEqualTo(400);
        assertThat(send("PUT", testbed.door().url().resolve("/clusters/c9/gone")))
                .isEqualTo(400);
        assertThat(send("GET", testbed.door().url())).isEqualTo(400);
    }

    @Test
    void theSummaryNamesWhatRuns() throws Exception {
        JsonNode summary = new JsonMapper().readTree(testbed.summary());

        assertThat(summary.path("event").asText()).isEqualTo("ready");
        assertThat(summary.path("registry").asText())
                .isEqualTo(testbed.registry().host());
        assertThat(send("GET", URI.create("http://" + summary.path("registry").asText() + "/v2/")))
                .isEqualTo(200);
        assertThat(send("GET", URI.create(summary.path("alertmanager").asText() + "/-/ready")))
                .isEqualTo(200);
        assertThat(summary.path("clusters").isEmpty()).isTrue();
    }

    private static JsonNode ask(String query) throws IOException, InterruptedException {
        URI address = testbed.prometheus()
                .url()
                .resolve("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        HttpResponse<String> answer =
                HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        return new JsonMapper()
                .readTree(answer.body())
                .path("data")
                .path("result")
                .path(0);
    }

    private static int send(String method, URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
