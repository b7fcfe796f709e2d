// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGKILL right after acknowledged calls, one of each kind at the same moment, each for a graph of its own: what was acknowledged is
 * there after the restart. The simulated world lives in the server's process and dies with it, so the new server finds nothing outside
 * and has to make the world so again.
 */
class KilledServerIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final String CONDITIONAL = "image-compression-vo";
    private static final String PROJECT = "p";

    /** What is called, and what has to come of it. */
    private enum Call {
        DEPLOY("Running", "WAITING", 2),
        /** Installs the service that waits for its event. */
        ALERT("Running", "RUNNING", 3),
        STOP("Stopped", "STOPPED", 0),
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

        String conditional() {
            return CONDITIONAL + "-" + graph();
        }

        void make(NativeApi api) throws Exception {
            RestClient client = api.client();
            RestClient.Answer answer =
                    switch (this) {
                        case DEPLOY -> client.postJson("/project/p/graphs", descriptor(this));
                        case ALERT -> client.postJson("/alerts", Alerts.firing(PROJECT, graph(), conditional()));
                        case STOP, START -> client.post("/graphs/" + graph() + "/" + graph());
                        case MOVE ->
                            client.postJson(
                                    api.graphs() + "/" + graph() + "/placement",
                                    "{\"reason\":\"offload\",\"target\":\"c2\"}");
                        case REMOVE -> client.delete("/graphs/" + graph());
                    };
            assertThat(answer.status()).as("%s: %s", this, answer.text()).isIn(200, 202);
            if (this == ALERT) {
                assertThat(answer.json().at("/results/0/result").asText())
                        .as(answer.text())
                        .isEqualTo("installed");
            }
        }
    }

    private final Map<Call, List<String>> decisions = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource(Database.class)
    void nothingThatWasAcknowledgedIsMissingAfterAKill(Database database) throws Exception {
        Path data = database.freshData();
        withServer(data, (server, api) -> {
            prepare(api);
            callAtOnce(api);
            server.kill();
        });
        withServer(data, (server, api) -> {
            for (Call call : Call.values()) {
                assertComesTrue(call, api);
            }
            assertThat(World.of(api.client()).overbookedEver()).isFalse();
            server.kill();
        });
    }

    private interface Life {
        void live(ServerProcess server, NativeApi api) throws Exception;
    }

    private static void withServer(Path data, Life life) throws Exception {
        int port = Distribution.freePort();
        try (HastyClient early = HastyClient.of(port);
                ServerProcess server = ServerProcess.ready(port, data)) {
            early.end();
            assertThat(early.answers()).isPositive();
            assertThat(early.wrong()).as("answers while the server starts").isEmpty();
            life.live(server, new NativeApi(new RestClient(port), PROJECT));
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

    private void prepare(NativeApi api) throws Exception {
        for (Call call : Call.values()) {
            if (call != Call.DEPLOY) {
                api.deploy(descriptor(call));
            }
        }
        for (Call call : Call.values()) {
            if (call != Call.DEPLOY) {
                awaitPhase(api, call, "WAITING");
            }
        }
        String start = "/graphs/" + Call.START.graph();
        assertThat(api.client().post(start + "/stop").status()).isEqualTo(200);
        awaitPhase(api, Call.START, "STOPPED");
        for (Call call : Call.values()) {
            if (call != Call.DEPLOY) {
                decisions.put(call, idsOfDecisions(api, call));
            }
        }
    }

    private static void callAtOnce(NativeApi api) throws Exception {
        CyclicBarrier together = new CyclicBarrier(Call.values().length);
        ExecutorService callers = Executors.newFixedThreadPool(Call.values().length);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (Call call : Call.values()) {
                calls.add(callers.submit(() -> {
                    together.await();
                    call.make(api);
                    return call;
                }));
            }
            for (Future<?> call : calls) {
                call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void awaitPhase(NativeApi api, Call call, String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> api.graph(call.graph()), graph -> assertThat(
                        graph.path("phase").asText())
                .as(graph.toString())
                .isEqualTo(phase));
    }

    private static List<String> idsOfDecisions(NativeApi api, Call call) throws Exception {
        return api.decisions(call.graph()).stream()
                .map(decision -> decision.path("id").asText())
                .toList();
    }

    /** The wish is kept, the decisions are kept, and the world is made so again. */
    private void assertComesTrue(Call call, NativeApi api) throws Exception {
        if (call == Call.REMOVE) {
            Eventually.within(
                    PATIENCE_SECONDS,
                    () -> api.client().get("/graphs/" + call.graph()),
                    answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(404));
            assertThat(releases(api, call)).isEmpty();
            return;
        }
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
                assertThat(releases).allSatisfy(release -> assertThat(
                                release.path("replicas").properties())
                        .extracting(Map.Entry::getKey)
                        .containsExactly("c2"));
            }
        });
        List<String> known = idsOfDecisions(api, call);
        assertThat(known).containsAll(decisions.getOrDefault(call, List.of()));
        assertThat(known).contains(api.graph(call.graph()).path("decisionId").asText());
    }

    private static List<JsonNode> releases(NativeApi api, Call call) throws Exception {
        return World.of(api.client()).releases().stream()
                .filter(release -> release.path("service").asText().endsWith("-" + call.graph()))
                .toList();
    }
}
