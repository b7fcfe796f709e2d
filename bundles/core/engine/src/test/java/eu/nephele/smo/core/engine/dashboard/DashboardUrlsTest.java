// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dashboards follow graphs, and no graph waits for them. */
class DashboardUrlsTest {

    private static final GraphId SOLO = new GraphId("p", "solo");
    private static final String YAML = """
            hdaGraph:
              id: solo
              services:
                - id: solo
                  deployment:
                    trigger: { auto: {} }
                    intent: { compute: { cpu: small } }
                  artifact:
                    ociImage: "oci://registry.example/demo/solo"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;

    private final Wall wall = new Wall();
    private EmbeddedCore core;

    /** Dashboards on a wall. */
    private static final class Wall implements DashboardPublisher {

        final Set<String> there = new TreeSet<>();
        boolean down;
        int calls;

        @Override
        public URI ensureGraph(Graph graph) {
            return put("graph/" + graph.id());
        }

        @Override
        public URI ensureService(WorkloadRef service) {
            return put("service/" + service);
        }

        @Override
        public URI ensureCluster(ClusterId cluster) {
            return put("cluster/" + cluster.name());
        }

        @Override
        public void removeGraph(GraphId graph) {
            answer();
            there.removeIf(name -> name.equals("graph/" + graph) || name.startsWith("service/" + graph + "/"));
        }

        private URI put(String name) {
            answer();
            there.add(name);
            return URI.create("https://wall.example/" + name);
        }

        private void answer() {
            calls++;
            if (down) {
                throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "wall", "The wall has fallen");
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "dashboards-" + UUID.randomUUID());
        core.ports().add(DashboardPublisher.class, "", wall, 0);
    }

    @AfterEach
    void close() {
        core.close();
    }

    @Test
    void dashboardsOfGraphsServicesAndClustersArePublishedAndTheirAddressesReported() {
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(10));
        assertThat(wall.there).contains("graph/p/solo", "service/p/solo/solo", "cluster/c1");
        assertThat(core.view(SOLO).item().dashboard()).contains(URI.create("https://wall.example/graph/p/solo"));
        assertThat(core.view(SOLO).service("solo").orElseThrow().dashboard())
                .contains(URI.create("https://wall.example/service/p/solo/solo"));
        assertThat(condition().status()).isEqualTo(Condition.Status.TRUE);
        ClusterId c1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
        assertThat(core.doors().clusters().dashboard(c1, CallContext.INTERNAL)).isPresent();
    }

    @Test
    void aWallThatIsDownHoldsNothingUpAndIsTriedAgain() {
        wall.down = true;
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.pass(Duration.ofSeconds(2));
        assertThat(condition().status()).isEqualTo(Condition.Status.FALSE);
        assertThat(condition().message()).contains("wall: The wall has fallen");
        wall.down = false;
        core.passUntil(() -> condition().status() == Condition.Status.TRUE, Duration.ofSeconds(60));
        assertThat(wall.there).contains("graph/p/solo");
    }

    @Test
    void whatIsShownIsNotSentAgain() {
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(20));
        int calls = wall.calls;
        core.pass(Duration.ofMinutes(5));
        assertThat(wall.calls).isEqualTo(calls);
    }

    @Test
    void dashboardsOfARemovedGraphAreRemovedAfterAnOutageOfGrafanaAndARestart() {
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(10));
        wall.down = true;
        core.remove(SOLO);
        core.passUntil(() -> core.graphs().find(SOLO, CallContext.INTERNAL).isEmpty(), Duration.ofSeconds(20));
        core.stopEngine();
        wall.down = false;
        core.startEngine();
        core.ports().add(DashboardPublisher.class, "", wall, 0);
        core.passUntil(() -> !wall.there.contains("graph/p/solo"), Duration.ofSeconds(60));
        assertThat(wall.there).noneMatch(name -> name.startsWith("service/p/solo"));
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(8000, 32L << 30, 100L << 30, 0));
    }

    private Condition condition() {
        return core.view(SOLO).condition(Condition.DASHBOARDS_PUBLISHED).orElseThrow();
    }
}
