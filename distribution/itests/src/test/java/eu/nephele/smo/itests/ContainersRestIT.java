// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The interface of the original beside a real engine: explanations, events over a restart, roles, and a standby. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ContainersRestIT {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final long PATIENCE_SECONDS = 90;
    private static final String BASE = "/containers";
    private static final String POOL_ROW = "resource where kind = 'container-pool'";

    private Path folder;
    private Processes processes;
    private PodmanService engine;
    private int servicePort;

    @BeforeEach
    void begin() throws Exception {
        RealPrograms.require("podman", "runc", "slirp4netns");
        // not below the folders of the tests: paths of sockets are short
        folder = Files.createTempDirectory("smo-r-");
        processes = new Processes(folder.resolve("processes"));
        servicePort = Distribution.freePort();
        engine = PodmanService.start(folder.resolve("p"), Binaries.ofThisMachine(), processes);
        engine.importImage(
                image(),
                "localhost/app:1",
                "CMD [\"/busybox\",\"httpd\",\"-f\",\"-p\",\"%d\",\"-h\",\"/www\"]".formatted(servicePort));
        well(true);
    }

    private Path image() throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("image"));
        Files.copy(BUSYBOX, root.resolve("busybox"));
        Files.createDirectories(root.resolve("www"));
        Path archive = folder.resolve("image.tar");
        assertThat(new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                        .start()
                        .waitFor())
                .isZero();
        return archive;
    }

    /** Containers answer their probes as long as the page is there. */
    private void well(boolean page) throws IOException {
        Path index = Files.createDirectories(folder.resolve("www")).resolve("index.html");
        if (page) {
            Files.writeString(index, "page\n");
        } else {
            Files.delete(index);
        }
    }

    private String file() {
        return """
                servers:
                  - {name: edge-1, host: 127.0.0.1, endpoint: 'unix://%s', network: slirp4netns, max_containers: 4}
                services:
                  web:
                    image: localhost/app:1
                    port: %d
                    min_replicas: 1
                    max_replicas: 3
                    scale_up_threshold: 99
                    scale_down_threshold: 0
                    cooldown_period: 3600
                    business_hours_only: false
                    health_check: {path: /, interval: 1, grace: 5}
                    volumes: ['%s:/www:ro']
                autoscaler: {check_interval: 5}
                """.formatted(engine.socket(), servicePort, folder.resolve("www"));
    }

    @AfterEach
    void end() throws Exception {
        if (folder == null) {
            return;
        }
        engine.removeAll();
        engine.close();
        processes.close();
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    private static ServerProcess server(int port, Settings settings) throws IOException {
        ServerProcess server = ServerProcess.start(
                "--json",
                "--profile",
                "containers",
                "--port",
                Integer.toString(port),
                "--data",
                settings.data().toString());
        server.awaitEvent("ready");
        return server;
    }

    private static long healthy(RestClient api) throws Exception {
        long healthy = 0;
        for (JsonNode container : api.get(BASE + "/services/web/stats").json().path("containers")) {
            healthy += container.path("health").asText().equals("healthy") ? 1 : 0;
        }
        return healthy;
    }

    private static void awaitHealthy(RestClient api, long count) throws Exception {
        Eventually.within(
                PATIENCE_SECONDS, () -> healthy(api), now -> assertThat(now).isEqualTo(count));
    }

    private static List<String> events(RestClient api) throws Exception {
        List<String> events = new ArrayList<>();
        for (JsonNode event : api.get(BASE + "/events").json()) {
            events.add("%s %s %d %d"
                    .formatted(
                            event.path("action").asText(),
                            event.path("reason").asText(),
                            event.path("from_count").asInt(),
                            event.path("to_count").asInt()));
        }
        return events;
    }

    @Test
    void explanationsAndEventsAreThoseOfTheCoreAlsoAfterARestart() throws Exception {
        int port = Distribution.freePort();
        Settings settings = Settings.fresh().file("containers.yaml", file());
        RestClient api = new RestClient(port);
        List<String> before;
        try (ServerProcess first = server(port, settings)) {
            awaitHealthy(api, 1);
            assertDryRunsChangeNothing(api);
            scaleByHand(api);
            assertExplained(api);
            sicken(api);
            assertRefusals(api);
            before = events(api);
            first.kill();
        }
        try (ServerProcess second = server(port, settings)) {
            assertThat(second.processId()).isPositive();
            Eventually.within(
                    PATIENCE_SECONDS, () -> events(api), now -> assertThat(now).containsAll(before));
            assertThat(api.get(BASE + "/services/web/stats")
                            .json()
                            .path("cooldown_remaining")
                            .asInt())
                    .as("nobody but a person has scaled")
                    .isZero();
        }
    }

    private static void assertDryRunsChangeNothing(RestClient api) throws Exception {
        String stored =
                api.get("/api/v1/kinds/container-pool/resources/default").text();
        for (String action : List.of(
                "/services/web/scale/up",
                "/services/web/scale/down",
                "/services/web/restart",
                "/services/web/rolling-update",
                "/config/reload")) {
            assertThat(api.post(BASE + action + "?dryRun=true").status()).isEqualTo(200);
        }
        assertThat(events(api)).isEmpty();
        assertThat(api.get("/api/v1/kinds/container-pool/resources/default").text())
                .isEqualTo(stored);
        assertThat(explained(api).at("/inputs/held").isNull()).isTrue();
    }

    private static JsonNode explained(RestClient api) throws Exception {
        return api.get(BASE + "/services/web/explain").json();
    }

    private static void scaleByHand(RestClient api) throws Exception {
        assertThat(api.post(BASE + "/services/web/scale/up")
                        .json()
                        .at("/result/success")
                        .asBoolean())
                .isTrue();
        assertThat(explained(api).path("rule").asText()).isEqualTo("held");
        awaitHealthy(api, 2);
        assertThat(events(api)).containsExactly("scale_up manual scale up 1 2");
        Eventually.within(PATIENCE_SECONDS, () -> explained(api).path("rule").asText(), rule -> assertThat(rule)
                .as("no cool-down")
                .isIn("between_thresholds", "scale_down_threshold"));
    }

    private static void assertExplained(RestClient api) throws Exception {
        JsonNode explained = Eventually.within(PATIENCE_SECONDS, () -> explained(api), now -> assertThat(
                        now.at("/last_decision/strategy").asText())
                .isEqualTo("cpu-threshold"));
        assertThat(explained.at("/inputs/container_count").asInt()).isEqualTo(2);
        assertThat(explained.at("/inputs/avg_cpu").isNumber()).isTrue();
        assertThat(explained.at("/candidates/0/chosen").asBoolean()).isTrue();
        assertThat(explained.at("/candidates/0/service_containers").asInt()).isEqualTo(2);
        assertThat(explained.at("/placement_decision/text").toString()).contains("web is placed on edge-1");
        assertThat(explained.at("/placement_decision/strategy").asText()).isEqualTo("least-of-this-service");
        assertThat(explained.path("cycles").toString()).contains("\"person\"");
    }

    private void sicken(RestClient api) throws Exception {
        well(false);
        Eventually.within(PATIENCE_SECONDS, () -> events(api), now -> assertThat(now)
                .contains("health_remove unhealthy on edge-1 2 2"));
        well(true);
        awaitHealthy(api, 2);
    }

    private static void assertRefusals(RestClient api) throws Exception {
        RestClient.Answer missing = api.get(BASE + "/services/none/stats");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().path("detail").asText()).contains("none");
        assertThat(api.get(BASE + "/services/none/explain").status()).isEqualTo(404);
        RestClient.Answer unknown = api.post(BASE + "/services/none/scale/up");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("detail").asText()).contains("none");
        assertThat(api.get(BASE + "/metrics").text())
                .contains(
                        "api_requests_total{endpoint=\"/services/{name}/scale/up\",method=\"POST\",status=\"400\"} 1.0")
                .contains("api_request_duration_seconds_count{endpoint=\"/services/{name}/stats\",method=\"GET\"}")
                .contains("scaling_events_total{action=\"scale_up\",service=\"web\"} 1.0")
                .contains("scaling_events_total{action=\"health_remove\",service=\"web\"}");
        // the other one runs beside the unhealthy one until it is well
        Eventually.within(PATIENCE_SECONDS, () -> api.get(BASE + "/metrics").text(), metrics -> assertThat(metrics)
                .contains("container_count{service=\"web\"} 2.0"));
    }

    @Test
    void viewersReadOperatorsScaleAdministratorsReload() throws Exception {
        int port = Distribution.freePort();
        Settings settings = Settings.fresh()
                .file("containers.yaml", file())
                .with("eu.nephele.smo.access.security", "requireToken=true");
        try (ServerProcess server = server(port, settings)) {
            assertThat(server.processId()).isPositive();
            RestClient admin = RestClient.known(
                    port,
                    Files.readString(settings.data().resolve("etc/admin.token")).strip());
            awaitHealthy(admin, 1);
            RestClient viewer = holder(port, admin, "viewer");
            RestClient operator = holder(port, admin, "operator");

            assertThat(new RestClient(port).get(BASE + "/services").status()).isEqualTo(401);
            assertThat(viewer.get(BASE + "/services/web/explain").status()).isEqualTo(200);
            assertThat(viewer.post(BASE + "/services/web/scale/up").status()).isEqualTo(403);
            assertThat(viewer.post(BASE + "/services/web/restart?dryRun=true").status())
                    .isEqualTo(403);
            assertThat(viewer.post(BASE + "/services/web/rolling-update?image=no%20image")
                            .status())
                    .isEqualTo(403);
            assertThat(viewer.post(BASE + "/config/reload?dryRun=true").status())
                    .isEqualTo(403);

            assertThat(operator.post(BASE + "/config/reload?dryRun=true").status())
                    .isEqualTo(200);
            RestClient.Answer refused = operator.post(BASE + "/config/reload");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("detail").asText()).contains("admin");
            assertThat(operator.post(BASE + "/services/web/scale/up").status()).isEqualTo(200);
            awaitHealthy(viewer, 2);
            assertThat(operator.post(BASE + "/services/web/rolling-update?image=no%20image")
                            .status())
                    .isEqualTo(400);
            assertThat(operator.post(BASE + "/services/web/rolling-update").status())
                    .isEqualTo(200);
            assertThat(entries(admin, "container-pool.apply"))
                    .anySatisfy(
                            entry -> assertThat(entry).startsWith("forbidden").contains("may not change the pool"))
                    .contains("invalid The change is not valid at /services/web/image");
            assertThat(admin.post(BASE + "/config/reload").status()).isEqualTo(200);
            settings.file("containers.yaml", file().replace("max_replicas: 3", "max_replicas: 0"));
            assertThat(admin.post(BASE + "/config/reload").status()).isEqualTo(422);
            assertThat(entries(admin, "container-pool.reload"))
                    .hasSize(2)
                    .anySatisfy(
                            entry -> assertThat(entry).startsWith("forbidden").contains("admin"))
                    .anySatisfy(
                            entry -> assertThat(entry).startsWith("invalid").contains("/services/web/max_replicas: "));
            assertThat(entries(admin, "graph.scale"))
                    .contains("accepted ")
                    .anyMatch(entry -> entry.startsWith("forbidden"));
        }
    }

    /** Outcome and detail. */
    private static List<String> entries(RestClient auditor, String action) throws Exception {
        List<String> entries = new ArrayList<>();
        for (JsonNode entry :
                auditor.get("/api/v1/audit?limit=1000&action=" + action).json().path("items")) {
            entries.add("%s %s"
                    .formatted(
                            entry.path("outcome").asText(), entry.path("detail").asText()));
        }
        return entries;
    }

    private static RestClient holder(int port, RestClient admin, String role) throws Exception {
        String token = admin.postJson("/api/v1/keys", "{\"name\":\"%s\"}".formatted(role))
                .json()
                .path("token")
                .asText();
        assertThat(admin.postJson("/api/v1/grants", "{\"subject\":\"key:%s\",\"role\":\"%s\"}".formatted(role, role))
                        .status())
                .isEqualTo(201);
        return RestClient.known(port, token);
    }

    @Test
    void aStepThatComesAgainAfterTheServerWasKilledIsMadeAndAcceptedOnce() throws Exception {
        String database =
                Postgres.newSchema(Distribution.freshFolder("password").resolve("password"));
        int port = Distribution.freePort();
        Settings settings =
                Settings.fresh().file("containers.yaml", file()).with("eu.nephele.smo.core.store", database);
        RestClient api = new RestClient(port);
        RestClient auditor;
        try (ServerProcess first = server(port, settings)) {
            auditor = RestClient.known(
                    port,
                    Files.readString(settings.data().resolve("etc/admin.token")).strip());
            awaitHealthy(api, 1);
            try (LockedRows pool = LockedRows.lock(database, POOL_ROW)) {
                CompletableFuture<RestClient.Answer> lost = stepAsync(api, "before");
                awaitAnnounced(pool, "before");
                Eventually.within(PATIENCE_SECONDS, () -> pool.isAwaited("resource"), now -> assertThat(now)
                        .isTrue());
                first.kill();
                assertThat(lost).failsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
            }
        }
        try (ServerProcess second = server(port, settings)) {
            awaitHealthy(api, 1);
            assertThat(step(api, "before").json().at("/result/message").asText())
                    .as("nothing of it was done")
                    .isEqualTo("Scaling from 1 to 2");
            assertThat(step(api, "before").json().at("/result/message").asText())
                    .isEqualTo("Scaling to 2");
            awaitHealthy(api, 2);
            assertThat(outcomes(auditor, "before")).containsExactly("interrupted", "accepted", "repeated");

            try (LockedRows pool = LockedRows.lock(database, POOL_ROW)) {
                CompletableFuture<RestClient.Answer> lost = stepAsync(api, "after");
                awaitAnnounced(pool, "after");
                try (LockedRows audit = LockedRows.lock(database, "audit_head")) {
                    pool.letGo();
                    Eventually.within(
                            PATIENCE_SECONDS,
                            () -> audit.rows("select desired->'scaled'->'web'->>'replicas' from " + POOL_ROW),
                            now -> assertThat(now).containsExactly("3"));
                    second.kill();
                    assertThat(lost).failsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
                }
            }
        }
        try (ServerProcess third = server(port, settings)) {
            assertThat(third.processId()).isPositive();
            awaitHealthy(api, 3);
            assertThat(step(api, "after").json().at("/result/message").asText())
                    .as("it was done")
                    .isEqualTo("Scaling to 3");
            awaitHealthy(api, 3);
            assertThat(outcomes(auditor, "after")).containsExactly("interrupted", "accepted");
            assertThat(events(api)).containsExactly("scale_up manual scale up 1 2", "scale_up manual scale up 2 3");
        }
    }

    private static RestClient.Answer step(RestClient api, String key) throws Exception {
        return api.call(
                "POST", BASE + "/services/web/scale/up", "", "Idempotency-Key", key, "X-Correlation-Id", "step-" + key);
    }

    private static CompletableFuture<RestClient.Answer> stepAsync(RestClient api, String key) {
        CompletableFuture<RestClient.Answer> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> {
            try {
                answer.complete(step(api, key));
            } catch (Exception lost) {
                answer.completeExceptionally(lost);
            }
        });
        asking.setDaemon(true);
        asking.start();
        return answer;
    }

    private static void awaitAnnounced(LockedRows database, String key) throws Exception {
        String query = """
                select 1 from audit_intent where content like '%%step-%1$s%%'
                union select 1 from audit_entry where correlation_id = 'step-%1$s'
                """.formatted(key);
        Eventually.within(PATIENCE_SECONDS, () -> database.rows(query), now -> assertThat(now)
                .isNotEmpty());
    }

    /** In the order of the chain. */
    private static List<String> outcomes(RestClient auditor, String key) throws Exception {
        List<String> outcomes = new ArrayList<>();
        for (JsonNode entry : auditor.get("/api/v1/audit?limit=1000&target=graph/containers/web")
                .json()
                .path("items")) {
            if (entry.path("correlationId").asText().equals("step-" + key)) {
                outcomes.add(entry.path("outcome").asText());
            }
        }
        return outcomes;
    }

    @Test
    void aStandbyAnswersReadsAsTheOwnerDoesAndRefusesChanges() throws Exception {
        String database =
                Postgres.newSchema(Distribution.freshFolder("password").resolve("password"));
        int port = Distribution.freePort();
        int other = Distribution.freePort();
        Settings settings =
                Settings.fresh().file("containers.yaml", file()).with("eu.nephele.smo.core.store", database);
        Settings theirs = Settings.fresh().file("containers.yaml", file()).with("eu.nephele.smo.core.store", database);
        RestClient owner = new RestClient(port);
        RestClient standby = new RestClient(other);
        try (ServerProcess first = server(port, settings);
                ServerProcess second = server(other, theirs)) {
            assertThat(second.processId()).isPositive();
            awaitHealthy(owner, 1);
            assertThat(standby.get("/health/ready").json().path("role").asText())
                    .isEqualTo("standby");
            assertThat(owner.post(BASE + "/services/web/scale/up").status()).isEqualTo(200);
            awaitHealthy(owner, 2);

            awaitHealthy(standby, 2);
            assertThat(standby.get(BASE + "/services").text())
                    .isEqualTo(owner.get(BASE + "/services").text());
            Eventually.within(PATIENCE_SECONDS, () -> events(standby), now -> assertThat(now)
                    .isEqualTo(events(owner))
                    .isNotEmpty());
            JsonNode servers = standby.get(BASE + "/servers").json();
            assertThat(servers.at("/0/status").asText()).isEqualTo("healthy");
            assertThat(servers.at("/0/current_containers").asInt()).isEqualTo(2);
            JsonNode explained = explained(standby);
            assertThat(explained.at("/inputs/container_count").asInt()).isEqualTo(2);
            assertThat(explained.at("/candidates/0/chosen").asBoolean()).isTrue();
            assertThat(standby.get(BASE + "/metrics").text()).contains("container_count{service=\"web\"} 2.0");
            RestClient administrator = RestClient.known(
                    other,
                    Files.readString(theirs.data().resolve("etc/admin.token")).strip());
            for (String change : List.of("/services/web/scale/down", "/services/web/restart", "/config/reload")) {
                assertThat(administrator.post(BASE + change).status())
                        .as(change)
                        .isEqualTo(503);
            }

            first.kill();
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> standby.post(BASE + "/services/web/scale/down").status(),
                    status -> assertThat(status).isEqualTo(200));
            awaitHealthy(standby, 1);
            // stored with the change, published after it: by a server that has just taken over perhaps later than it
            // answers
            Eventually.within(PATIENCE_SECONDS, () -> events(standby), now -> assertThat(now)
                    .containsExactly("scale_up manual scale up 1 2", "scale_down manual scale down 2 1"));
        }
    }
}
