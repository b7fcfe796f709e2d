// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PostgreSQL takes 200 ms for every answer: all goes slowly, and nothing is given up or taken for lost. */
class SlowDatabaseIT {

    private static final Duration EACH = Duration.ofMillis(200);
    private static final int GRAPHS = 4;
    private static final long PATIENCE_SECONDS = 300;

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final NativeApi graphs = new NativeApi(client, "slow");

    @Test
    void changesAreAcceptedAndDoneAndTheServerStaysReady() throws Exception {
        try (StoppablePostgres database = new StoppablePostgres();
                SlowWire wire = new SlowWire(database.port())) {
            Settings settings = Settings.fresh()
                    .world(new int[] {100, 100})
                    .with(
                            "eu.nephele.smo.core.store",
                            "url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(wire.port()),
                            "user=postgres");
            try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
                assertThat(server.processId()).isPositive();
                wire.delay(EACH);
                for (int i = 0; i < GRAPHS; i++) {
                    graphs.deploy(graph("g" + i));
                    assertThat(client.get("/health/ready").status()).isEqualTo(200);
                    assertThat(graphs.graph("g" + i).path("name").asText()).isEqualTo("g" + i);
                }
                awaitRunning(GRAPHS);
                assertThat(client.get("/health/ready").status()).isEqualTo(200);
                graphs.remove("g0");
                awaitRunning(GRAPHS - 1);

                wire.delay(Duration.ZERO);
                graphs.deploy(graph("after"));
                awaitRunning(GRAPHS);
                assertThat(World.of(client).overbookedEver()).isFalse();
            }
        }
    }

    private void awaitRunning(int number) throws Exception {
        Eventually.within(PATIENCE_SECONDS, graphs::byPhase, phases -> {
            assertThat(phases).containsOnlyKeys("RUNNING");
            assertThat(phases.getOrDefault("RUNNING", List.of())).hasSize(number);
        });
    }

    private static String graph(String name) {
        return Descriptors.graph(name, Descriptors.service(name + "-web"));
    }
}
