// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.chaos.ChaosOptions;
import eu.nephele.smo.lab.harness.chaos.ChaosResult;
import eu.nephele.smo.lab.harness.chaos.ChaosRun;
import eu.nephele.smo.lab.harness.chaos.Traffic;
import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Bundles of our own are exchanged in a running server while clients deploy, update, stop, start and remove graphs. Three times each
 * in a usual run; {@code -Dsmo.live.updates=20} does it as often as the requirement says.
 */
class LiveUpdateIT {

    private static final int TIMES = Integer.getInteger("smo.live.updates", 3);
    private static final List<String> ROOMS = List.of("smo-core-engine", "smo-access-rest");
    private static final long SEED = 23;
    private static final int GRAPHS = 8;
    private static final int CLIENTS = 4;
    private static final int LATENCY_MILLIS = 20;
    private static final long PATIENCE_SECONDS = 60;
    /** On a busy machine; less than a call at the root waits for its work. */
    private static final long LONGEST_MILLIS = 20_000;

    private final Path workshop = Distribution.freshFolder("rebuilt");
    private long longestMillis;

    @Test
    void nothingAcknowledgedIsLostAndNoGraphIsStuckWhenEngineAndInterfaceAreExchanged() throws Exception {
        ChaosOptions options = new ChaosOptions(
                TIMES * ROOMS.size(),
                SEED,
                ChaosOptions.Outer.SIMULATED,
                DatabaseKind.H2,
                false,
                new Traffic(GRAPHS, CLIENTS, false),
                LATENCY_MILLIS,
                true,
                Distribution.serverCommand());
        ChaosResult result = new ChaosRun(options, Distribution.freshFolder("live"), System.out, this::exchange).run();
        System.out.println(result.table());
        System.out.printf("longest exchange of a bundle: %d ms%n", longestMillis);
        assertThat(result.findings()).isEmpty();
        assertThat(result.answers().refusals()).isEmpty();
        assertThat(result.answers().tooEarly())
                .as("404 while a bundle is away, where 503 is right")
                .isZero();
        assertThat(longestMillis).as("milliseconds of the longest exchange").isLessThan(LONGEST_MILLIS);
        assertThat(result.answers().acknowledged())
                .as("changes in the whole run")
                .isGreaterThan(TIMES * ROOMS.size());
    }

    /** In turns: the engine, the interface. */
    private void exchange(URI server, Path data, int number) throws IOException, InterruptedException {
        String room = ROOMS.get(number % ROOMS.size());
        Rebuilt rebuilt = Rebuilt.of(room, number, workshop.resolve(room + number));
        long begin = System.nanoTime();
        rebuilt.moveTo(data.resolve("plugins").resolve(room + ".jar"));
        RestClient client = new RestClient(server.getPort());
        Await.within(
                Duration.ofSeconds(PATIENCE_SECONDS),
                () -> "%s %s is active; its operations: %s"
                        .formatted(rebuilt.id(), rebuilt.version(), operations(client, rebuilt)),
                () -> isActive(client, rebuilt));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        longestMillis = Math.max(longestMillis, millis);
        System.out.printf("exchange %d: %s %s after %d ms%n", number, rebuilt.id(), rebuilt.version(), millis);
    }

    /** State, failed step and message of each operation on it: the reason why it is not active. */
    private static String operations(RestClient client, Rebuilt rebuilt) {
        try {
            return client.get("/api/v1/operations?target=plugin/" + rebuilt.id())
                    .text();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    private static boolean isActive(RestClient client, Rebuilt rebuilt) throws IOException, InterruptedException {
        RestClient.Answer answer = client.get("/api/v1/plugins");
        if (answer.status() != 200) {
            return false;
        }
        for (JsonNode plugin : answer.json().path("items")) {
            if (plugin.path("id").asText().equals(rebuilt.id())
                    && plugin.path("version").asText().equals(rebuilt.version().replace("-SNAPSHOT", ".SNAPSHOT"))) {
                return plugin.path("state").asText().equals("ACTIVE");
            }
        }
        return false;
    }
}
