// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/**
 * Two servers on one PostgreSQL: what is changed on the owner, over REST or on the console, counts on the standby and
 * after a takeover, and a standby says where its files differ.
 */
class SharedConfigurationIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String STRATEGIES = "eu.nephele.smo.core.strategies";
    private static final String JOURNAL = "eu.nephele.smo.core.journal";
    private static final String SHADOW = "eu.nephele.smo.core.shadow";

    private final String database =
            Postgres.newSchema(Distribution.freshFolder("password").resolve("password"));

    /** A server with a client and a data directory of its own. */
    private final class Server implements AutoCloseable {

        private final Path data =
                Settings.fresh().with("eu.nephele.smo.core.store", database).data();
        private final int port = Distribution.freePort();
        private final RestClient client = new RestClient(port);
        private ServerProcess process;

        Server() throws IOException {
            process = ServerProcess.ready(port, data);
        }

        void startAgain() throws IOException {
            process = ServerProcess.ready(port, data);
        }

        Path file(String name) {
            return data.resolve("etc").resolve(name);
        }

        String token() throws IOException {
            return Files.readString(file("admin.token")).strip();
        }

        JsonNode ready() throws Exception {
            return client.get("/health/ready").json();
        }

        String accord() throws Exception {
            return ready().at("/checks/shared-configuration/message").asText();
        }

        void decidesBy(String strategy) throws Exception {
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> client.get("/api/v1/defaults").json().path("items"),
                    items -> assertThat(items).anySatisfy(item -> assertThat(item.toString())
                            .contains("\"initialPlacement\"")
                            .contains("\"" + strategy + "\"")));
        }

        /** As the page of configurations does. */
        void onTheConsole(String pid, String property, String value) throws Exception {
            String basic = "Basic "
                    + Base64.getEncoder().encodeToString(("admin:" + token()).getBytes(StandardCharsets.UTF_8));
            String page = "/system/console/configMgr";
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> client.call("GET", page, "", "Authorization", basic),
                    awake -> assertThat(awake.status()).as(awake.text()).isEqualTo(200));
            RestClient.Answer answer = client.call(
                    "POST",
                    "%s/%s?apply=true&action=ajaxConfigManager&propertylist=%s&%s=%s"
                            .formatted(page, pid, property, property, value),
                    "",
                    "Authorization",
                    basic);
            assertThat(answer.status()).as(answer.text()).isIn(200, 302);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private static void awaitText(Path file, String text) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS,
                () -> Files.exists(file) ? Files.readString(file) : "",
                content -> assertThat(content).as(file.toString()).contains(text));
    }

    private static void awaitAccord(Server server, String... texts) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, server::accord, accord -> assertThat(accord).contains(texts));
    }

    @Test
    void whatIsChangedOnTheOwnerCountsAfterATakeoverAndADifferenceIsReported() throws Exception {
        try (Server a = new Server();
                Server b = new Server()) {
            assertThat(a.ready().path("role").asText()).isEqualTo("owner");
            assertThat(b.ready().path("role").asText()).isEqualTo("standby");

            RestClient.Answer set = a.client.call(
                    "PUT",
                    "/api/v1/defaults/initialPlacement",
                    "{\"value\":\"greedy\"}",
                    "Authorization",
                    "Bearer " + a.token());
            assertThat(set.status()).as(set.text()).isEqualTo(200);
            a.onTheConsole(JOURNAL, "keyHours", "12");
            b.decidesBy("greedy");
            for (Server server : new Server[] {a, b}) {
                awaitText(server.file(JOURNAL + ".config"), "12");
                assertThat(server.file(STRATEGIES + ".config")).content().contains("\"greedy\"");
            }

            Files.writeString(b.file(SHADOW + ".cfg"), "queueCapacity=77\n");
            // what came from the owner may be read a moment after its file is there
            Eventually.within(PATIENCE_SECONDS, b::accord, accord -> assertThat(accord)
                    .contains("WARN", SHADOW)
                    .doesNotContain("77", JOURNAL));
            assertThat(b.client.get("/health/ready").status())
                    .as("it only warns")
                    .isEqualTo(200);
            awaitAccord(a, "no warnings");
            Files.delete(b.file(SHADOW + ".cfg"));
            awaitAccord(b, "no warnings");

            a.process.kill();
            NativeApi api = new NativeApi(b.client, "p");
            String graph = Descriptors.graph("after", Descriptors.service("after-s", "1.0.0", "light"));
            Eventually.within(PATIENCE_SECONDS, () -> b.client.postJson(api.graphs() + "?wait=30", graph), answer -> {
                assertThat(answer.status()).as(answer.text()).isIn(200, 201);
            });
            assertThat(b.client.get(api.graphs() + "/after/decisions").text()).contains("\"greedy\"");

            // What it had itself goes with its folder; what was changed over REST and on the console comes back.
            Files.delete(a.file(STRATEGIES + ".config"));
            Files.delete(a.file("carried.json"));
            a.startAgain();
            a.decidesBy("greedy");
        }
    }
}
