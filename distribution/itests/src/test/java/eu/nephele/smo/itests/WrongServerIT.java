// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong in the configuration of the only server with a container engine is told, and the server comes when it is corrected. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WrongServerIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String PID = "eu.nephele.smo.adapters.docker~edge-1";

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final Settings settings = Settings.fresh();

    @Test
    void aServerComesWhenItsConfigurationIsCorrected() throws Exception {
        write("host=edge_1");
        try (ServerProcess server = server()) {
            assertThat(server.processId()).isPositive();
            told("host is edge_1, expected a name or an address");
            assertThat(client.get("/clusters").text()).doesNotContain("edge-1");

            write("host=127.0.0.1");
            listed();

            write("maxContainers=many");
            told("many");
            Eventually.within(PATIENCE_SECONDS, () -> client.get("/clusters"), clusters -> assertThat(clusters.text())
                    .doesNotContain("edge-1"));

            write("maxContainers=3");
            listed();
        }
    }

    /** What the file accepts is taken by the adapter too. */
    @Test
    void aServerOfAFileComesByEachKindOfHost() throws Exception {
        settings.file("containers.yaml", file("::1"));
        try (ServerProcess server = server()) {
            assertThat(server.processId()).isPositive();
            listed();
            RestClient admin = RestClient.known(
                    port,
                    Files.readString(settings.data().resolve("etc/admin.token")).strip());
            for (String wrong : List.of("edge.1", "10.0.0.300", "1::2::3")) {
                settings.file("containers.yaml", file(wrong));
                RestClient.Answer refused = admin.post("/containers/config/reload");
                assertThat(refused.status()).as(refused.text()).isEqualTo(422);
                assertThat(refused.text()).contains("/servers/0/host");
            }
            settings.file("containers.yaml", file("1edge.example"));
            assertThat(admin.post("/containers/config/reload").status()).isEqualTo(200);
            listed();
        }
    }

    private static String file(String host) {
        return """
                servers:
                  - {name: edge-1, host: '%s', endpoint: 'unix:///nowhere/engine.sock', max_containers: 4}
                services: {}
                """.formatted(host);
    }

    private ServerProcess server() throws IOException {
        ServerProcess server = ServerProcess.start(
                "--json",
                "--profile",
                "containers",
                "--port",
                Integer.toString(port),
                "--data",
                settings.data().toString());
        server.awaitEvent("ready");
        return server;
    }

    /** Nobody listens there: the server is a cluster that is not ready. */
    private void write(String line) {
        settings.with(PID, "name=edge-1", "endpoint=unix:///nowhere/engine.sock", line);
    }

    private void told(String reason) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get("/health/ready").json().at("/checks/adapters"),
                adapters -> assertThat(adapters.path("message").asText())
                        .contains(PID + " has not started: ")
                        .contains(reason));
    }

    private void listed() throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/clusters"), clusters -> assertThat(clusters.text())
                .contains("edge-1"));
        Eventually.within(
                PATIENCE_SECONDS,
                () -> client.get("/health/ready").json().at("/checks/adapters").toString(),
                adapters -> assertThat(adapters)
                        .contains("eu.nephele.smo.adapters.docker~")
                        .doesNotContain("has not started"));
    }
}
