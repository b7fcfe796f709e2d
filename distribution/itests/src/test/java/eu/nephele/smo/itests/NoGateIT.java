// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A gate that cannot be made: nothing is served, least of all to everybody. */
class NoGateIT {

    private static final long PATIENCE_SECONDS = 60;

    @Test
    void aTokenThatCannotBeReadClosesTheInterface() throws Exception {
        Path data = Settings.fresh().data();
        Files.writeString(Files.createDirectories(data.resolve("etc")).resolve("admin.token"), "");
        Path log = data.resolve("log/smo.log");
        int port = Distribution.freePort();
        try (ServerProcess server =
                ServerProcess.start("--json", "--port", Integer.toString(port), "--data", data.toString())) {
            RestClient client = new RestClient(port);
            Eventually.within(
                    PATIENCE_SECONDS, () -> Files.exists(log) ? Files.readString(log) : "", text -> assertThat(text)
                            .contains("admin.token is empty"));
            Eventually.within(PATIENCE_SECONDS, () -> client.get("/clusters"), answer -> assertThat(answer.status())
                    .as(answer.text())
                    .isEqualTo(503));
            for (int look = 0; look < 10; look++) {
                assertThat(client.get("/api/v1/projects").status()).isEqualTo(503);
                assertThat(client.post("/graphs/none/stop").status()).isEqualTo(503);
                Thread.sleep(300);
            }
            server.kill();
        }
    }
}
