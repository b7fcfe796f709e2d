// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.itests.ContainersWorld.Image;
import eu.nephele.smo.itests.ContainersWorld.TaggedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A scaler that a partner has written for graphs scales the containers of a file, without a change of either; explanations, shadows and the
 * web page know of it. It is installed, replaced and removed while requests come.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersPartnerIT {

    private static final String RULE = "(demandPerSecond - target.profile().beta()) / target.profile().alpha()";
    private static final String PLUGIN = "eu.partner.crowd";
    private static final int MOST = 4;

    private final Path work = Distribution.freshFolder("containers-partner");
    private ContainersWorld world;
    private int port;
    private RestClient client;
    private NativeApi api;

    @BeforeEach
    void begin() throws Exception {
        world = ContainersWorld.started(new TaggedImage("1", Image.ANSWERING));
        port = Distribution.freePort();
        client = new RestClient(port);
        api = new NativeApi(client, "containers");
        world.settings()
                .with(
                        "eu.nephele.smo.core.engine",
                        "scrapeIntervalSeconds=2",
                        "rateWindowSeconds=10",
                        "historyStepSeconds=10");
        write("");
    }

    private void write(String scaling) throws IOException {
        Files.writeString(world.file(), world.servers(MOST) + """
                services:
                  web:
                    image: localhost/app:1
                    port: %d
                    min_replicas: 1
                    max_replicas: %d
                    scale_up_threshold: 95
                    scale_down_threshold: 1
                    cooldown_period: 3600
                    business_hours_only: false
                    health_check: {path: /}
                %s
                autoscaler: {check_interval: 2}
                """.formatted(world.servicePort(), MOST, scaling));
    }

    @AfterEach
    void end() throws Exception {
        if (world != null) {
            world.end();
        }
    }

    @Test
    void theScalerOfAPartnerScalesContainersAndIsExplainedShadowedAndShown() throws Exception {
        try (ServerProcess server = world.server(port)) {
            world.startBalancer();
            server.awaitEvent("ready");
            PartnerShell shell = new PartnerShell(work, server.userHome(), port);
            Eventually.within(ContainersWorld.PATIENCE_SECONDS, world::running, running -> assertThat(running)
                    .isEqualTo(1));
            try (SteadyVisitors visitors = new SteadyVisitors(world.servicePort())) {
                // what runs need not have been told to the balancer yet
                Eventually.within(ContainersWorld.PATIENCE_SECONDS, visitors::answers, answers -> assertThat(answers)
                        .isPositive());
                visitors.forget();
                Path project = crowd(shell);
                shell.smo(project, "plugin", "install", jar(project).toString());
                write("    scaling: {strategy: crowd}");
                assertThat(shell.smo(work, "containers", "reload")).contains("web");
                containers(2);
                assertThat(shell.smo(work, "explain", "containers/web", "web"))
                        .contains("because strategy least-of-this-service", "strategy crowd 1.0.0", "requests/s")
                        // the first replica is on whichever server was known first
                        .containsPattern("placed on %1$s [\\s\\S]*Not %2$s: |placed on %2$s [\\s\\S]*Not %1$s: "
                                .formatted(ContainersWorld.FIRST_SERVER, ContainersWorld.SECOND_SERVER));

                shadowed(shell, "--kind", "scaling", "optimal");
                aNewVersionTakesOver(shell, project);
                theWebPageShowsItAndScalesByHand();
                itGoesAndComesBack(shell, project);
                assertThat(visitors.failures())
                        .as("requests that failed, of %d and more", visitors.answers())
                        .isEmpty();
            }
        }
    }

    /** One replica for each ten requests per second: of thirteen, two, one on each server. */
    private Path crowd(PartnerShell shell) throws Exception {
        shell.smo(work, "new", "scaler", "crowd", "--package", PLUGIN);
        Path project = work.resolve("crowd");
        change(project, RULE, "demandPerSecond / 10");
        shell.maven(project, "verify");
        return project;
    }

    private static void change(Path project, String before, String after) throws IOException {
        Path source = project.resolve("src/main/java/eu/partner/crowd/CrowdStrategy.java");
        String text = Files.readString(source);
        assertThat(text).contains(before);
        Files.writeString(source, text.replace(before, after));
    }

    private static Path jar(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void containers(int number) throws Exception {
        Eventually.within(ContainersWorld.PATIENCE_SECONDS, world::running, running -> assertThat(running)
                .as("%s", api.decisions("web"))
                .isEqualTo(number));
    }

    private void shadowed(PartnerShell shell, String... strategy) throws Exception {
        shell.smo(
                work,
                Stream.concat(Stream.of("shadow", "start", "--graph", "containers/web"), Stream.of(strategy))
                        .toArray(String[]::new));
        JsonNode shadow = client.get("/api/v1/shadows").json().at("/items/0");
        String id = shadow.path("id").asText();
        Eventually.within(
                ContainersWorld.PATIENCE_SECONDS, () -> shell.smo(work, "shadow", "report", id), report -> assertThat(
                                report)
                        .containsPattern("[1-9]\\d* decisions? compared")
                        .contains("containers/web"));
    }

    /** One for each five: of six and a half on each server, two. */
    private void aNewVersionTakesOver(PartnerShell shell, Path project) throws Exception {
        change(project, "demandPerSecond / 10", "demandPerSecond / 5");
        shell.maven(project, "verify");
        shell.smo(project, "plugin", "upgrade", PLUGIN, jar(project).toString());
        containers(MOST);
    }

    /** What runs stays as it is without it: nobody else is asked whose rule would say otherwise. */
    private void itGoesAndComesBack(PartnerShell shell, Path project) throws Exception {
        shell.smo(work, "plugin", "remove", PLUGIN, "--force");
        Eventually.within(
                ContainersWorld.PATIENCE_SECONDS, () -> shell.smo(work, "plugin", "list"), list -> assertThat(list)
                        .doesNotContain(PLUGIN));
        assertThat(world.running()).as("without it").isEqualTo(MOST);
        shell.smo(project, "plugin", "install", jar(project).toString());
        Eventually.within(
                ContainersWorld.PATIENCE_SECONDS,
                () -> shell.smo(work, "explain", "containers/web", "web"),
                explained -> assertThat(explained).contains("strategy crowd"));
    }

    private void theWebPageShowsItAndScalesByHand() throws Exception {
        RestClient admin = RestClient.known(
                port,
                Files.readString(world.settings().data().resolve("etc/admin.token"))
                        .strip());
        new DashboardUsers(admin).add("anna", "admin");
        try (DashboardPage page = DashboardPage.open(port)) {
            page.logIn("anna");
            page.go("/graphs/containers/web").sees(ContainersWorld.FIRST_SERVER, ContainersWorld.SECOND_SERVER, "web");
            page.hasNoBarrier(DashboardPage.RULES).isClean();
            page.go("/graphs/containers/web/why/web")
                    .sees("least-of-this-service", ContainersWorld.SECOND_SERVER, "crowd");
            page.hasNoBarrier(DashboardPage.RULES).isClean();
            page.go("/clusters/" + ContainersWorld.FIRST_SERVER).sees(ContainersWorld.FIRST_SERVER, "containers");
            page.hasNoBarrier(DashboardPage.RULES).isClean();
            page.go("/kinds/container-pool").sees("default");
            page.hasNoBarrier(DashboardPage.RULES).isClean();
            page.go("/graphs/containers/web")
                    .click("Set the replicas of web")
                    .fill("Replicas", "2")
                    .sees("smo scale")
                    .click("Hold");
            containers(2);
            page.sees("2/2", "held").click("Release").click("Release web of");
            containers(MOST);
        }
    }

    /** About thirteen requests per second, whoever is slow. */
    private static final class SteadyVisitors implements AutoCloseable {

        private static final long DISTANCE_MILLIS = 75;

        private final HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        private final AtomicInteger answers = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final HttpRequest request;
        private final ScheduledFuture<?> visiting;

        SteadyVisitors(int port) {
            request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            visiting = clock.scheduleAtFixedRate(this::visit, 0, DISTANCE_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void visit() {
            Instant begun = Instant.now();
            CompletableFuture<Boolean> unused = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .handle((answer, failure) -> failure == null && answer.statusCode() == 200
                            ? answers.incrementAndGet() > 0
                            : failures.add("%s: %s".formatted(begun, failure == null ? answer : failure)));
        }

        /** From now on failures count. */
        void forget() {
            failures.clear();
        }

        /** Good ones. */
        int answers() {
            return answers.get();
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        @Override
        public void close() {
            visiting.cancel(false);
            clock.shutdownNow();
        }
    }
}
