// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction.ResizeCluster;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service is ready when all its replicas are. */
class ReadinessTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final Resources ROOM_FOR_ALL = cores(4);
    private static final Resources ROOM_FOR_ONE = cores(1);

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", ROOM_FOR_ALL)), "ready-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void oneReplicaOfThreeIsNotEnoughToHaveDeployed() {
        Change change = core.deploy("p", YAML);
        core.passUntil(() -> core.world.snapshot().pods().size() == 3, Duration.ofSeconds(10));
        core.world.apply(new ResizeCluster("c1", ROOM_FOR_ONE));
        core.pass(Duration.ofSeconds(10));

        assertThat(core.view(G).service("a").orElseThrow().readyReplicas()).isEqualTo(1);
        assertThat(core.view(G).service("a").orElseThrow().state()).isEqualTo(ServiceState.DEPLOYING);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.DEPLOYING);
        assertThat(operation(change).state()).isEqualTo(Operation.State.RUNNING);

        core.world.apply(new ResizeCluster("c1", ROOM_FOR_ALL));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(operation(change).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(core.view(G).service("a").orElseThrow().readyReplicas()).isEqualTo(3);
    }

    @Test
    void aServiceThatLosesReplicasIsDegradedUntilTheyAreBack() {
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.world.apply(new ResizeCluster("c1", ROOM_FOR_ONE));
        core.pass(Duration.ofSeconds(20));

        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.DEGRADED);
        assertThat(core.view(G).service("a").orElseThrow().state()).isEqualTo(ServiceState.DEGRADED);
        assertThat(core.view(G).condition(Condition.READY).orElseThrow().status())
                .isEqualTo(Condition.Status.FALSE);
        core.world.apply(new ResizeCluster("c1", ROOM_FOR_ALL));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    private Operation operation(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 64L << 30, 1000L << 30, 0);
    }

    private static final String YAML = """
            hdaGraph:
              id: g
              services:
                - id: a
                  deployment:
                    trigger: { auto: {} }
                    intent: { compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } } }
                  scaling: { minReplicas: 3, maxReplicas: 3 }
                  artifact:
                    ociImage: "oci://registry.example/demo/a"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
