// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.rest.Contract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * A kind of resources comes into a running server as a bundle: its documents are checked, kept and made real, through kills of the
 * server ({@code -Dsmo.kills=20} for more of them), and the bundle goes again.
 */
class ResourceKindIT {

    private static final long PATIENCE_SECONDS = 90;
    private static final int ZONES = 6;
    private static final String PLUGIN = "eu.h3ni.dns-zones";
    private static final String LIST = "/api/v1/kinds/zone/resources";

    private final int kills = Integer.getInteger("smo.kills", 3);
    private final Random random = new Random(14);
    /** What was acknowledged last of each zone. */
    private final Map<String, String> wanted = new TreeMap<>();

    private final Path folder = Distribution.freshFolder("zones");

    @Test
    void zonesAreAsWantedThroughKills() throws Exception {
        Path data =
                Settings.fresh().with("eu.h3ni.dns-zones", "folder=" + folder).data();
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            install(port, data);
            change(new RestClient(port), ZONES);
            server.kill();
        }
        for (int kill = 1; kill < kills; kill++) {
            try (ServerProcess server = ServerProcess.ready(port, data)) {
                RestClient client = new RestClient(port);
                awaitKind(client);
                change(client, 1 + random.nextInt(2 * ZONES));
                server.kill();
            }
        }
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            RestClient client = new RestClient(port);
            awaitKind(client);
            everythingIsAsWanted(client);
            badInputIsRefused(client);
            isSeenInMetrics(client);
            goesAndComesBack(client, port, data);
            leavesNothing(client);
        }
    }

    private static void awaitKind(RestClient client) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get("/api/v1/kinds/zone"),
                answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200));
    }

    private static void install(int port, Path data) throws Exception {
        Path jar = Distribution.HOME.resolve("examples/dns-zones-1.0.0.jar");
        HttpResponse<String> answer = admin(
                port,
                data,
                "/api/v1/plugins?wait=30&name=dns-zones-1.0.0.jar",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/java-archive")
                        .POST(HttpRequest.BodyPublishers.ofFile(jar)));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        awaitKind(new RestClient(port));
    }

    private static HttpResponse<String> admin(int port, Path data, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("etc/admin.token")).strip();
        return HttpClient.newHttpClient()
                .send(
                        request.uri(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                                .header("Authorization", "Bearer " + token)
                                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String zone(int number) {
        return "z%d.example".formatted(number);
    }

    private static String path(String zone) {
        return LIST + "/" + zone + "?project=p";
    }

    private void change(RestClient client, int changes) throws Exception {
        for (int change = 0; change < changes; change++) {
            String zone = zone(change % ZONES);
            String address = "192.0.2.%d".formatted(random.nextInt(256));
            RestClient.Answer answer = client.put(path(zone), body(address));
            assertThat(answer.status()).as(answer.text()).isIn(200, 201, 202);
            wanted.put(zone, address);
        }
    }

    private static String body(String address) {
        return """
                {"desired": {"nameServer": "ns.example", "records": [{"name": "web", "address": "%s"}]}, "labels": {"tier": "t1"}}""".formatted(address);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                found.put(
                        file.getFileName().toString().replace(".zone", ""),
                        text.substring(text.indexOf("web IN A ") + "web IN A ".length())
                                .strip());
            }
        }
        return found;
    }

    private void everythingIsAsWanted(RestClient client) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, () -> client.get(LIST + "?project=p&phase=READY&label=tier=t1&limit=100"), ready -> {
                    assertThat(items(ready)).as(ready.text()).hasSize(wanted.size());
                    assertThat(items(ready)).allSatisfy(zone -> assertThat(
                                    zone.path("observedGeneration").asLong())
                            .isEqualTo(zone.path("generation").asLong()));
                });
        assertThat(files()).as("each zone once, as it was acknowledged last").isEqualTo(wanted);
        assertThat(client.get("/api/v1/operations?open=true").json().path("items"))
                .as("what was under way is over")
                .isEmpty();
        assertThat(items(client.get(LIST + "?field=/nameServer=ns.example"))).hasSize(wanted.size());
        assertThat(items(client.get(LIST + "?field=/nameServer=another"))).isEmpty();
        RestClient.Answer file = client.get(filePath(zone(0)));
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.text()).contains(wanted.get(zone(0)));
        isAsTheContractSays(client, zone(0), file);
        RestClient.Answer none = client.get(filePath("none.example"));
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.mediaType()).startsWith("application/problem+json");
        isAsTheContractSays(client, "none.example", none);
    }

    private static String filePath(String zone) {
        return "/api/v1/projects/p/zones/%s/file".formatted(zone);
    }

    /** What the contract says of the bundle's own path. */
    private static Optional<JsonNode> ownPath(RestClient client) throws Exception {
        return contract(client).operation("GET", filePath(zone(0)));
    }

    private static Contract contract(RestClient client) throws Exception {
        RestClient.Answer document = client.get("/openapi.yaml");
        assertThat(document.status()).as(document.text()).isEqualTo(200);
        return Contract.of(document.text());
    }

    private static void isAsTheContractSays(RestClient client, String zone, RestClient.Answer answer) throws Exception {
        assertThat(ownPath(client))
                .hasValueSatisfying(operation ->
                        assertThat(operation.path("x-served-by").asText()).isEqualTo(PLUGIN));
        contract(client)
                .check(
                        "GET",
                        filePath(zone),
                        answer.status(),
                        answer.mediaType(),
                        answer.text().getBytes(StandardCharsets.UTF_8));
    }

    private void badInputIsRefused(RestClient client) throws Exception {
        RestClient.Answer refused = client.put(path(zone(0)), body("no address"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.text()).contains("/desired/records/0/address");
        assertThat(files()).isEqualTo(wanted);
    }

    private void isSeenInMetrics(RestClient client) throws Exception {
        change(client, 1);
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/metrics"), metrics -> assertThat(metrics.text())
                .contains("smo_runtime_resources{kind=\"zone\",phase=\"ready\"} %d".formatted(wanted.size()))
                .contains("smo_runtime_pass_seconds_count{kind=\"zone\""));
        JsonNode checks = client.get("/health/ready").json().path("checks");
        assertThat(checks.at("/runtime/ok").asBoolean()).isTrue();
        assertThat(checks.at("/openapi").toString()).contains("\"ok\":true").doesNotContain("WARN");
        assertThat(client.get("/api/v1/events?types=zone.ready&limit=1000").text())
                .contains("\"subject\":\"zone/p/%s\"".formatted(zone(0)));
    }

    /** Without its bundle a resource stays and is shown; when it is back, what was asked meanwhile is done. */
    private void goesAndComesBack(RestClient client, int port, Path data) throws Exception {
        remove(port, data);
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/api/v1/kinds"), kinds -> assertThat(
                        kinds.json().path("items").findValuesAsText("name"))
                .doesNotContain("zone"));
        assertThat(client.put(path(zone(0)), body("192.0.2.1")).status()).isEqualTo(503);
        assertThat(client.get(path(zone(0))).text()).contains("ControllerAway");
        assertThat(client.delete(path(zone(0))).status()).isEqualTo(202);
        assertThat(client.get(filePath(zone(0))).status())
                .as("its path in REST has gone with it")
                .isEqualTo(404);
        assertThat(ownPath(client))
                .as("and so has what the contract said of it")
                .isEmpty();
        assertThat(files()).containsKey(zone(0));
        install(port, data);
        Eventually.within(PATIENCE_SECONDS, () -> ownPath(client), path -> assertThat(path)
                .isPresent());
        wanted.remove(zone(0));
        Eventually.within(
                PATIENCE_SECONDS, this::files, files -> assertThat(files).isEqualTo(wanted));
    }

    private static void remove(int port, Path data) throws Exception {
        HttpResponse<String> answer = admin(
                port,
                data,
                "/api/v1/plugins/%s?wait=30".formatted(PLUGIN),
                HttpRequest.newBuilder().DELETE());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    }

    private void leavesNothing(RestClient client) throws Exception {
        for (String zone : wanted.keySet()) {
            assertThat(client.delete(path(zone)).status()).isEqualTo(202);
        }
        Eventually.within(PATIENCE_SECONDS, () -> client.get(LIST), list -> assertThat(items(list))
                .isEmpty());
        assertThat(files()).isEmpty();
    }

    private static List<JsonNode> items(RestClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .toList();
    }
}
