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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service of a file that nobody needs has no containers; requests wait for the first one, and none is lost. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ContainersToZeroIT {

    private static final int MOST = 6;
    private static final double ANSWERED_AFTER_START_SECONDS = 1;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private ContainersWorld world;
    private int port;
    private NativeApi api;

    @BeforeEach
    void begin() throws Exception {
        world = ContainersWorld.started(new TaggedImage("1", Image.ANSWERING));
        port = Distribution.freePort();
        api = new NativeApi(new RestClient(port), "containers");
        world.settings()
                .with(
                        "eu.nephele.smo.core.engine",
                        "scrapeIntervalSeconds=2",
                        "rateWindowSeconds=10",
                        "historyStepSeconds=10");
        Files.writeString(world.file(), world.servers(4) + """
                services:
                  web:
                    image: localhost/app:1
                    port: %d
                    min_replicas: 0
                    max_replicas: %d
                    scale_up_threshold: 95
                    scale_down_threshold: 0
                    cooldown_period: 3600
                    business_hours_only: false
                    scale_to_zero: true
                    idle_after: 10
                    health_check: {path: /}
                autoscaler: {check_interval: 2}
                """.formatted(world.servicePort(), MOST));
    }

    @AfterEach
    void end() throws Exception {
        if (world != null) {
            world.end();
        }
    }

    @Test
    void requestsWaitForTheFirstContainerAndTheNumberWokenFollowsTheRate() throws Exception {
        try (ServerProcess server = world.server(port)) {
            world.startBalancer();
            server.awaitEvent("ready");
            sleeps();
            assertThat(world.containers()).as("the spare").isEqualTo(1);

            Burst first = new Burst(1, Duration.ZERO);
            first.isAnswered("one request");
            assertThat(replicas()).isOne();

            // those that come while it goes wait for it to come back
            Eventually.within(ContainersWorld.PATIENCE_SECONDS, this::replicas, now -> assertThat(now)
                    .isZero());
            Burst late = new Burst(60, Duration.ofMillis(50));
            late.isAnswered("while it goes");

            sleeps();
            Burst many = new Burst(50, Duration.ZERO);
            many.isAnswered("fifty at once");
            assertThat(replicas()).as("fifty times a tenth of a second").isBetween(4, MOST);
            assertThat(reasons()).anyMatch(reason -> reason.contains("needed: ") && reason.contains(" wait, "));
        }
    }

    private void sleeps() throws Exception {
        Eventually.within(ContainersWorld.PATIENCE_SECONDS, world::running, running -> assertThat(running)
                .as("%s", api.decisions("web"))
                .isZero());
        Eventually.within(
                ContainersWorld.PATIENCE_SECONDS,
                () -> api.graph("web").path("phase").asText(),
                phase -> assertThat(phase).isEqualTo("RUNNING"));
    }

    private int replicas() throws Exception {
        int replicas = 0;
        for (JsonNode share : api.graph("web").at("/placement/web")) {
            replicas += share.path("replicas").asInt();
        }
        return replicas;
    }

    private List<String> reasons() throws Exception {
        List<String> reasons = new ArrayList<>();
        for (JsonNode decision : api.decisions("web")) {
            if (decision.path("kind").asText().equals("scaling")) {
                reasons.add(api.decision("web", decision.path("id").asText())
                        .path("details")
                        .toString());
            }
        }
        return reasons;
    }

    /** Seconds since the machine began, as containers of it know them. */
    private static double uptime() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
    }

    /** Requests, one after the other without waiting for answers. */
    private final class Burst {

        /** @param began when the container began that gave the answer */
        private record Answered(int status, double began, double at) {}

        private final double asked = uptime();
        private final List<CompletableFuture<Answered>> answers = new ArrayList<>();

        Burst(int number, Duration distance) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%d/cgi-bin/answer".formatted(world.servicePort())))
                    .timeout(Duration.ofSeconds(45))
                    .build();
            for (int i = 0; i < number; i++) {
                answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .thenApply(Burst::answered));
                TimeUnit.NANOSECONDS.sleep(distance.toNanos());
            }
        }

        private static Answered answered(HttpResponse<String> answer) {
            try {
                boolean well = answer.statusCode() == 200;
                return new Answered(
                        answer.statusCode(),
                        well ? Double.parseDouble(answer.body().strip()) : 0,
                        uptime());
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }

        void isAnswered(String what) throws Exception {
            List<Answered> all = new ArrayList<>();
            for (CompletableFuture<Answered> answer : answers) {
                all.add(answer.get(60, TimeUnit.SECONDS));
            }
            assertThat(all).as(what).allMatch(answer -> answer.status() == 200);
            double began = all.stream()
                    .mapToDouble(Answered::began)
                    .filter(at -> at > asked)
                    .min()
                    .orElse(asked);
            double first = all.stream().mapToDouble(Answered::at).min().orElseThrow();
            double last = all.stream().mapToDouble(Answered::at).max().orElseThrow();
            System.out.printf(
                    "To zero and back, %s: container began after %.2f s, first answer after %.2f s, last after %.2f s, %d replicas%n",
                    what, began - asked, first - asked, last - asked, replicas());
            assertThat(first - began)
                    .as("from the begin of the container, %s", what)
                    .isLessThanOrEqualTo(ANSWERED_AFTER_START_SECONDS);
        }
    }
}
