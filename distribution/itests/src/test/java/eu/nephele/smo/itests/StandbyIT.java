// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two servers on one PostgreSQL: the second one stands by, and takes over when the first one ends, dies or stands still. How
 * that goes under load, and when the database is cut off, is tried by {@code ./smo chaos --standby}.
 */
class StandbyIT {

    private static final long PATIENCE_SECONDS = 60;
    /** Promised are 10 s, on a quiet machine. */
    private static final Duration TAKEOVER = Duration.ofSeconds(30);

    private static final long LEASE_SECONDS = 5;
    private static final int RESTART = 70;
    private static final String PLUGIN = "org.example.kept";
    private static final String ZONE_PLUGIN = "eu.h3ni.dns-zones";

    /** Both servers write into it. */
    private final Path zones = Distribution.freshFolder("zones");

    private final String database =
            Postgres.newSchema(Distribution.freshFolder("password").resolve("password"));

    /** A server with a client and a data directory of its own. */
    private final class Server implements AutoCloseable {

        private final Path data = Settings.fresh()
                .with("eu.nephele.smo.core.store", database)
                .with(ZONE_PLUGIN, "folder=" + zones)
                .data();
        private final int port = Distribution.freePort();
        private final RestClient client = new RestClient(port);
        private final NativeApi api = new NativeApi(client, "p");
        private final Bundles bundles = new Bundles(client, port, data);
        private ServerProcess process;

        Server() throws IOException {
            process = ServerProcess.ready(port, data);
        }

        void startAgain() throws IOException {
            process = ServerProcess.ready(port, data);
        }

        String role() throws Exception {
            RestClient.Answer ready = client.get("/health/ready");
            assertThat(ready.status()).as(ready.text()).isEqualTo(200);
            return ready.json().path("role").asText();
        }

        /** Those who want to know of a new epoch are told one after the other; whoever answers for the health is one of them. */
        void owns(long epoch) throws Exception {
            Eventually.within(
                    PATIENCE_SECONDS, () -> client.get("/health/owner").text(), owner -> assertThat(owner)
                            .contains("epoch " + epoch));
        }

        void signal(String name) throws Exception {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.processId()))
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }

        void deploys(String graph) throws Exception {
            deploy(descriptor(graph));
        }

        void deploy(String descriptor) throws Exception {
            RestClient.Answer answer = client.postJson(api.graphs() + "?wait=60", descriptor);
            assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        }

        /** Until the other one is gone: asks to change something all the time. */
        void takesOver(Instant since) throws Exception {
            String name = "after-" + since.toEpochMilli();
            Await.until("the standby takes over", () -> {
                RestClient.Answer answer = client.postJson(api.graphs(), descriptor(name));
                assertThat(Duration.between(since, Instant.now())).isLessThan(TAKEOVER);
                assertThat(answer.status()).as(answer.text()).isIn(202, 503);
                return answer.status() == 202;
            });
            System.out.printf(
                    "taken over within %d ms%n",
                    Duration.between(since, Instant.now()).toMillis());
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private static String descriptor(String graph) {
        return Descriptors.graph(graph, Descriptors.service(graph + "-s", "1.0.0", "light"));
    }

    /** Asks a server all the time for what is stored; everything but an answer is kept. */
    private static final class Reader implements AutoCloseable {
        private final Queue<String> failed = new ConcurrentLinkedQueue<>();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private volatile boolean ending;
        private final AtomicLong answered = new AtomicLong();

        Reader(Server server, String... paths) {
            thread.execute(() -> {
                while (!ending) {
                    for (String path : paths) {
                        read(server, path);
                    }
                }
            });
        }

        private void read(Server server, String path) {
            try {
                RestClient.Answer answer = server.client.get(path);
                if (answer.status() != 200) {
                    failed.add(path + ": " + answer.text());
                }
                answered.incrementAndGet();
            } catch (IOException | AssertionError e) {
                failed.add(path + ": " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            ending = true;
            thread.shutdown();
        }
    }

    @Test
    void theSecondServerAnswersReadsAndTakesOverWhenTheFirstEndsDiesOrStandsStill() throws Exception {
        try (Server a = new Server();
                Server b = new Server()) {
            assertThat(a.role()).isEqualTo("owner");
            assertThat(b.role()).isEqualTo("standby");
            assertThat(a.client.get("/health/owner").status()).isEqualTo(200);
            assertThat(b.client.get("/health/owner").status()).isEqualTo(503);

            a.deploys("first");
            EventFollower follower = new EventFollower(b.port, "p");
            follower.connect();
            assertReads(a, b);
            assertRefused(a, b);
            Eventually.within(PATIENCE_SECONDS, follower::heard, heard -> assertThat(types(heard))
                    .contains("hdag.accepted"));

            Path workshop = Distribution.freshFolder("workshop");
            Rebuilt firstFit = Rebuilt.of("smo-placement-firstfit", 1, workshop.resolve("firstfit.jar"));
            a.bundles.update(firstFit);
            b.bundles.awaitPlugin(firstFit.id(), firstFit.listedVersion());

            Zones under = Zones.underWay(a, b, zones);
            EventFollower moving = new EventFollower(a.port, "p");
            moving.connect();

            String[] paths = {b.api.graphs(), b.api.graphs() + "/first", "/graphs/first", "/clusters", "/api/v1/events"
            };
            try (Reader reader = new Reader(b, paths)) {
                a.bundles.install(PLUGIN, TemplatePlugin.jar(PLUGIN, "1.0.0"));
                Instant killed = Instant.now();
                a.process.kill();
                b.takesOver(killed);
                assertThat(reader.answered).hasPositiveValue();
                assertThat(reader.failed).isEmpty();
            }
            moving.goOnAt(b.port);
            assertThat(b.role()).isEqualTo("owner");
            b.owns(2);
            under.goOn(b);
            b.deploys("second");
            b.bundles.awaitPlugin(PLUGIN, "1.0.0");
            b.deploy(descriptor("chosen")
                    .replace(
                            "\"services\":",
                            "\"strategies\":{\"placement\":{\"id\":\"%s\"}},\"services\":".formatted(PLUGIN)));
            assertThat(b.api.decisions("chosen")
                            .get(0)
                            .path("strategy")
                            .path("id")
                            .asText())
                    .as("it was installed a moment before the owner died")
                    .contains(PLUGIN);
            Eventually.within(PATIENCE_SECONDS, () -> b.api.graph("first"), graph -> assertThat(
                            graph.path("phase").asText())
                    .isEqualTo("RUNNING"));
            Eventually.within(PATIENCE_SECONDS, follower::heard, heard -> assertThat(heard)
                    .as("the stream of the standby goes on when it is the owner")
                    .anySatisfy(
                            event -> assertThat(event.path("subject").asText()).contains("second")));
            follower.close();
            List<Long> told = new Followed(b.client)
                    .events("p").stream().map(Followed::sequence).toList();
            Eventually.within(PATIENCE_SECONDS, moving::heard, heard -> assertThat(
                            heard.stream().map(Followed::sequence).toList())
                    .as("a stream that was cut at one server goes on at the other one, without a gap")
                    .startsWith(told.toArray(Long[]::new)));
            moving.close();

            a.startAgain();
            assertThat(a.role()).isEqualTo("standby");
            b.signal("STOP");
            Instant stopped = Instant.now();
            a.takesOver(stopped);
            TimeUnit.SECONDS.sleep(LEASE_SECONDS);
            b.signal("CONT");
            assertThat(b.process.exitCode(PATIENCE_SECONDS))
                    .as("it has lost the database")
                    .isEqualTo(RESTART);
            b.startAgain();
            assertThat(b.role()).isEqualTo("standby");

            Instant ended = Instant.now();
            a.process.terminate();
            b.takesOver(ended);
            assertThat(b.api.graph("first").path("phase").asText()).isNotEmpty();
            b.owns(4);
        }
    }

    /**
     * Resources of a kind that a bundle brought, of which one is being made and one removed.
     *
     * @param away where the folder is, so that nothing can be written
     */
    private record Zones(Path folder, Path away, String making, String removing) {

        static Zones underWay(Server a, Server b, Path folder) throws Exception {
            a.bundles.install(ZONE_PLUGIN, Distribution.HOME.resolve("examples/dns-zones-1.0.0.jar"));
            b.bundles.awaitPlugin(ZONE_PLUGIN, "1.0.0");
            for (String zone : List.of("kept", "gone")) {
                assertThat(a.client.put(path(zone), BODY).status()).isIn(201, 202);
                FormerWorld.awaitZone(a.client, path(zone));
            }
            Path away = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
            String making = Followed.operationOnResource(a.client.put(path("made"), BODY));
            String removing = Followed.operationOf(a.client.delete(path("gone")));
            return new Zones(folder, away, making, removing);
        }

        private static final String BODY =
                "{\"desired\": {\"nameServer\": \"ns.example\", \"records\": [{\"name\": \"web\", \"address\": \"192.0.2.7\"}]}}";

        private static String path(String zone) {
            return "/api/v1/kinds/zone/resources/%s.example?project=p".formatted(zone);
        }

        /** The successor ends what was under way, each thing once. */
        void goOn(Server b) throws Exception {
            for (String operation : List.of(making, removing)) {
                assertThat(b.client.get(operation).json().path("state").asText())
                        .isIn("PENDING", "RUNNING");
            }
            Files.move(away, folder);
            for (String operation : List.of(making, removing)) {
                JsonNode ended = new Followed(b.client).end(operation);
                assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
            }
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("kept.example.zone", "made.example.zone");
            }
        }
    }

    private static void assertReads(Server a, Server b) throws Exception {
        JsonNode there = a.api.graph("first");
        Eventually.within(PATIENCE_SECONDS, () -> b.api.graph("first"), here -> assertThat(here)
                .isEqualTo(there));
        for (String path : List.of(
                "/api/v1/operations",
                "/api/v1/projects",
                "/api/v1/clusters",
                "/api/v1/strategies",
                "/api/v1/plugins",
                "/api/v1/shadows",
                "/api/v1/webhooks",
                "/api/v1/kinds",
                "/api/v1/kinds/infrastructure/resources",
                "/api/v1/infrastructure",
                a.api.graphs() + "/first/revisions",
                a.api.graphs() + "/first/decisions",
                "/project/p/graphs",
                "/clusters")) {
            RestClient.Answer answer = b.client.get(path);
            assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Smo-Role")).as(path).contains("standby");
            assertThat(answer.headers().firstValue("Smo-Read-At").map(Instant::parse))
                    .as(path)
                    .hasValueSatisfying(
                            at -> assertThat(at).isAfter(Instant.now().minusSeconds(PATIENCE_SECONDS)));
            assertThat(a.client.get(path).headers().firstValue("Smo-Role"))
                    .as(path)
                    .isEmpty();
        }
    }

    private static void assertRefused(Server a, Server b) throws Exception {
        for (RestClient.Answer refused : List.of(
                b.client.postJson(b.api.graphs(), descriptor("mine")),
                b.client.post("/graphs/first/stop"),
                b.client.delete("/graphs/first"),
                b.client.postJson("/alerts", Alerts.firing("p", "first", "first-web")),
                b.client.post("/api/v1/clusters/c1/cordon"))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.json().path("owner").asText()).isEqualTo("http://127.0.0.1:" + a.port);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(a.api.graph("first").path("desired").asText()).isEqualTo("RUNNING");
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }
}
