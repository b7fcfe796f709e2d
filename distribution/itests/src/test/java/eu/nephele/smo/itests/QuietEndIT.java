// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that ends in good order loses its adapters one after the other, and takes none of that for trouble of its graphs. */
class QuietEndIT {

    private static final int GRAPHS = 20;
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void aRunningGraphIsNotReportedAsDegradedBecauseTheServerEnds() throws Exception {
        int port = Distribution.freePort();
        RestClient client = new RestClient(port);
        NativeApi api = new NativeApi(client, "quiet");
        Settings settings = Settings.fresh()
                .world(new int[] {100})
                .with("eu.nephele.smo.core.engine", "driftSeconds=1", "pollMillis=100");
        try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
            for (int i = 0; i < GRAPHS; i++) {
                api.deploy(Descriptors.graph("q" + i, Descriptors.service("q%d-s".formatted(i))));
            }
            Eventually.within(
                    PATIENCE_SECONDS, api::byPhase, phases -> assertThat(phases.getOrDefault("RUNNING", List.of()))
                            .hasSize(GRAPHS));
            try (HastyClient late = HastyClient.of(port)) {
                Eventually.within(PATIENCE_SECONDS, late::answers, answers -> assertThat(answers)
                        .isPositive());
                server.terminate();
                server.exitCode(PATIENCE_SECONDS);
                late.end();
                assertThat(late.wrong()).as("answers while the server ends").isEmpty();
            }
        }
        Instant ended = Instant.now();
        try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
            assertThat(server.processId()).isPositive();
            assertThat(new Followed(client).events("quiet"))
                    .filteredOn(
                            event -> Instant.parse(event.path("time").asText()).isBefore(ended))
                    .extracting(event -> event.path("type").asText())
                    .contains("hdag.deployed")
                    .doesNotContain("hdag.degraded", "hdag.drifted", "hdag.recovered", "service.degraded");
        }
    }
}
