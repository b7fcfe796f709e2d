// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** PostgreSQL is away for half a minute while clients go on changing graphs, each request with a key until it is acknowledged. */
class DatabaseOutageIT {

    private static final int CLIENTS = 6;
    private static final long BEFORE_SECONDS = 4;
    private static final long OUTAGE_SECONDS = 30;
    private static final long AFTER_SECONDS = 4;
    private static final long PATIENCE_SECONDS = 60;
    private static final long TRUTH_SECONDS = 10;
    private static final long SEED = 3;
    private static final String PROJECT = "outage";

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final Followed followed = new Followed(client);
    private final NativeApi api = new NativeApi(client, PROJECT);
    private final Queue<RestClient.Answer> refused = new ConcurrentLinkedQueue<>();
    private volatile boolean ending;

    @Test
    void nothingAcknowledgedIsLostAndTheServerRecoversByItself() throws Exception {
        try (StoppablePostgres database = new StoppablePostgres()) {
            Settings settings =
                    Settings.fresh().world(new int[] {100, 100}).with("eu.nephele.smo.core.store", database.settings());
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try (ServerProcess server = ServerProcess.ready(port, settings.data())) {
                assertThat(server.processId()).isPositive();
                List<Future<Owner>> owners = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    Owner owner = new Owner("g" + i, new Random(SEED + i));
                    owners.add(clients.submit(owner::changeUntilTheEnd));
                }
                TimeUnit.SECONDS.sleep(BEFORE_SECONDS);
                assertThat(refused).as("while everything is there").isEmpty();
                assertThat(client.get("/health/ready").status()).isEqualTo(200);

                database.stopHard();
                long outage = System.nanoTime();
                // promised are 2 s, on a quiet machine
                awaitReadiness(503, TRUTH_SECONDS);
                assertThat(client.get("/health/ready").text()).contains("database");
                assertThat(client.get("/health/live").status()).isEqualTo(200);
                TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(OUTAGE_SECONDS) - (System.nanoTime() - outage));
                database.startAgain();
                awaitReadiness(200, PATIENCE_SECONDS);
                TimeUnit.SECONDS.sleep(AFTER_SECONDS);
                ending = true;

                List<String> acknowledged = new ArrayList<>();
                for (Future<Owner> owner : owners) {
                    Owner ended = owner.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    ended.assertKept();
                    acknowledged.addAll(ended.acknowledged);
                }
                assertThat(refused).isNotEmpty().allSatisfy(DatabaseOutageIT::assertNamesTheDatabase);
                System.out.printf("acknowledged: %d, refused: %d%n", acknowledged.size(), refused.size());
                assertToldInOrder(acknowledged);
                assertThat(World.of(client).overbookedEver()).isFalse();
            } finally {
                clients.shutdownNow();
            }
        }
    }

    private static void assertNamesTheDatabase(RestClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.mediaType()).as(answer.text()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("source").asText()).as(answer.text()).isEqualTo("database");
        assertThat(answer.headers().firstValue("Retry-After")).as(answer.text()).isPresent();
    }

    private void awaitReadiness(int status, long seconds) throws Exception {
        Eventually.within(seconds, () -> client.get("/health/ready"), answer -> assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(status));
    }

    /** Each acknowledged change has exactly one event of its acceptance; the sequence has no gaps. */
    private void assertToldInOrder(List<String> acknowledged) throws Exception {
        List<JsonNode> all =
                Eventually.within(PATIENCE_SECONDS, () -> followed.eventsAfter(0, ""), events -> assertThat(
                                accepted(events).keySet())
                        .containsAll(acknowledged));
        assertThat(accepted(all)).as("one each").allSatisfy((operation, times) -> assertThat(times)
                .as(operation)
                .isEqualTo(1));
        assertThat(accepted(all).keySet()).hasSameElementsAs(acknowledged);
        assertThat(all.stream().map(Followed::sequence).toList())
                .isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList());
        Map<String, Long> generations = new TreeMap<>();
        for (JsonNode event : all) {
            if (event.path("type").asText().equals("hdag.accepted")) {
                String graph = event.path("subject").asText();
                long generation = event.path("generation").asLong();
                assertThat(generation).as(graph).isGreaterThan(generations.getOrDefault(graph, 0L));
                generations.put(graph, generation);
            }
        }
    }

    private static Map<String, Integer> accepted(List<JsonNode> events) {
        Map<String, Integer> accepted = new TreeMap<>();
        events.stream()
                .filter(event -> event.path("type").asText().equals("hdag.accepted"))
                .forEach(event -> accepted.merge(
                        "/api/v1/operations/" + event.path("operation").asText(), 1, Integer::sum));
        return accepted;
    }

    /** The only client that changes a graph: knows exactly what was acknowledged. */
    private final class Owner {

        private final String graph;
        private final Random random;
        private final List<String> acknowledged = new ArrayList<>();
        private int version;
        private boolean running;

        Owner(String graph, Random random) {
            this.graph = graph;
            this.random = random;
        }

        Owner changeUntilTheEnd() throws Exception {
            version = 1;
            running = true;
            insist("POST", api.graphs(), descriptor(version));
            while (!ending) {
                if (random.nextBoolean()) {
                    insist("PUT", path(), descriptor(version + 1));
                    version++;
                } else {
                    insist("POST", path() + (running ? "/stop" : "/start"), "");
                    running = !running;
                }
                RestClient.Answer seen = client.get(path());
                if (seen.status() != 200) {
                    refused.add(seen);
                }
            }
            return this;
        }

        /** Sends the same request with the same key until it is acknowledged. */
        private void insist(String method, String path, String body) throws Exception {
            String key = graph + "-" + acknowledged.size();
            while (true) {
                try {
                    RestClient.Answer answer = client.call(method, path, body, "Idempotency-Key", key);
                    if (answer.status() / 100 == 2) {
                        acknowledged.add(Followed.operationOf(answer));
                        return;
                    }
                    refused.add(answer);
                    assertThat(answer.status())
                            .as(method + " " + path + ": " + answer.text())
                            .isEqualTo(503);
                } catch (IOException cut) {
                    throw new AssertionError("The server answers, whatever the database does: " + method + path, cut);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        }

        void assertKept() throws Exception {
            assertThat(acknowledged).doesNotHaveDuplicates();
            for (String operation : acknowledged) {
                JsonNode end = followed.end(operation);
                assertThat(end.path("state").asText()).as(end.toString()).isIn("SUCCEEDED", "SUPERSEDED");
            }
            JsonNode view = Eventually.within(PATIENCE_SECONDS, () -> api.graph(graph), seen -> assertThat(
                            seen.path("phase").asText())
                    .as(seen.toString())
                    .isEqualTo(running ? "RUNNING" : "STOPPED"));
            assertThat(view.path("revision").asInt()).isEqualTo(version);
            assertThat(view.path("hdaGraph").toString()).contains("any:%d.0.0".formatted(version));
        }

        private String path() {
            return api.graphs() + "/" + graph;
        }

        private String descriptor(int number) {
            return Descriptors.graph(graph, Descriptors.service(graph + "-s", number + ".0.0", "light"));
        }
    }
}
