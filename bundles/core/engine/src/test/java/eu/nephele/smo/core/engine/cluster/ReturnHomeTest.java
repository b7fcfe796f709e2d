// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that is back has to stay for as long as a lost one is waited for, before anything returns to it. */
class ReturnHomeTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;
    private static final Duration ALMOST_THE_GRACE =
            EngineSettings.STANDARD.failoverGrace().minusSeconds(2);
    private static final Duration LONG = EngineSettings.STANDARD.failoverGrace().plusSeconds(20);

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "home-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void aServiceGoesHomeOnlyWhenItsClusterHasBeenBackForTheGrace() {
        deploy("return");
        failOver();
        core.world.restoreCluster("c1");
        core.pass(ALMOST_THE_GRACE);
        assertThat(cluster()).isEqualTo("c2");

        core.passUntil(() -> cluster().equals("c1"), LONG);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.world.snapshot().releases().get(0).replicas()).containsOnlyKeys("c1");
    }

    @Test
    void aClusterThatComesAndGoesIsWaitedForAnew() {
        deploy("return");
        failOver();
        for (int time = 0; time < 3; time++) {
            core.world.restoreCluster("c1");
            core.pass(ALMOST_THE_GRACE);
            core.world.failCluster("c1");
            core.pass(Duration.ofSeconds(2));
            assertThat(cluster()).isEqualTo("c2");
        }
        assertThat(core.eventTypes(G)).containsOnlyOnce("service.moved");
    }

    @Test
    void withoutARequestToReturnTheGraphStays() {
        deploy("stay");
        failOver();
        core.world.restoreCluster("c1");
        core.pass(LONG);
        assertThat(cluster()).isEqualTo("c2");
    }

    private void deploy(String onReturn) {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .lifecycle("{ onClusterReturn: %s }".formatted(onReturn))
                        .service("a")
                        .yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(cluster()).isEqualTo("c1");
    }

    private void failOver() {
        core.world.failCluster("c1");
        core.passUntil(() -> cluster().equals("c2"), LONG);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    private String cluster() {
        return core.view(G).placement().clusterOf("a").orElseThrow().name();
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }
}
