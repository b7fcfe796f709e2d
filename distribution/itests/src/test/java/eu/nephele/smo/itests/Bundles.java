// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** What an administrator does to bundles: in the folder of plugins, over REST, in the web console. */
record Bundles(RestClient client, int port, Path data) {

    private static final long PATIENCE_SECONDS = 60;
    private static final String CONSOLE = "/system/console/bundles";

    /** Puts a rebuilt bundle in the place of the one that runs, and waits until it does. */
    void update(Rebuilt rebuilt) throws Exception {
        rebuilt.moveTo(data.resolve("plugins").resolve(rebuilt.id() + ".jar"));
        awaitPlugin(rebuilt.id(), rebuilt.listedVersion());
    }

    /** Waits until this version of a plugin runs. */
    void awaitPlugin(String id, String version) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> plugin(id), plugin -> {
            assertThat(plugin.path("version").asText())
                    .as(plugin.toPrettyString())
                    .isEqualTo(version);
            assertThat(plugin.path("state").asText())
                    .as(plugin.toPrettyString())
                    .isEqualTo("ACTIVE");
        });
        await(id, "Active");
    }

    /** What has taken the place of a bundle of the product goes: that is back. */
    void withdraw(String id) throws Exception {
        RestClient.Answer removed = client.call(
                "DELETE", "/api/v1/plugins/" + id + "?force=true&wait=20", "", "Authorization", administrator());
        assertThat(removed.status()).as(removed.text()).isIn(200, 202);
        Eventually.within(PATIENCE_SECONDS, () -> plugin(id), plugin -> assertThat(plugin)
                .as(plugin.toPrettyString())
                .isEmpty());
        await(id, "Active");
    }

    /** Ordered again while it runs: an update that is listed already and not quite over starts it once more. */
    void stop(String id) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> stopped(id), state -> assertThat(state)
                .as(id)
                .isEqualTo("Resolved"));
    }

    private String stopped(String id) throws Exception {
        console(id, "stop");
        return state(id);
    }

    void start(String id) throws Exception {
        console(id, "start");
        await(id, "Active");
    }

    /** Takes a bundle of the product out for good. */
    void uninstall(String id) throws Exception {
        console(id, "uninstall");
        Eventually.within(
                PATIENCE_SECONDS, () -> state(id), state -> assertThat(state).isEmpty());
    }

    /** Over REST, as anybody's; until the operation says that it is done, and would be so at any server. */
    void install(String id, Path jar) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1/plugins?wait=20&name=%s.jar".formatted(port, id)))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .header("Authorization", administrator())
                .header("Content-Type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofFile(jar))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        String operation = answer.headers().firstValue("Location").orElseThrow();
        assertThat(new Followed(client).end(operation).path("state").asText()).isEqualTo("SUCCEEDED");
        await(id, "Active");
    }

    private void console(String id, String action) throws Exception {
        state(id);
        RestClient.Answer answer = client.call(
                "POST",
                CONSOLE + "/" + id + "?action=" + action,
                "",
                "Authorization",
                administrator(),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void await(String id, String state) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> state(id), seen -> assertThat(seen)
                .as(id)
                .isEqualTo(state));
    }

    /** As the framework has it; "" when there is none. The console sleeps until somebody comes, and sends them there until it is awake. */
    private String state(String id) throws Exception {
        String authorization = administrator();
        RestClient.Answer answer = Eventually.within(
                PATIENCE_SECONDS,
                () -> client.call("GET", CONSOLE + ".json", "", "Authorization", authorization),
                told -> assertThat(told.status()).as(told.text()).isEqualTo(200));
        for (JsonNode bundle : answer.json().path("data")) {
            if (bundle.path("symbolicName").asText().equals(id)) {
                return bundle.path("state").asText();
            }
        }
        return "";
    }

    private JsonNode plugin(String id) throws Exception {
        RestClient.Answer answer = client.get("/api/v1/plugins");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode plugins = answer.json();
        for (JsonNode plugin : plugins.path("items")) {
            if (plugin.path("id").asText().equals(id)) {
                return plugin;
            }
        }
        return plugins.path("none");
    }

    private String administrator() throws IOException {
        String token = Files.readString(data.resolve("etc/admin.token")).strip();
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + token).getBytes(StandardCharsets.UTF_8));
    }
}
