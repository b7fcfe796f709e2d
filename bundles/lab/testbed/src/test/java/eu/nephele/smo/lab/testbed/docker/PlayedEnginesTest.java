// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statuses, filters, transitions, events and faults as those of a real daemon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlayedEnginesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEB = """
            {"Image":"localhost/app:1","Labels":{"smo.nephele.eu/service":"web"},
             "HostConfig":{"RestartPolicy":{"Name":"unless-stopped"},"PortBindings":{"8080/tcp":[{"HostPort":""}]}}}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path folder;
    private PlayedEngines engines;
    private JsonNode ready;

    @BeforeEach
    void begin() throws IOException {
        // paths of sockets are short
        folder = Files.createTempDirectory("smo-p-");
        engines = new PlayedEngines(new EnginesOptions(2, folder, Duration.ofMillis(5), Set.of("localhost/app:1"), 2));
        ready = JSON.readTree(engines.ready());
    }

    @AfterEach
    void end() throws IOException {
        engines.close();
        Files.deleteIfExists(folder);
    }

    private record PlayedAnswer(int status, String body) {

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    /** Of the first engine, on a connection of its own. */
    private PlayedAnswer ask(String method, String target, String body) throws IOException {
        String whole = exchange("%s %s HTTP/1.1\r\nHost: engine\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(method, target, body.length(), body));
        int end = whole.indexOf("\r\n\r\n");
        return new PlayedAnswer(Integer.parseInt(whole.substring(9, 12)), whole.substring(end + 4));
    }

    private String exchange(String request) throws IOException {
        Path socket = Path.of(ready.at("/engines/0/socket").asText());
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer some = ByteBuffer.allocate(4_096);
            while (channel.read(some) >= 0) {
                all.write(some.array(), 0, some.position());
                some.clear();
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }

    private int control(String method, String what) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(ready.path("control").asText() + "/lab/" + what))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private String made(String name) throws IOException {
        PlayedAnswer made = ask("POST", "/v1.43/containers/create?name=" + name, WEB);
        assertThat(made.status()).isEqualTo(201);
        return made.json().path("Id").asText();
    }

    private int status(String method, String target) throws IOException {
        return ask(method, target, "").status();
    }

    @Test
    void aContainerGoesFromStateToState() throws IOException {
        String id = made("web-1");
        assertThat(ask("POST", "/containers/create?name=web-1", WEB).status())
                .as("taken")
                .isEqualTo(409);
        assertThat(ask("POST", "/containers/create?name=other", "{\"Image\":\"none:1\"}")
                        .status())
                .isEqualTo(404);
        assertThat(status("POST", "/containers/" + id + "/kill"))
                .as("it does not run")
                .isEqualTo(409);
        assertThat(status("POST", "/containers/" + id + "/start")).isEqualTo(204);
        assertThat(status("POST", "/containers/web-1/start")).isEqualTo(304);
        assertThat(status("DELETE", "/containers/" + id)).as("it runs").isEqualTo(409);
        assertThat(status("POST", "/containers/" + id.substring(0, 12) + "/rename?name=web-2"))
                .isEqualTo(204);
        assertThat(status("POST", "/containers/web-2/stop")).isEqualTo(204);
        assertThat(status("POST", "/containers/web-2/stop")).isEqualTo(304);
        assertThat(ask("GET", "/containers/web-2/json", "")
                        .json()
                        .at("/State/Status")
                        .asText())
                .isEqualTo("exited");
        assertThat(status("DELETE", "/containers/web-2")).isEqualTo(204);
        assertThat(status("GET", "/containers/web-2/json")).isEqualTo(404);
    }

    @Test
    void aListingIsFilteredByLabelsAndState() throws IOException {
        made("web-1");
        ask("POST", "/containers/create?name=other", WEB.replace("\"web\"", "\"web2\""));
        String filter = "&filters=%7B%22label%22%3A%5B%22smo.nephele.eu%2Fservice%3Dweb%22%5D%7D";
        assertThat(ask("GET", "/containers/json", "").json()).as("none runs").isEmpty();
        assertThat(ask("GET", "/containers/json?all=true", "").json()).hasSize(2);
        JsonNode found = ask("GET", "/containers/json?all=1" + filter, "").json();
        assertThat(found.findValuesAsText("State")).containsExactly("created");
        assertThat(found.at("/0/Names/0").asText()).isEqualTo("/web-1");
    }

    @Test
    void whatRunsAnswersAtItsPortAndUsesProcessors() throws Exception {
        String id = made("web-1");
        ask("POST", "/containers/web-1/start", "");
        int port = ask("GET", "/containers/json", "")
                .json()
                .at("/0/Ports/0/PublicPort")
                .asInt();
        URI page =
                URI.create("http://%s:%d/".formatted(ready.at("/engines/0/host").asText(), port));
        assertThat(http.send(
                                HttpRequest.newBuilder(page)
                                        .header("User-Agent", "smo-health")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo(id);
        assertThat(control("PUT", "load?label=smo.nephele.eu/service=web&cores=2"))
                .isEqualTo(204);
        long first = used();
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(used() - first).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
    }

    private long used() throws IOException {
        return ask("GET", "/containers/web-1/stats?stream=false&one-shot=true", "")
                .json()
                .at("/cpu_stats/cpu_usage/total_usage")
                .asLong();
    }

    @Test
    void aReadingTakesASecondUnlessOnlyOneIsAskedFor() throws Exception {
        made("web-1");
        ask("POST", "/containers/web-1/start", "");
        long begun = System.nanoTime();
        used();
        Duration once = Duration.ofNanos(System.nanoTime() - begun);
        ask("GET", "/containers/web-1/stats?stream=false", "");
        Duration twice = Duration.ofNanos(System.nanoTime() - begun).minus(once);
        assertThat(once).isLessThan(Duration.ofMillis(900));
        assertThat(twice).isBetween(Duration.ofMillis(990), Duration.ofSeconds(10));
    }

    @Test
    void eventsComeInChunksAndEndWithTheDaemon() throws Exception {
        CompletableFuture<String> stream = CompletableFuture.supplyAsync(() -> {
            try {
                return exchange("GET /events HTTP/1.1\r\nHost: engine\r\n\r\n");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        TimeUnit.MILLISECONDS.sleep(300);
        made("web-1");
        ask("POST", "/containers/web-1/start", "");
        assertThat(control("POST", "engines/edge-001/restart")).isEqualTo(204);
        assertThat(stream.get(10, TimeUnit.SECONDS))
                .contains("Transfer-Encoding: chunked")
                .contains("\"Action\":\"create\"", "\"Action\":\"start\"");
        assertThat(ask("GET", "/containers/json", "").json())
                .as("it runs again")
                .hasSize(1);
    }

    @Test
    void itCanBeHurt() throws Exception {
        assertThat(control("PUT", "engines/edge-001/fault?kind=DISK_FULL")).isEqualTo(204);
        assertThat(ask("POST", "/containers/create?name=web-1", WEB).body()).contains("no space left on device");
        assertThat(control("PUT", "engines/edge-001/fault?kind=SLOW&millis=400"))
                .isEqualTo(204);
        long begun = System.nanoTime();
        status("GET", "/info");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(390));
        assertThat(control("PUT", "engines/none/fault?kind=SLOW")).isEqualTo(400);
    }

    @Test
    void optionsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> EnginesOptions.parse(List.of("--engines", "2")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnginesOptions.parse(List.of("--dir", "x", "--engines", "many")));
    }
}
