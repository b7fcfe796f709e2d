// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is installed is in the database: the folder of plugins can be lost, and a file that is deleted is still a removal. */
class PluginsInStoreIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String KEPT = "org.example.kept";
    private static final String OTHER = "org.example.other";
    private static final String THIRD = "org.example.third";

    @ParameterizedTest
    @MethodSource("eu.nephele.smo.itests.Database#ofThisRun")
    void aLostFolderIsFilledAgainAndADeletedFileIsARemoval(Database database) throws Exception {
        Path data = database.freshData();
        Path folder = data.resolve("plugins");
        Path file = folder.resolve(KEPT + "-1.0.0.jar");
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            install(data, port, KEPT);
            // what was acknowledged is kept, whatever happens next
            server.kill();
        }
        byte[] content = Files.readAllBytes(file);
        erase(folder);
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            awaitActive(port, KEPT);
            assertThat(Files.readAllBytes(file)).isEqualTo(content);
            install(data, port, OTHER);
        }
        Files.delete(file);
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            install(data, port, THIRD);
            assertThat(ids(port)).containsExactly(OTHER, THIRD);
        }
        erase(folder);
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            awaitActive(port, OTHER);
            awaitActive(port, THIRD);
            assertThat(file).as("the database has let go of it, too").doesNotExist();
        }
    }

    /** When the operation has succeeded it is in the database. */
    private static void install(Path data, int port, String id) throws Exception {
        URI uri = URI.create("http://127.0.0.1:%d/api/v1/plugins?wait=30&name=%s.jar".formatted(port, id));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(data.resolve("etc/admin.token"))
                                        .strip())
                .header("Content-Type", "application/java-archive")
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .POST(HttpRequest.BodyPublishers.ofFile(TemplatePlugin.jar(id, "1.0.0")))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"SUCCEEDED\"");
        awaitActive(port, id);
    }

    private static void awaitActive(int port, String id) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> plugins(port), plugins -> assertThat(plugins)
                .anySatisfy(plugin -> {
                    assertThat(plugin.path("id").asText()).isEqualTo(id);
                    assertThat(plugin.path("state").asText()).isEqualTo("ACTIVE");
                }));
    }

    private static List<String> ids(int port) throws Exception {
        return plugins(port).stream().map(plugin -> plugin.path("id").asText()).toList();
    }

    private static List<JsonNode> plugins(int port) throws Exception {
        List<JsonNode> plugins = new ArrayList<>();
        new RestClient(port).get("/api/v1/plugins").json().path("items").forEach(plugins::add);
        return plugins;
    }

    private static void erase(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
