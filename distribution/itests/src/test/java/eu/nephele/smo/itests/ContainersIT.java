// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.itests.ContainersWorld.Image;
import eu.nephele.smo.itests.ContainersWorld.TaggedImage;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The product beside two real engines and a real HAProxy, by one file: scaled by hand, a container killed, a rolling update, the server
 * killed, under requests all the time.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersIT {

    private ContainersWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = ContainersWorld.started(new TaggedImage("1", Image.PAGE), new TaggedImage("2", Image.PAGE));
        Files.writeString(world.file(), world.servers(4) + """
                services:
                  web:
                    image: localhost/app:1
                    port: %d
                    min_replicas: 1
                    max_replicas: 4
                    scale_up_threshold: 75
                    scale_down_threshold: 1
                    cooldown_period: 3600
                    business_hours_only: false
                    health_check: {path: /, interval: 1, grace: 10}
                """.formatted(world.servicePort()));
    }

    @AfterEach
    void end() throws Exception {
        if (world != null) {
            world.end();
        }
    }

    @Test
    void servicesOfAFileRunOnPlainServersBehindABalancer() throws Exception {
        int port = Distribution.freePort();
        RestClient api = world.api();
        try (ServerProcess first = world.readyServer(port)) {
            world.startBalancer();
            try (Visitors visitors = new Visitors(world.servicePort())) {
                Eventually.within(ContainersWorld.PATIENCE_SECONDS, visitors::last, page -> assertThat(page)
                        .isEqualTo("page 1"));
                visitors.forgetFailures();

                assertThat(api.post("/services/web/scale/up")
                                .json()
                                .at("/result/success")
                                .asBoolean())
                        .isTrue();
                Eventually.within(
                        ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.running(api), ids -> assertThat(ids)
                                .hasSize(2));
                assertThat(ContainersWorld.servers(api))
                        .as("the server with the fewest of this service")
                        .hasSize(2);
                assertThat(visitors.failures()).isZero();

                String victim = ContainersWorld.running(api).iterator().next();
                for (PodmanService engine : world.engines()) {
                    engine.killContainer(victim);
                }
                // the same one again, or another one
                Eventually.within(
                        ContainersWorld.PATIENCE_SECONDS,
                        () -> world.engines().get(0).running()
                                + world.engines().get(1).running(),
                        ids -> assertThat(ids.lines()).hasSize(2));
                Eventually.within(
                        ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.running(api), ids -> assertThat(ids)
                                .hasSize(2));
                visitors.forgetFailures();

                assertThat(api.post("/services/web/rolling-update?image=localhost/app:2")
                                .json()
                                .at("/result/success")
                                .asBoolean())
                        .isTrue();
                Eventually.within(ContainersWorld.PATIENCE_SECONDS, visitors::recent, pages -> assertThat(pages)
                        .containsOnly("page 2"));
                Eventually.within(
                        ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.running(api), ids -> assertThat(ids)
                                .hasSize(2));
                assertThat(visitors.failures())
                        .as("requests that failed during the update")
                        .isZero();

                // not in the middle of the update, which would go on after the restart
                RestClient natively = new RestClient(port);
                Eventually.within(
                        ContainersWorld.PATIENCE_SECONDS,
                        () -> natively.get(ContainersWorld.POOL)
                                .json()
                                .path("phase")
                                .asText(),
                        phase -> assertThat(phase).isEqualTo("READY"));
                Eventually.within(
                        ContainersWorld.PATIENCE_SECONDS,
                        () -> world.engines().get(0).running()
                                + world.engines().get(1).running(),
                        ids -> assertThat(ids.lines()).hasSize(2));
                assertThat(Files.readString(world.settings().data().resolve("log/smo.log")))
                        .as("the configurations of the first load connect each server once")
                        .containsOnlyOnce("server configured server=%s ".formatted(ContainersWorld.FIRST_SERVER))
                        .containsOnlyOnce("server configured server=%s ".formatted(ContainersWorld.SECOND_SERVER))
                        .doesNotContain("Connection pool shut down", "Interrupted while waiting");
                Set<String> before = ContainersWorld.running(api);
                first.kill();
                TimeUnit.SECONDS.sleep(2);
                try (ServerProcess second = world.readyServer(port)) {
                    assertThat(second.processId()).isPositive();
                    Eventually.within(
                            ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.running(api), ids -> assertThat(ids)
                                    .isEqualTo(before));
                    TimeUnit.SECONDS.sleep(20);
                    assertThat(ContainersWorld.running(api))
                            .as("nothing is lost or doubled")
                            .isEqualTo(before);
                    assertThat(visitors.recent())
                            .as("the update outlives the server, though the file has the former image")
                            .containsOnly("page 2");
                    assertThat(visitors.failures())
                            .as("requests that failed while the server was dead")
                            .isZero();

                    assertThat(api.post("/services/web/scale/up")
                                    .json()
                                    .at("/result/success")
                                    .asBoolean())
                            .isTrue();
                    Eventually.within(
                            ContainersWorld.PATIENCE_SECONDS,
                            () -> ContainersWorld.perServer(api),
                            containers -> assertThat(containers)
                                    .as("among equals the first server of the file")
                                    .isEqualTo(
                                            Map.of(ContainersWorld.FIRST_SERVER, 2, ContainersWorld.SECOND_SERVER, 1)));

                    assertThat(natively.delete(ContainersWorld.POOL).status()).isEqualTo(202);
                    Eventually.within(
                            ContainersWorld.PATIENCE_SECONDS,
                            () -> world.engines().get(0).containers()
                                    + world.engines().get(1).containers(),
                            left -> assertThat(left).isBlank());
                }
            }
        }
    }

    /** The server of the SMO begins anew while one engine hangs: what the other one runs is looked after. */
    @Test
    void aServerThatHangsAtAStartKeepsNoOtherFromItsReplicas() throws Exception {
        int port = Distribution.freePort();
        RestClient api = world.api();
        try (ServerProcess first = world.readyServer(port)) {
            world.startBalancer();
            Eventually.within(
                    ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.running(api), ids -> assertThat(ids)
                            .hasSize(1));
            api.post("/services/web/scale/up");
            Eventually.within(
                    ContainersWorld.PATIENCE_SECONDS, () -> ContainersWorld.servers(api), servers -> assertThat(servers)
                            .hasSize(2));
            first.kill();
        }
        PodmanService hangs = world.engines().get(0);
        PodmanService well = world.engines().get(1);
        Path log = world.settings().data().resolve("log/smo.log");
        int before = Files.readString(log).length();
        hangs.freeze();
        try (ServerProcess second = world.readyServer(port)) {
            assertThat(second.processId()).isPositive();
            // the place of the other one may have been given to this one already
            String process = well.processes().lines().findFirst().orElseThrow();
            well.killContainer(process.substring(0, process.indexOf(' ')));
            long killed = System.nanoTime();
            Eventually.within(ContainersWorld.PATIENCE_SECONDS, well::processes, now -> assertThat(now.lines())
                    .as("its replica and the one of the server that hangs")
                    .hasSize(2)
                    .doesNotContain(process));
            System.err.printf(
                    "both run after %d ms beside an engine that hangs%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
            assertThat(Files.readString(log).substring(before)).doesNotContain("circuit opened system=docker");
        } finally {
            hangs.thaw();
        }
    }
}
