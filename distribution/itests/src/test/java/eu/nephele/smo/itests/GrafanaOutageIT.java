// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.nephele.smo.lab.testbed.WorldKind;
import java.nio.file.Files;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Grafana is away: nobody waits for dashboards, and they are there, or gone, soon after it is back. */
@Real
class GrafanaOutageIT {

    private static final long RECOVERY_SECONDS = 30;

    private static GrafanaPlayer grafana;
    private static Outages outages;

    @BeforeAll
    static void start() throws Exception {
        grafana = new GrafanaPlayer();
        outages = new Outages(RealWorld.startGated(WorldKind.CONTEXTS, 1));
        Gate gate = outages.world.gates.add("grafana", grafana.url());
        Files.writeString(
                outages.world.testbed.folder().resolve("etc/eu.nephele.smo.adapters.grafana.cfg"),
                "url=http://127.0.0.1:%d\n".formatted(gate.port()));
        outages.deployAndAwait(Outages.STEADY);
        isPublished(Outages.STEADY);
    }

    @AfterAll
    static void end() throws Exception {
        if (outages != null) {
            outages.close();
        }
        grafana.close();
    }

    @ParameterizedTest
    @EnumSource(value = Gate.State.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
    void graphsAreDeployedAndRemovedAndTheirDashboardsFollow(Gate.State how) throws Exception {
        String suffix = how.name().toLowerCase(Locale.ROOT);
        String graph = "new-" + suffix;
        String old = "old-" + suffix;
        outages.deployAndAwait(old);
        isPublished(old);
        outages.away(
                "grafana",
                how,
                () -> {
                    outages.deploy(graph);
                    outages.runsSoon(graph);
                    outages.world.api.remove(old);
                    Eventually.within(
                            RECOVERY_SECONDS,
                            () -> outages.world.client.get("/graphs/" + old).status(),
                            status -> assertThat(status).isEqualTo(404));
                    // a call that hangs fails after its time-out
                    Eventually.within(RECOVERY_SECONDS, () -> published(graph), condition -> {
                        assertThat(condition.path("status").asText()).isEqualTo("False");
                        assertThat(condition.path("reason").asText()).isEqualTo("PublishFailed");
                        assertThat(condition.path("message").asText()).startsWith("grafana: ");
                    });
                    assertThat(outages.world.phase(graph)).isEqualTo(Outages.RUNNING);
                    assertThat(published(Outages.STEADY).path("status").asText())
                            .isEqualTo("True");
                },
                () -> {
                    isPublished(graph);
                    Eventually.within(RECOVERY_SECONDS, grafana::titles, titles -> assertThat(titles)
                            .contains(graph + " (graph)", Outages.STEADY + " (graph)")
                            .doesNotContain(old + " (graph)"));
                });
    }

    private static void isPublished(String graph) throws Exception {
        Eventually.within(RECOVERY_SECONDS, () -> published(graph), condition -> assertThat(
                        condition.path("status").asText())
                .as(condition.toPrettyString())
                .isEqualTo("True"));
        assertThat(grafana.titles()).contains(graph + " (graph)");
    }

    private static JsonNode published(String graph) throws Exception {
        JsonNode conditions = outages.world.api.graph(graph).path("conditions");
        return StreamSupport.stream(conditions.spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals("DashboardsPublished"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
