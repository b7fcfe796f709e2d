// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.itests.ContainersWorld.Image;
import eu.nephele.smo.itests.ContainersWorld.TaggedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rolling updates over two real engines behind a real HAProxy, under requests all the time: two at once, one that never gets well and is
 * taken back by itself, and one that is aborted in the middle.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersUpdateIT {

    private static final int REPLICAS = 3;
    private static final int BATCH = 2;

    private ContainersWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = ContainersWorld.started(
                new TaggedImage("1", Image.PAGE),
                new TaggedImage("2", Image.PAGE),
                new TaggedImage("sick", Image.SICK),
                new TaggedImage("slow", Image.SLOW));
        Files.writeString(world.file(), world.servers(4) + """
                services:
                  web:
                    image: localhost/app:1
                    port: %d
                    min_replicas: 3
                    max_replicas: 4
                    max_per_server: 2
                    scale_up_threshold: 75
                    scale_down_threshold: 1
                    cooldown_period: 3600
                    business_hours_only: false
                    health_check: {path: /, interval: 1, timeout: 1, rise: 1, fall: 2, grace: 9}
                    update: {batch_size: 2}
                """.formatted(world.servicePort()));
    }

    @AfterEach
    void end() throws Exception {
        if (world != null) {
            world.end();
        }
    }

    private static JsonNode update(RestClient api) throws Exception {
        return api.get("/services/web/stats").json().path("update");
    }

    private static void begin(RestClient api, String tag) throws Exception {
        assertThat(api.post("/services/web/rolling-update?image=localhost/app:" + tag)
                        .json()
                        .at("/result/success")
                        .asBoolean())
                .isTrue();
    }

    private void awaitEnd(RestClient api, String phase) throws Exception {
        Eventually.within(ContainersWorld.PATIENCE_SECONDS, () -> update(api), update -> {
            assertThat(update.path("phase").asText()).as("%s", update).isEqualTo(phase);
        });
        Eventually.within(ContainersWorld.PATIENCE_SECONDS, world::runningOnEngines, lines -> assertThat(lines)
                .hasSize(REPLICAS));
        Eventually.within(ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.running(api), ids -> assertThat(ids)
                .hasSize(REPLICAS));
    }

    @Test
    void updatesKeepTheirLimitsAndAreTakenBackUnderRequests() throws Exception {
        RestClient api = world.api();
        try (ServerProcess server = world.readyServer(Distribution.freePort())) {
            assertThat(server.processId()).isPositive();
            world.startBalancer();
            try (Visitors visitors = new Visitors(world.servicePort());
                    Counting counting = new Counting(world)) {
                Eventually.within(ContainersWorld.PATIENCE_SECONDS, visitors::last, page -> assertThat(page)
                        .isEqualTo("page 1"));
                Eventually.within(
                        ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.running(api), ids -> assertThat(ids)
                                .hasSize(REPLICAS));
                visitors.forgetFailures();

                begin(api, "2");
                awaitEnd(api, "done");
                assertThat(visitors.recent()).containsOnly("page 2");
                assertThat(update(api).path("ready").asInt()).isEqualTo(REPLICAS);
                assertThat(counting.most()).as("two at once, and no more").isEqualTo(REPLICAS + BATCH);
                Set<String> updated = ContainersWorld.running(api);

                begin(api, "sick");
                awaitEnd(api, "failed");
                assertThat(update(api).path("message").asText()).contains("it went back to what ran before");
                assertThat(ContainersWorld.running(api)).as("the ones before").isEqualTo(updated);
                assertThat(visitors.recent()).containsOnly("page 2");

                begin(api, "slow");
                Eventually.within(ContainersWorld.PATIENCE_SECONDS, visitors::recent, pages -> assertThat(pages)
                        .contains("page slow"));
                assertThat(api.post("/services/web/rolling-update/abort").status())
                        .isEqualTo(200);
                Eventually.within(ContainersWorld.PATIENCE_SECONDS, visitors::recent, pages -> assertThat(pages)
                        .containsOnly("page 2"));
                awaitEnd(api, "aborted");
                assertThat(update(api).path("from").asText()).isEqualTo("localhost/app:2");
                Set<String> kept = new TreeSet<>(updated);
                kept.retainAll(ContainersWorld.running(api));
                assertThat(kept).as("what was not replaced yet stays").isNotEmpty();
                assertThat(api.post("/services/web/rolling-update/abort").status())
                        .as("nothing is running")
                        .isEqualTo(409);

                assertThat(counting.most()).isEqualTo(REPLICAS + BATCH);
                assertThat(visitors.failures()).as("requests that failed").isZero();
            }
        }
    }

    /** Counts containers that run on both engines all the time. */
    private static final class Counting implements AutoCloseable {

        private final ContainersWorld world;
        private final AtomicInteger most = new AtomicInteger();
        private final Thread thread = new Thread(this::count, "counting");
        private volatile boolean over;
        private volatile Optional<Exception> failure = Optional.empty();

        Counting(ContainersWorld world) {
            this.world = world;
            thread.setDaemon(true);
            thread.start();
        }

        private void count() {
            try {
                while (!over) {
                    String first = world.engines().get(0).running();
                    String second = world.engines().get(1).running();
                    // both at one moment, or neither counts
                    if (first.equals(world.engines().get(0).running())) {
                        most.accumulateAndGet(
                                (int) (first.lines().count() + second.lines().count()), Math::max);
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (IOException | InterruptedException lost) {
                failure = Optional.of(lost);
            }
        }

        int most() {
            assertThat(failure).isEmpty();
            return most.get();
        }

        @Override
        public void close() {
            over = true;
        }
    }
}
