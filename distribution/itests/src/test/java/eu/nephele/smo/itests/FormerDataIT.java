// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The data of former versions, whose servers were killed in the middle of their work: this version opens them and goes on. The
 * simulated world begins anew, so that everything is to be installed again.
 */
class FormerDataIT {

    private static final long PATIENCE_SECONDS = 120;

    /** What becomes of a graph that was in that phase, when everything can be installed and removed again. */
    private static final Map<String, String> AFTERWARDS = Map.of(
            "RUNNING", "RUNNING",
            "WAITING", "WAITING",
            "STOPPED", "STOPPED",
            "PENDING", "PENDING",
            "FAILED", "FAILED",
            "DEPLOYING", "RUNNING",
            "UPDATING", "RUNNING",
            "DEGRADED", "RUNNING",
            "STOPPING", "STOPPED",
            "REMOVING", "");

    /** Each version in one of the databases and each database with one of the versions; with {@code ./smo test --real} each in each. */
    static Stream<Arguments> former() throws IOException {
        Stream.Builder<Arguments> all = Stream.builder();
        for (Database database : Database.values()) {
            List<String> versions = FormerData.versions(database);
            for (int version = 0; version < versions.size(); version++) {
                if (Boolean.getBoolean(Real.PROPERTY) || (version % 2 == 0) == (database == Database.H2)) {
                    all.add(Arguments.of(versions.get(version), database));
                }
            }
        }
        return all.build();
    }

    @Test
    void thereIsDataInEachDatabase() throws IOException {
        for (Database database : Database.values()) {
            assertThat(FormerData.versions(database))
                    .as(database.name())
                    .contains("0.1", "0.2")
                    .isEqualTo(FormerData.versions(Database.H2));
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("former")
    void isOpenedAndGoesOn(String version, Database database) throws Exception {
        Path data = Distribution.freshFolder("data");
        JsonNode facts = FormerData.unpack(FormerData.file(version, database), data);
        Files.createDirectories(data.resolve("etc"));
        FormerWorld.configure(new Settings(data));
        if (database == Database.POSTGRESQL) {
            Path password = Distribution.freshFolder("secret").resolve("database.password");
            new Settings(data)
                    .with(
                            "eu.nephele.smo.core.store",
                            Postgres.restored(Files.readString(data.resolve(FormerData.DUMP)), password));
        }
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            RestClient client = new RestClient(port);
            assertThat(server.processId()).isPositive();
            graphsGoOn(client, facts);
            whatWasToldIsThere(client, facts);
            whatWasInstalledIsThere(client, facts);
            if (facts.has("zone")) {
                theZoneIsMadeAgain(client, facts, data);
            }
            if (facts.has("laterZone")) {
                resourcesUnderWayGoOn(client, facts);
            }
        }
    }

    private static void graphsGoOn(RestClient client, JsonNode facts) throws Exception {
        NativeApi api = new NativeApi(client, FormerWorld.PROJECT);
        assertThat(facts.path("graphs"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(AFTERWARDS.keySet());
        for (Map.Entry<String, JsonNode> graph : facts.path("graphs").properties()) {
            String path = api.graphs() + "/" + graph.getKey();
            String phase = AFTERWARDS.get(graph.getValue().asText());
            Eventually.within(PATIENCE_SECONDS, () -> client.get(path), answer -> {
                assertThat(answer.status()).as(answer.text()).isEqualTo(phase.isEmpty() ? 404 : 200);
                assertThat(answer.json().path("phase").asText())
                        .as("%s was %s: %s", graph.getKey(), graph.getValue(), answer.text())
                        .isEqualTo(phase);
            });
        }
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client), world -> assertThat(world.ready())
                .as("the world began anew: what shall run was installed again, and nothing else")
                .containsOnlyKeys("r", "degraded", "deploying", "updating")
                .allSatisfy((service, ready) -> assertThat(ready).as(service).isPositive()));
        RestClient.Answer changed =
                client.put(api.graphs() + "/updating?wait=60", FormerWorld.light("updating", "updating", "3.0.0"));
        new Followed(client).succeeded(changed);
    }

    private static void whatWasToldIsThere(RestClient client, JsonNode facts) throws Exception {
        NativeApi api = new NativeApi(client, FormerWorld.PROJECT);
        for (JsonNode id : facts.path("operations")) {
            String path = "/api/v1/operations/" + id.asText();
            JsonNode operation = client.get(path).json();
            boolean waits = waits(operation, facts);
            JsonNode now = waits ? operation : new Followed(client).end(path);
            assertThat(now.path("id")).as(now.toString()).isEqualTo(id);
            assertThat(now.path("state").asText()).as(now.toString()).isEqualTo(endOf(operation, waits));
        }
        assertThat(facts.path("decisions")).isNotEmpty();
        for (JsonNode id : facts.path("decisions")) {
            assertThat(api.decision("running", id.asText()).path("id")).isEqualTo(id);
        }
        RestClient.Answer explained = client.get(api.graphs() + "/running/services/r/explanation");
        assertThat(explained.status()).as(explained.text()).isEqualTo(200);
        assertThat(client.get(api.graphs() + "/running/revisions").json().path("items"))
                .hasSize(2);
        assertThat(client.get(api.graphs() + "/running/plans/"
                                + facts.path("plan").asText())
                        .status())
                .isEqualTo(200);
        RestClient.Answer repeated = client.call(
                "POST", api.graphs(), FormerWorld.light("running", "r", "1.0.0"), "Idempotency-Key", FormerWorld.KEY);
        assertThat(Followed.operationOf(repeated)).isEqualTo(facts.path("keyed").asText());
        assertThat(new Followed(client).events(FormerWorld.PROJECT)).isNotEmpty();
    }

    /** For room, for an event, or for the one provider that is not there yet. */
    private static boolean waits(JsonNode operation, JsonNode facts) {
        return operation.at("/graph/name").asText().equals("pending")
                || operation.path("id").equals(facts.path("cluster"));
    }

    /** What was under way comes to its end; what had ended stays as it was. */
    private static String endOf(JsonNode operation, boolean waits) {
        String before = operation.path("state").asText();
        boolean open = before.equals("PENDING") || before.equals("RUNNING");
        return open && !waits ? "SUCCEEDED" : before;
    }

    private static void whatWasInstalledIsThere(RestClient client, JsonNode facts) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/api/v1/plugins").json(), plugins -> assertThat(
                        plugins.path("items"))
                .as(plugins.toString())
                .anySatisfy(plugin -> {
                    assertThat(plugin.path("id").asText()).isEqualTo(FormerWorld.PLUGIN);
                    assertThat(plugin.path("state").asText()).isEqualTo("ACTIVE");
                }));
        assertThat(client.get("/api/v1/shadows/" + facts.path("shadow").asText())
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/api/v1/webhooks/" + facts.path("webhook").asText())
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/api/v1/defaults").json().toString()).contains("greedy");
    }

    /** What its controller brings about was lost with the disk. */
    private static void theZoneIsMadeAgain(RestClient client, JsonNode facts, Path data) throws Exception {
        FormerWorld.awaitZone(client, FormerWorld.ZONE);
        Path file = data.resolve(FormerWorld.ZONES).resolve("former.example.zone");
        Eventually.within(
                PATIENCE_SECONDS, () -> Files.exists(file) ? Files.readString(file) : "", text -> assertThat(text)
                        .contains(facts.path("zone").asText()));
        assertThat(client.get("/api/v1/kinds/zone/resources?label=tier%3Dt1")
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    /** One was kept from its end by the disk, the other one by a provider that is not there yet. */
    private static void resourcesUnderWayGoOn(RestClient client, JsonNode facts) throws Exception {
        FormerWorld.awaitZone(client, FormerWorld.LATER_ZONE);
        JsonNode zone = new Followed(client)
                .end("/api/v1/operations/" + facts.path("laterZone").asText());
        assertThat(zone.path("state").asText()).as(zone.toString()).isEqualTo("SUCCEEDED");
        JsonNode cluster = client.get(FormerWorld.WAITING_CLUSTER).json();
        assertThat(cluster.path("phase").asText()).as(cluster.toString()).isEqualTo("PROGRESSING");
        assertThat(cluster.at("/desired/provider").asText()).isEqualTo("elsewhere");
        JsonNode waiting = client.get(
                        "/api/v1/operations/" + facts.path("cluster").asText())
                .json();
        assertThat(waiting.path("state").asText()).as(waiting.toString()).isIn("PENDING", "RUNNING");
    }
}
