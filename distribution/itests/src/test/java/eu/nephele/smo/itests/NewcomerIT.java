// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that a newcomer sees in the demo, on each database; they differ by one file of configuration. */
class NewcomerIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final String CONDITIONAL = "image-compression-vo";
    private static final String BUSY = "noise-reduction";

    private final Sample sample = Sample.brussels();
    private final String legacy = "/graphs/" + sample.graph();

    @ParameterizedTest
    @MethodSource("eu.nephele.smo.itests.Database#ofThisRun")
    void aGraphIsDeployedCompletedScaledMovedStoppedStartedAndRemoved(Database database) throws Exception {
        Path data = database.freshData();
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(server.processId()).isPositive();
            assertThat(Files.exists(data.resolve("db/smo.mv.db")))
                    .as("the embedded database is there")
                    .isEqualTo(database == Database.H2);
            RestClient client = new RestClient(port);
            NativeApi brussels = new NativeApi(client, "brussels");

            deploysAllButTheConditionalService(client, brussels);
            installsItWhenItsEventFires(client, brussels);
            scalesUnderLoad(client, brussels);
            verifiesItsPlacements(client, brussels);
            plansTheFleet(client);
            leavesAClusterThatFails(client, brussels);
            new DividedService(brussels, sample.graph(), BUSY, new SimulatedFederation(client))
                    .keepsTheOtherShareWhileOneIsLost();
            stopsStartsAndRemoves(client, brussels);
            assertThat(World.of(client).overbookedEver()).isFalse();
        }
    }

    private void deploysAllButTheConditionalService(RestClient client, NativeApi brussels) throws Exception {
        RestClient.Answer deployed =
                client.post("/project/brussels/graphs", "application/yaml", sample.as("application/yaml"));
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(202);
        awaitPhase(brussels, "WAITING");
        assertThat(service(client, CONDITIONAL).path("status").asText()).isEqualTo("Pending");
        assertThat(World.of(client).ready()).containsOnlyKeys(BUSY, "image-detection");
    }

    private void installsItWhenItsEventFires(RestClient client, NativeApi brussels) throws Exception {
        RestClient.Answer answer = client.postJson("/alerts", Alerts.firing("brussels", sample.graph(), CONDITIONAL));
        assertThat(answer.json().at("/results/0/result").asText())
                .as(answer.text())
                .isEqualTo("installed");
        awaitPhase(brussels, "RUNNING");
        assertThat(service(client, CONDITIONAL).path("status").asText()).isEqualTo("Deployed");
        assertThat(World.of(client).ready()).containsKey(CONDITIONAL);
    }

    private void scalesUnderLoad(RestClient client, NativeApi brussels) throws Exception {
        client.postJson("/lab/load", "{\"service\":\"%s\",\"requestsPerSecond\":1}".formatted(BUSY));
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client), world -> assertThat(world.ready())
                .containsEntry(BUSY, 3));
        assertThat(brussels.decisions(sample.graph()))
                .extracting(decision -> decision.path("kind").asText())
                .contains("scaling", "placement");
    }

    private void verifiesItsPlacements(RestClient client, NativeApi brussels) throws Exception {
        for (JsonNode decision : brussels.decisions(sample.graph())) {
            if (decision.path("kind").asText().equals("placement")) {
                JsonNode verdict = client.get("%s/%s/decisions/%s/verification"
                                .formatted(
                                        brussels.graphs(),
                                        sample.graph(),
                                        decision.path("id").asText()))
                        .json();
                assertThat(verdict.path("verdict").asText()).as("%s", verdict).isEqualTo("verified");
            }
        }
    }

    private void plansTheFleet(RestClient client) throws Exception {
        RestClient.Answer lost = client.postJson(
                "/api/v1/fleet/plans",
                "{\"maxMoves\": 5, \"budgetSeconds\": 1, \"whatIf\": {\"clusters\": {\"c1\": \"lost\"}}}");
        assertThat(lost.status()).as("%s", lost).isEqualTo(200);
        assertThat(lost.json().path("hypothetical").asBoolean()).isTrue();
        String id = client.postJson("/api/v1/fleet/plans", "{\"maxMoves\": 5, \"budgetSeconds\": 1}")
                .json()
                .path("id")
                .asText();
        JsonNode plan = client.get("/api/v1/fleet/plans/" + id).json();
        assertThat(plan.path("services").asInt()).isPositive();
        assertThat(plan.path("moves").asInt()).isLessThanOrEqualTo(5);
        assertThat(client.delete("/api/v1/fleet/plans/" + id).status()).isEqualTo(204);
        assertThat(client.get("/api/v1/fleet/plans/" + id).status()).isEqualTo(404);
        assertThat(client.postJson("/api/v1/fleet/plans", "{\"maxMoves\": -1}").status())
                .isEqualTo(400);
    }

    private void leavesAClusterThatFails(RestClient client, NativeApi brussels) throws Exception {
        String failed = brussels.graph(sample.graph())
                .at("/placement/" + BUSY + "/0/cluster")
                .asText();
        assertThat(World.of(client).placesOf(BUSY)).containsExactly(failed);
        assertThat(client.post("/lab/clusters/" + failed + "/fail").status()).isEqualTo(204);
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client), world -> {
            assertThat(world.ready()).containsEntry(BUSY, 3).containsKeys(CONDITIONAL, "image-detection");
            assertThat(world.placesOf(BUSY)).isNotEmpty().doesNotContain(failed);
        });
        awaitPhase(brussels, "RUNNING");
        JsonNode explanation = client.get(
                        brussels.graphs() + "/" + sample.graph() + "/services/" + BUSY + "/explanation")
                .json();
        assertThat(explanation.path("text").toString()).contains(BUSY, failed);
        assertThat(client.post("/lab/clusters/" + failed + "/restore").status()).isEqualTo(204);
    }

    private void stopsStartsAndRemoves(RestClient client, NativeApi brussels) throws Exception {
        assertThat(client.post(legacy + "/stop").status()).isEqualTo(200);
        awaitPhase(brussels, "STOPPED");
        assertThat(World.of(client).readyPods()).isEmpty();
        assertThat(client.post(legacy + "/start").status()).isEqualTo(200);
        // a service that an event installed waits for its event again
        awaitPhase(brussels, "WAITING");
        assertThat(World.of(client).ready()).containsOnlyKeys(BUSY, "image-detection");
        assertThat(client.delete(legacy).status()).isEqualTo(200);
        assertThat(client.get(legacy).status()).isEqualTo(404);
        assertThat(World.of(client).releases()).isEmpty();
        assertThat(brussels.byPhase()).isEmpty();
    }

    private JsonNode service(RestClient client, String name) throws Exception {
        for (JsonNode service : client.get(legacy).json().path("services")) {
            if (service.path("name").asText().equals(name)) {
                return service;
            }
        }
        throw new AssertionError("No service " + name);
    }

    private void awaitPhase(NativeApi brussels, String phase) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> brussels.graph(sample.graph()), graph -> assertThat(
                        List.of(graph.path("phase").asText()))
                .as(graph.path("conditions").toString())
                .containsExactly(phase));
    }

    /** The clusters of the simulator in the server. */
    private record SimulatedFederation(RestClient client) implements DividedService.Federation {

        @Override
        public List<String> clusters() {
            return List.of("c1", "c2", "c3");
        }

        @Override
        public int ready(String cluster, String service) throws Exception {
            return World.of(client).readyOn(cluster, service);
        }

        @Override
        public void lose(String cluster) throws Exception {
            strike(cluster, "fail");
        }

        @Override
        public void restore(String cluster) throws Exception {
            strike(cluster, "restore");
        }

        private void strike(String cluster, String how) throws Exception {
            assertThat(client.post("/lab/clusters/%s/%s".formatted(cluster, how))
                            .status())
                    .isEqualTo(204);
        }
    }
}
