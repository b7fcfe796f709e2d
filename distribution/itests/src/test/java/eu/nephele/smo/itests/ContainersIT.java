// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.Haproxy;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import eu.nephele.smo.lab.testbed.components.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The product beside two real engines and a real HAProxy, by one file: scaled by hand, a container killed, a rolling update, the server
 * killed, under requests all the time.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersIT {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final long PATIENCE_SECONDS = 90;
    private static final String POOL = "/api/v1/kinds/container-pool/resources/default";

    private Path folder;
    private Processes processes;
    private final List<PodmanService> engines = new ArrayList<>();
    private Haproxy balancer;
    private int servicePort;
    private int filePort;
    private Settings settings;

    @BeforeEach
    void begin() throws Exception {
        List<String> absent = Binaries.ofThisMachine().absent(List.of("podman", "runc", "slirp4netns", "haproxy"));
        boolean complete = absent.isEmpty() && Files.isExecutable(BUSYBOX);
        if (!complete) {
            System.err.println("*** SKIPPED, NO REAL ENGINE OR BALANCER: " + absent + " ***");
            assertThat(Boolean.getBoolean(Real.PROPERTY))
                    .as("test --real needs them: %s", absent)
                    .isFalse();
        }
        Assumptions.assumeTrue(complete, "podman, runc, slirp4netns, haproxy, busybox");
        // not below the folders of the tests: paths of sockets are short
        folder = Files.createTempDirectory("smo-c-");
        processes = new Processes(folder.resolve("processes"));
        servicePort = Distribution.freePort();
        filePort = Distribution.freePort();
        for (int i = 1; i <= 2; i++) {
            PodmanService engine = PodmanService.start(folder.resolve("p" + i), Binaries.ofThisMachine(), processes);
            engines.add(engine);
            for (String tag : List.of("1", "2")) {
                engine.importImage(
                        image(tag),
                        "localhost/app:" + tag,
                        "CMD [\"/busybox\",\"httpd\",\"-f\",\"-p\",\"%d\",\"-h\",\"/www\"]".formatted(servicePort));
            }
        }
        settings = Settings.fresh()
                .file("containers.yaml", file("1"))
                .with("eu.nephele.smo.access.front", "pathPorts=%d=/containers".formatted(filePort))
                .with(
                        "eu.nephele.smo.adapters.haproxy~main",
                        "smo.system=haproxy",
                        "runtimeSocket=" + folder.resolve("h/admin.sock"),
                        "masterSocket=" + folder.resolve("h/master.sock"),
                        "configurationFile=" + folder.resolve("h/haproxy.cfg"),
                        "statisticsPort=" + Distribution.freePort(),
                        "bindAddress=127.0.0.1");
        Files.createDirectories(folder.resolve("h"));
    }

    private Path image(String tag) throws IOException, InterruptedException {
        Path archive = folder.resolve("image" + tag + ".tar");
        if (!Files.exists(archive)) {
            Path root = Files.createDirectories(folder.resolve("image" + tag));
            Files.copy(BUSYBOX, root.resolve("busybox"));
            Files.writeString(
                    Files.createDirectories(root.resolve("www")).resolve("index.html"), "page %s%n".formatted(tag));
            int status = new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".")
                    .start()
                    .waitFor();
            assertThat(status).isZero();
        }
        return archive;
    }

    private String file(String tag) {
        StringBuilder text = new StringBuilder("servers:\n");
        for (int i = 1; i <= 2; i++) {
            text.append(
                    "  - {name: edge-%d, host: 127.0.0.%d, endpoint: 'unix://%s', network: slirp4netns, max_containers: 4}%n"
                            .formatted(i, i, engines.get(i - 1).socket()));
        }
        return text.append("""
                        services:
                          web:
                            image: localhost/app:%s
                            port: %d
                            min_replicas: 1
                            max_replicas: 4
                            scale_up_threshold: 75
                            scale_down_threshold: 1
                            cooldown_period: 3600
                            business_hours_only: false
                            health_check: {path: /, interval: 1, grace: 10}
                        """.formatted(tag, servicePort)).toString();
    }

    @AfterEach
    void end() throws Exception {
        if (folder == null) {
            return;
        }
        for (PodmanService engine : engines) {
            engine.removeAll();
            engine.close();
        }
        if (balancer != null) {
            balancer.close();
        }
        processes.close();
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    private ServerProcess server(int port) throws IOException {
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

    private static Set<String> running(RestClient api) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (JsonNode container : api.get("/services/web/stats").json().path("containers")) {
            if (container.path("status").asText().equals("running")
                    && container.path("health").asText().equals("healthy")) {
                ids.add(container.path("id").asText());
            }
        }
        return ids;
    }

    private static Set<String> servers(RestClient api) throws Exception {
        Set<String> names = new TreeSet<>();
        for (JsonNode container : api.get("/services/web/stats").json().path("containers")) {
            if (container.path("status").asText().equals("running")) {
                names.add(container.path("server").asText());
            }
        }
        return names;
    }

    @Test
    void servicesOfAFileRunOnPlainServersBehindABalancer() throws Exception {
        int port = Distribution.freePort();
        RestClient api = new RestClient(filePort);
        try (ServerProcess first = server(port)) {
            Eventually.within(
                    PATIENCE_SECONDS, () -> Files.exists(folder.resolve("h/haproxy.cfg")), there -> assertThat(there)
                            .isTrue());
            balancer = Haproxy.start(
                    folder.resolve("h/haproxy.cfg"), folder.resolve("h"), Binaries.ofThisMachine(), processes);
            try (Visitors visitors = new Visitors(servicePort)) {
                Eventually.within(PATIENCE_SECONDS, visitors::last, page -> assertThat(page)
                        .isEqualTo("page 1"));
                visitors.forgetFailures();

                assertThat(api.post("/services/web/scale/up")
                                .json()
                                .at("/result/success")
                                .asBoolean())
                        .isTrue();
                Eventually.within(PATIENCE_SECONDS, () -> running(api), ids -> assertThat(ids)
                        .hasSize(2));
                assertThat(servers(api))
                        .as("the server with the fewest of this service")
                        .hasSize(2);
                assertThat(visitors.failures()).isZero();

                String victim = running(api).iterator().next();
                for (PodmanService engine : engines) {
                    engine.killContainer(victim);
                }
                // the same one again, or another one
                Eventually.within(
                        PATIENCE_SECONDS,
                        () -> engines.get(0).running() + engines.get(1).running(),
                        ids -> assertThat(ids.lines()).hasSize(2));
                Eventually.within(PATIENCE_SECONDS, () -> running(api), ids -> assertThat(ids)
                        .hasSize(2));
                visitors.forgetFailures();

                assertThat(api.post("/services/web/rolling-update?image=localhost/app:2")
                                .json()
                                .at("/result/success")
                                .asBoolean())
                        .isTrue();
                Eventually.within(PATIENCE_SECONDS, visitors::recent, pages -> assertThat(pages)
                        .containsOnly("page 2"));
                Eventually.within(PATIENCE_SECONDS, () -> running(api), ids -> assertThat(ids)
                        .hasSize(2));
                assertThat(visitors.failures())
                        .as("requests that failed during the update")
                        .isZero();

                // not in the middle of the update, which would go on after the restart
                RestClient natively = new RestClient(port);
                Eventually.within(
                        PATIENCE_SECONDS,
                        () -> natively.get(POOL).json().path("phase").asText(),
                        phase -> assertThat(phase).isEqualTo("READY"));
                Eventually.within(
                        PATIENCE_SECONDS,
                        () -> engines.get(0).running() + engines.get(1).running(),
                        ids -> assertThat(ids.lines()).hasSize(2));
                Set<String> before = running(api);
                first.kill();
                TimeUnit.SECONDS.sleep(2);
                try (ServerProcess second = server(port)) {
                    assertThat(second.processId()).isPositive();
                    Eventually.within(PATIENCE_SECONDS, () -> running(api), ids -> assertThat(ids)
                            .isEqualTo(before));
                    TimeUnit.SECONDS.sleep(20);
                    assertThat(running(api)).as("nothing is lost or doubled").isEqualTo(before);
                    assertThat(visitors.recent())
                            .as("the update outlives the server, though the file has the former image")
                            .containsOnly("page 2");
                    assertThat(visitors.failures())
                            .as("requests that failed while the server was dead")
                            .isZero();

                    assertThat(natively.delete(POOL).status()).isEqualTo(202);
                    Eventually.within(
                            PATIENCE_SECONDS,
                            () -> engines.get(0).containers() + engines.get(1).containers(),
                            left -> assertThat(left).isBlank());
                }
            }
        }
    }

    /** Asks for the page all the time. */
    private static final class Visitors implements AutoCloseable {

        private static final int RECENT = 40;

        private final HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        private final HttpRequest request;
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicReference<List<String>> pages = new AtomicReference<>(List.of());
        private final Thread visiting = new Thread(this::visit, "visitors");
        private volatile boolean over;

        Visitors(int port) {
            request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            visiting.setDaemon(true);
            visiting.start();
        }

        private void visit() {
            List<String> seen = new ArrayList<>();
            while (!over) {
                seen.add(page());
                if (seen.size() > RECENT) {
                    seen.remove(0);
                }
                pages.set(List.copyOf(seen));
                try {
                    TimeUnit.MILLISECONDS.sleep(10);
                } catch (InterruptedException ending) {
                    return;
                }
            }
        }

        private String page() {
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body().strip();
                }
                failed.incrementAndGet();
                return "status " + answer.statusCode();
            } catch (IOException lost) {
                failed.incrementAndGet();
                return lost.toString();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return "";
            }
        }

        String last() {
            List<String> seen = pages.get();
            return seen.isEmpty() ? "" : seen.get(seen.size() - 1);
        }

        List<String> recent() {
            return pages.get();
        }

        int failures() {
            return failed.get();
        }

        void forgetFailures() {
            failed.set(0);
        }

        @Override
        public void close() {
            over = true;
            visiting.interrupt();
        }
    }
}
