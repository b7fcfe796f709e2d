// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The configuration of the only server with a container engine is wrong, is corrected, and is wrong again. */
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
        try (ServerProcess server = ServerProcess.start(
                "--json",
                "--profile",
                "containers",
                "--port",
                Integer.toString(port),
                "--data",
                settings.data().toString())) {
            server.awaitEvent("ready");
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
        assertThat(client.get("/health/ready").json().at("/checks/adapters").toString())
                .contains(PID)
                .doesNotContain(PID + " has not started");
    }
}
