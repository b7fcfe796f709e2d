// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGKILL right after each acknowledged call: what was acknowledged is there after the restart. The simulated world lives in the
 * server's process and dies with it, so every time the new server finds nothing outside and has to make the world so again.
 */
class KilledServerIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final String CONDITIONAL = "image-compression-vo";

    private final Sample sample = Sample.brussels();
    private final String legacy = "/graphs/" + sample.graph();
    private final List<String> decisions = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Database.class)
    void nothingThatWasAcknowledgedIsMissingAfterAKill(Database database) throws Exception {
        Path data = database.freshData();
        killedAfter(data, api -> {
            assertThat(api.client()
                            .postJson("/project/p/graphs", sample.as("application/json"))
                            .status())
                    .isEqualTo(202);
        });
        killedAfter(data, api -> {
            assertConverges(api, "Running", "WAITING", 2);
            RestClient.Answer answer =
                    api.client().postJson("/alerts", Alerts.firing("p", sample.graph(), CONDITIONAL));
            assertThat(answer.json().at("/results/0/result").asText())
                    .as(answer.text())
                    .isEqualTo("installed");
        });
        killedAfter(data, api -> {
            assertConverges(api, "Running", "RUNNING", 3);
            assertThat(api.client().post(legacy + "/stop").status()).isEqualTo(200);
        });
        killedAfter(data, api -> {
            assertConverges(api, "Stopped", "STOPPED", 0);
            assertThat(api.client().post(legacy + "/start").status()).isEqualTo(200);
        });
        killedAfter(data, api -> {
            // a service that an event installed waits for its event again
            assertConverges(api, "Running", "WAITING", 2);
            String path = api.graphs() + "/" + sample.graph() + "/placement?wait=60";
            RestClient.Answer moved = api.client().postJson(path, "{\"reason\":\"offload\",\"target\":\"c2\"}");
            assertThat(moved.status()).as(moved.text()).isIn(200, 202);
        });
        killedAfter(data, api -> {
            assertConverges(api, "Running", "WAITING", 2);
            assertThat(World.of(api.client()).releases())
                    .allSatisfy(release -> assertThat(release.path("replicas").properties())
                            .extracting(Map.Entry::getKey)
                            .containsExactly("c2"));
            assertThat(api.client().delete(legacy).status()).isEqualTo(200);
        });
        killedAfter(data, api -> {
            assertThat(api.client().get(legacy).status()).isEqualTo(404);
            assertThat(api.byPhase()).isEmpty();
            assertThat(World.of(api.client()).releases()).isEmpty();
        });
    }

    private interface Calls {
        void make(NativeApi api) throws Exception;
    }

    private void killedAfter(Path data, Calls calls) throws Exception {
        int port = Distribution.freePort();
        try (HastyClient early = HastyClient.of(port);
                ServerProcess server = ServerProcess.ready(port, data)) {
            early.end();
            assertThat(early.answers()).isPositive();
            assertThat(early.wrong()).as("answers while the server starts").isEmpty();
            calls.make(new NativeApi(new RestClient(port), "p"));
            server.kill();
        }
    }

    /** The wish is kept, the decisions are kept, and the world is made so again. */
    private void assertConverges(NativeApi api, String wish, String phase, int services) throws Exception {
        assertThat(api.client().get(legacy).json().path("status").asText()).isEqualTo(wish);
        // until its first pass a graph is shown as it was before the kill, and the world is empty
        Eventually.within(PATIENCE_SECONDS, () -> World.of(api.client()), seen -> {
            JsonNode graph = api.graph(sample.graph());
            assertThat(graph.path("phase").asText())
                    .as(graph.path("conditions").toString())
                    .isEqualTo(phase);
            assertThat(seen.readyPods()).hasSizeGreaterThanOrEqualTo(services);
            assertThat(seen.ready().values().stream().filter(ready -> ready > 0))
                    .hasSize(services);
        });
        World world = World.of(api.client());
        assertThat(world.overbookedEver()).isFalse();
        List<String> known = api.decisions(sample.graph()).stream()
                .map(decision -> decision.path("id").asText())
                .toList();
        assertThat(known).containsAll(decisions);
        decisions.clear();
        decisions.addAll(known);
        JsonNode inForce = api.graph(sample.graph()).path("decisionId");
        assertThat(known).contains(inForce.asText());
    }
}
