// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of intents and strategies go by the same signals: a decision asks for them once. */
class SignalsOnceTest {

    private static final GraphId G = new GraphId("p", "g");

    private EmbeddedCore core;
    private int asked;

    @BeforeEach
    void start() throws Exception {
        ClusterModel cluster = ClusterModel.of("c1", new Resources(8_000, 64L << 30, 1000L << 30, 0));
        core = new EmbeddedCore(Scenario.of(Duration.ofSeconds(1), cluster), "signals-" + UUID.randomUUID());
        core.ports().add(SignalSource.class, "", new Counting(), 1);
        core.pass(Duration.ofSeconds(1));
        asked = 0;
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aDecisionAsksForSignalsOnce() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> !core.view(G).placement().clusters().isEmpty(), Duration.ofSeconds(5));
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aPlanAsksForSignalsOnce() {
        core.doors().plans().plan(DeployRequest.of(core.graph("p", Hdag.of("g", "a"))), CallContext.INTERNAL);
        assertThat(asked).isEqualTo(1);
    }

    private final class Counting implements SignalSource {

        private final SignalSource real = core.world.signals();

        @Override
        public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
            asked++;
            return real.signals(clusters);
        }

        @Override
        public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
            return real.latencyMillis(clusters);
        }
    }
}
