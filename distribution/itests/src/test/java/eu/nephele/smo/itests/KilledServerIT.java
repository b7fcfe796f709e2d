// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** SIGKILL right after each acknowledged call: what was acknowledged is there after the restart. */
class KilledServerIT {

    private final Sample sample = Sample.brussels();
    private final Path data = Distribution.freshFolder("data");
    private final String graph = "/graphs/" + sample.graph();

    @Test
    void nothingThatWasAcknowledgedIsMissingAfterAKill() throws Exception {
        killedAfter(client -> {
            assertThat(client.post("/project/p/graphs", "application/json", sample.as("application/json"))
                            .status())
                    .isEqualTo(202);
        });
        killedAfter(client -> {
            assertThat(client.get(graph).json().path("status").asText()).isEqualTo("Running");
            assertThat(client.post(graph + "/stop").status()).isEqualTo(200);
        });
        killedAfter(client -> {
            assertThat(client.get(graph).json().path("status").asText()).isEqualTo("Stopped");
            assertThat(client.post(graph + "/start").status()).isEqualTo(200);
        });
        killedAfter(client -> {
            assertThat(client.get(graph).json().path("status").asText()).isEqualTo("Running");
            assertThat(client.delete(graph).status()).isEqualTo(200);
        });
        killedAfter(client -> assertThat(client.get(graph).status()).isEqualTo(404));
    }

    private interface Calls {
        void make(RestClient client) throws Exception;
    }

    private void killedAfter(Calls calls) throws Exception {
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            calls.make(new RestClient(port));
            server.kill();
        }
    }
}
