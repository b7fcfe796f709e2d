// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.access.rest.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The bundles of REST resources go and come in a running server, one after the other: paths and their part of the contract with
 * them, and nothing else.
 */
class SubsystemIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String ACCESS = "eu.nephele.smo.access.";

    /** A path of each, by bundle. */
    private static final Map<String, String> PATHS = new TreeMap<>(Map.of(
            "infrastructure", "/api/v1/infrastructure",
            "plugins", "/api/v1/plugins",
            "strategies", "/api/v1/strategies",
            "shadow", "/api/v1/replays",
            "events", "/api/v1/webhooks"));

    /** Of access/rest, which stays. */
    private static final List<String> OTHERS =
            List.of("/clusters", "/api/v1/projects", "/api/v1/operations", "/api/v1/clusters", "/api/v1/kinds");

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aStoppedBundleTakesItsPathsAndItsPartAwayAndNothingElse() throws Exception {
        Path data = Settings.fresh().data();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            Bundles bundles = new Bundles(client, port, data);
            JsonNode whole = document();
            assertThat(whole.path("paths").findValuesAsText("x-served-by"))
                    .as("paths of the product are ours, whichever bundle serves them")
                    .doesNotContainAnyElementsOf(
                            PATHS.keySet().stream().map(ACCESS::concat).toList());
            for (Map.Entry<String, String> subsystem : PATHS.entrySet()) {
                try (InputStream stream = stream()) {
                    assertThat(stream.read()).isNotNegative();
                    isServed(subsystem.getValue());
                    CompletableFuture<List<String>> failures = CompletableFuture.supplyAsync(() -> asking(subsystem));
                    goesAndComes(bundles, subsystem.getKey(), subsystem.getValue(), whole);
                    enough.set(true);
                    assertThat(failures.join()).isEmpty();
                    enough.set(false);
                }
            }
            assertThat(asked.get()).as("answers meanwhile").isGreaterThan(100);
            assertThat(client.get("/health/ready").json().at("/checks/openapi").toString())
                    .contains("\"ok\":true")
                    .doesNotContain("WARN");
        }
    }

    /** What others bring by the whiteboard has the application made anew: an answer that goes on holds nobody up. */
    @Test
    void aBundleOfOthersBringsItsPathWhileSomebodyFollowsEvents() throws Exception {
        Path data = Settings.fresh().data();
        try (ServerProcess server = ServerProcess.ready(port, data);
                InputStream stream = stream()) {
            assertThat(server.processId()).isPositive();
            assertThat(stream.read()).isNotNegative();
            CompletableFuture<List<String>> failures =
                    CompletableFuture.supplyAsync(() -> asking(Map.entry("others", "")));

            new Bundles(client, port, data)
                    .install("eu.h3ni.dns-zones", Distribution.HOME.resolve("examples/dns-zones-1.0.0.jar"));
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> client.get("/api/v1/projects/p/zones/none/file"),
                    file -> assertThat(file.text()).contains("zone/p/none does not exist"));
            long begin = System.nanoTime();
            assertThat(client.get("/clusters").status()).isEqualTo(200);

            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .isLessThan(5);
            enough.set(true);
            assertThat(failures.join()).isEmpty();
        }
    }

    private void goesAndComes(Bundles bundles, String name, String path, JsonNode whole) throws Exception {
        bundles.stop(ACCESS + name);

        RestClient.Answer away = client.get(path);
        assertThat(away.status()).as(away.text()).isEqualTo(503);
        assertThat(away.mediaType()).isEqualTo("application/problem+json");
        assertThat(away.json().path("type").asText()).isEqualTo("urn:smo:problem:unavailable");
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
        JsonNode rest = document();
        assertThat(rest.path("paths").has(path)).isFalse();
        for (String other : OTHERS) {
            assertThat(rest.path("paths").path(other))
                    .isEqualTo(whole.path("paths").path(other));
        }
        assertThat(rest.findValuesAsText("operationId")).hasSizeGreaterThan(70);

        bundles.start(ACCESS + name);
        Eventually.within(PATIENCE_SECONDS, () -> client.get(path), back -> assertThat(back.status())
                .as(back.text())
                .isEqualTo(200));
        assertThat(document()).as("the document with %s as before", name).isEqualTo(whole);
        isServed(path);
    }

    /** Answers of all paths that stay, until it is enough. */
    private List<String> asking(Map.Entry<String, String> gone) {
        List<String> paths = new ArrayList<>(OTHERS);
        PATHS.values().stream().filter(path -> !path.equals(gone.getValue())).forEach(paths::add);
        List<String> failures = new ArrayList<>();
        RestClient reader = new RestClient(port);
        try {
            Contract contract = Contract.of(reader.get("/openapi.yaml").text());
            while (!enough.get()) {
                for (String path : paths) {
                    RestClient.Answer answer = reader.get(path);
                    asked.incrementAndGet();
                    if (answer.status() != 200) {
                        failures.add(
                                "%s without %s: %d %s".formatted(path, gone.getKey(), answer.status(), answer.text()));
                    }
                    check(contract, path, answer);
                }
            }
        } catch (IOException broken) {
            failures.add("broken off: " + broken);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return failures;
    }

    private void isServed(String path) throws Exception {
        RestClient.Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        check(Contract.of(client.get("/openapi.yaml").text()), path, answer);
    }

    private static void check(Contract contract, String path, RestClient.Answer answer) {
        contract.check(
                "GET", path, answer.status(), answer.mediaType(), answer.text().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode document() throws Exception {
        RestClient.Answer document = client.get("/openapi.yaml");
        assertThat(document.status()).as(document.text()).isEqualTo(200);
        return new YAMLMapper().readTree(document.text());
    }

    /** An answer that goes on while bundles come and go: nobody waits for its end. */
    private InputStream stream() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/events/stream".formatted(port)))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }
}
