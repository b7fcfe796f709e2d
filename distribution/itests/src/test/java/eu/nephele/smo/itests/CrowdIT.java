// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many graphs at once where there is room for three quarters of them. */
class CrowdIT {

    private static final int GRAPHS = 120;
    private static final int CLIENTS = 16;
    private static final int ROOM = 90;
    private static final int REMOVED = 7;
    private static final long PATIENCE_SECONDS = 180;

    /** 90 cores. Two services of half a core each make one core a graph. */
    private static final String SCENARIO = """
            name: crowd
            startupDelayMillis: 500
            clusters:
              - {name: large, cpuCores: 48, memoryGib: 1024, storageGib: 10000}
              - {name: medium, cpuCores: 27, memoryGib: 1024, storageGib: 10000}
              - {name: small, cpuCores: 15, memoryGib: 1024, storageGib: 10000}
            """;

    @Test
    void whatFitsRunsTheRestWaitsWithReasonsAndIsPlacedWhenCapacityAppears() throws Exception {
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data())) {
            assertThat(server.processId()).isPositive();
            RestClient client = new RestClient(port);
            NativeApi crowd = new NativeApi(client, "crowd");

            deployAtOnce(crowd);
            awaitRunning(client, crowd, ROOM, GRAPHS - ROOM);
            Map<String, List<String>> first = crowd.byPhase();
            for (String waiting : first.get("PENDING")) {
                assertWaitsWithReasons(crowd, waiting);
            }
            assertRefusedWithReasonsByTheReferencesPath(client);

            for (String gone : first.get("RUNNING").subList(0, REMOVED)) {
                crowd.remove(gone);
            }
            awaitRunning(client, crowd, ROOM, GRAPHS - ROOM - REMOVED);

            client.postJson(
                    "/lab/clusters", "{\"name\":\"late\",\"cpuCores\":23,\"memoryGib\":1024,\"storageGib\":10000}");
            awaitRunning(client, crowd, GRAPHS - REMOVED, 0);
        }
    }

    private static Path data() throws Exception {
        Path scenario = Files.writeString(Distribution.freshFolder("scenario").resolve("crowd.yaml"), SCENARIO);
        return Distribution.freshData("eu.nephele.smo.lab.simulator", "scenario=" + scenario);
    }

    private static void deployAtOnce(NativeApi crowd) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> deployments = new ArrayList<>();
            IntStream.range(0, GRAPHS)
                    .forEach(i -> deployments.add(clients.submit(() -> {
                        crowd.deploy(descriptor("g" + i));
                        return i;
                    })));
            for (Future<?> deployment : deployments) {
                deployment.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Asked of the world: nothing overbooked, and exactly the pods of the graphs that run. */
    private static void awaitRunning(RestClient client, NativeApi crowd, int running, int waiting) throws Exception {
        Eventually.within(PATIENCE_SECONDS, crowd::byPhase, phases -> {
            assertThat(phases.getOrDefault("RUNNING", List.of())).hasSize(running);
            assertThat(phases.getOrDefault("PENDING", List.of())).hasSize(waiting);
            assertThat(phases.values().stream().mapToInt(List::size).sum()).isEqualTo(running + waiting);
        });
        World world = World.of(client);
        assertThat(world.overbookedEver()).isFalse();
        assertThat(world.readyPods()).hasSize(2 * running);
        assertThat(world.clusters())
                .allSatisfy(cluster -> assertThat(cluster.at("/requested/cpu").asLong())
                        .isLessThanOrEqualTo(cluster.at("/allocatable/cpu").asLong()));
    }

    private static void assertWaitsWithReasons(NativeApi crowd, String graph) throws Exception {
        // it is pending before anybody has looked for a place, too
        Eventually.within(PATIENCE_SECONDS, () -> crowd.graph(graph), now -> {
            JsonNode placed = condition(now, "Placed");
            assertThat(placed.path("status").asText()).isEqualTo("False");
            assertThat(placed.path("reason").asText()).isEqualTo("Infeasible");
        });
        String newest = crowd.decisions(graph).get(0).path("id").asText();
        JsonNode decision = crowd.decision(graph, newest);
        assertThat(decision.path("outcome").asText()).isEqualTo("infeasible");
        assertThat(decision.at("/details/reasons").properties()).isNotEmpty().allSatisfy(service -> assertThat(
                        service.getValue().properties())
                .extracting(Map.Entry::getKey)
                .contains("sim/large", "sim/medium", "sim/small"));
    }

    private static JsonNode condition(JsonNode graph, String type) {
        for (JsonNode condition : graph.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        throw new AssertionError("No condition " + type + " in " + graph);
    }

    private static void assertRefusedWithReasonsByTheReferencesPath(RestClient client) throws Exception {
        RestClient.Answer refused = client.postJson("/project/late/graphs", descriptor("latecomer"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        JsonNode reasons = refused.json().path("reasons");
        assertThat(reasons.properties()).isNotEmpty().allSatisfy(service -> assertThat(
                        service.getValue().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("large", "medium", "small"));
        assertThat(client.get("/graphs/latecomer").status()).isEqualTo(404);
    }

    private static String descriptor(String name) {
        return "{\"hdaGraph\":{\"id\":\"%s\",\"services\":[%s,%s]}}"
                .formatted(name, service(name + "-front"), service(name + "-back"));
    }

    private static String service(String id) {
        return """
                {"id":"%s","deployment":{"trigger":{},"intent":{"compute":{"cpu":"light","ram":"light"}}},\
                "artifact":{"ociImage":"oci://registry.example/samples/any:1.0.0","ociConfig":{"type":"App","implementer":"HELM"}}}""".formatted(id);
    }
}
