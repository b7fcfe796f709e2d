// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL right after acknowledged calls, one of each kind at the same moment, each for a graph of its own: what was acknowledged is
 * there after the restart, and after a further kill. None of the calls waits for its work, so the kill finds all of it under way. The
 * simulated world lives in the server's process and dies with it: each new server finds nothing outside and has to make the world again.
 */
class KilledServerIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final String CONDITIONAL = "image-compression-vo";
    private static final String PROJECT = "p";
    private static final List<String> CLUSTERS = List.of("c1", "c2", "c3");

    /** What is called, and what has to come of it. */
    private enum Call {
        DEPLOY("Running", "WAITING", 2),
        /** Installs the service that waits for its event. */
        ALERT("Running", "RUNNING", 3),
        STOP("Stopped", "STOPPED", 0),
        /** The service that an event installed waits for its event again. */
        START("Running", "WAITING", 2),
        MOVE("Running", "WAITING", 2),
        REMOVE("", "", 0);

        private final String wish;
        private final String phase;
        private final int services;

        Call(String wish, String phase, int services) {
            this.wish = wish;
            this.phase = phase;
            this.services = services;
        }

        String graph() {
            return name().toLowerCase(Locale.ROOT);
        }

        RestClient.Answer make(NativeApi api, String target) throws Exception {
            RestClient client = api.client();
            String path = api.graphs() + "/" + graph();
            return switch (this) {
                case DEPLOY -> client.postJson("/project/%s/graphs".formatted(PROJECT), descriptor(this));
                case ALERT -> alert(api, this);
                case STOP -> client.post(path + "/stop");
                case START -> client.post(path + "/start");
                case MOVE ->
                    client.postJson(
                            path + "/placement", "{\"reason\":\"offload\",\"target\":\"%s\"}".formatted(target));
                case REMOVE -> client.delete(path);
            };
        }
    }

    private final Map<Call, List<String>> decisions = new EnumMap<>(Call.class);
    private String target = "";

    @ParameterizedTest
    @MethodSource("eu.nephele.smo.itests.Database#ofThisRun")
    void nothingThatWasAcknowledgedIsMissingAfterAKill(Database database) throws Exception {
        Path data = database.freshData();
        killedAfter(data, api -> {
            prepare(api);
            callAtOnce(api);
        });
        killedAfter(data, this::assertAllComesTrue);
        killedAfter(data, this::assertAllComesTrue);
    }

    private interface Life {
        void live(NativeApi api) throws Exception;
    }

    private static void killedAfter(Path data, Life life) throws Exception {
        int port = Distribution.freePort();
        try (HastyClient early = HastyClient.of(port);
                ServerProcess server = ServerProcess.ready(port, data)) {
            early.end();
            assertThat(early.answers()).isPositive();
            assertThat(early.wrong()).as("answers while the server starts").isEmpty();
            life.live(new NativeApi(new RestClient(port), PROJECT));
            server.kill();
        }
    }

    /** The Brussels demo under names of its own, so small that several have room. */
    private static String descriptor(Call call) {
        Sample sample = Sample.brussels();
        JsonNode descriptor = sample.descriptor().deepCopy();
        descriptor.at("/hdaGraph/services").forEach(service -> ((ObjectNode) service.at("/deployment/intent"))
                .putObject("compute")
                .put("cpu", "light")
                .put("ram", "light"));
        String text = descriptor.toString().replace("\"" + sample.graph() + "\"", "\"" + call.graph() + "\"");
        for (JsonNode service : descriptor.at("/hdaGraph/services")) {
            String id = service.path("id").asText();
            text = text.replace("\"" + id + "\"", "\"" + id + "-" + call.graph() + "\"");
        }
        return text;
    }

    private static RestClient.Answer alert(NativeApi api, Call call) throws Exception {
        RestClient.Answer answer = api.client()
                .postJson("/alerts", Alerts.firing(PROJECT, call.graph(), CONDITIONAL + "-" + call.graph()));
        assertThat(answer.json().at("/results/0/result").asText())
                .as(answer.text())
                .isEqualTo("installed");
        return answer;
    }

    /** Each graph but the first is there, and as it has to be for its call. */
    private void prepare(NativeApi api) throws Exception {
        Set<Call> there = EnumSet.complementOf(EnumSet.of(Call.DEPLOY));
        for (Call call : there) {
            api.deploy(descriptor(call));
        }
        for (Call call : there) {
            awaitPhase(api, call, "WAITING");
        }
        for (Call call : List.of(Call.STOP, Call.START)) {
            alert(api, call);
            awaitPhase(api, call, "RUNNING");
        }
        assertThat(api.client()
                        .post("/graphs/%s/stop".formatted(Call.START.graph()))
                        .status())
                .isEqualTo(200);
        awaitPhase(api, Call.START, "STOPPED");
        List<String> occupied = releases(api, Call.MOVE).stream()
                .flatMap(KilledServerIT::clusters)
                .toList();
        target = CLUSTERS.stream()
                .filter(cluster -> !occupied.contains(cluster))
                .findFirst()
                .orElseThrow();
        for (Call call : there) {
            decisions.put(call, idsOfDecisions(api, call));
        }
        assertThat(World.of(api.client()).overbookedEver()).isFalse();
    }

    private void callAtOnce(NativeApi api) throws Exception {
        CyclicBarrier together = new CyclicBarrier(Call.values().length);
        ExecutorService callers = Executors.newFixedThreadPool(Call.values().length);
        try {
            Map<Call, Future<RestClient.Answer>> answers = new EnumMap<>(Call.class);
            for (Call call : Call.values()) {
                answers.put(call, callers.submit(() -> {
                    together.await();
                    return call.make(api, target);
                }));
            }
            for (Map.Entry<Call, Future<RestClient.Answer>> each : answers.entrySet()) {
                RestClient.Answer answer = each.getValue().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(answer.status())
                        .as("%s: %s", each.getKey(), answer.text())
                        .isEqualTo(each.getKey() == Call.ALERT ? 200 : 202);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void awaitPhase(NativeApi api, Call call, String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> api.graph(call.graph()), graph -> assertThat(
                        List.of(graph.path("phase").asText()))
                .as(graph.toString())
                .containsExactly(phase));
    }

    private static List<String> idsOfDecisions(NativeApi api, Call call) throws Exception {
        return api.decisions(call.graph()).stream()
                .map(decision -> decision.path("id").asText())
                .toList();
    }

    private void assertAllComesTrue(NativeApi api) throws Exception {
        assertThat(api.client().get("/graphs/" + Call.REMOVE.graph()).status()).isEqualTo(404);
        for (Call call : EnumSet.complementOf(EnumSet.of(Call.REMOVE))) {
            assertComesTrue(call, api);
        }
        Eventually.within(PATIENCE_SECONDS, api::byPhase, phases -> assertThat(phases)
                .containsOnlyKeys("RUNNING", "STOPPED", "WAITING")
                .containsEntry("RUNNING", List.of(Call.ALERT.graph()))
                .containsEntry("STOPPED", List.of(Call.STOP.graph()))
                .hasEntrySatisfying("WAITING", waiting -> assertThat(waiting)
                        .containsExactlyInAnyOrder(Call.DEPLOY.graph(), Call.START.graph(), Call.MOVE.graph())));
        World world = World.of(api.client());
        assertThat(world.ready().values().stream().filter(ready -> ready > 0))
                .as("services that run, of whichever graph: %s", world)
                .hasSize(
                        Stream.of(Call.values()).mapToInt(call -> call.services).sum());
        assertThat(world.overbookedEver()).isFalse();
    }

    /** The wish is kept, the decisions are kept, and the world is made so again. */
    private void assertComesTrue(Call call, NativeApi api) throws Exception {
        JsonNode shown = api.client().get("/graphs/" + call.graph()).json();
        assertThat(shown.path("status").asText()).as(shown.toString()).isEqualTo(call.wish);
        // until its first pass a graph is shown as it was before the kill, and the world is empty
        Eventually.within(PATIENCE_SECONDS, () -> releases(api, call), releases -> {
            JsonNode graph = api.graph(call.graph());
            assertThat(graph.path("phase").asText())
                    .as(graph.path("conditions").toString())
                    .isEqualTo(call.phase);
            assertThat(releases.stream()
                            .filter(release -> release.path("readyReplicas").asInt() > 0))
                    .hasSize(call.services);
            if (call == Call.MOVE) {
                assertThat(releases.stream().flatMap(KilledServerIT::clusters)).containsOnly(target);
            }
        });
        List<String> known = idsOfDecisions(api, call);
        assertThat(known).containsAll(decisions.getOrDefault(call, List.of()));
        assertThat(known).contains(api.graph(call.graph()).path("decisionId").asText());
        decisions.put(call, known);
    }

    private static Stream<String> clusters(JsonNode release) {
        return release.path("replicas").properties().stream().map(Map.Entry::getKey);
    }

    private static List<JsonNode> releases(NativeApi api, Call call) throws Exception {
        return World.of(api.client()).releases().stream()
                .filter(release -> release.path("service").asText().endsWith("-" + call.graph()))
                .toList();
    }
}
