// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of services that cannot be scaled as wanted stays while it holds. */
class ScaledConditionTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;
    private static final Scenario SIX_CORES =
            Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(6000, 64 * GIB, 1000 * GIB, 0)));
    private static final String SCALED = "  strategies: { scaling: { id: optimal, intervalSeconds: 5 } }";

    private Optional<EmbeddedCore> started = Optional.empty();

    private static final class Unreachable implements MetricsSource {

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            throw new AdapterException(Kind.UNAVAILABLE, "metrics", "is away");
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            throw new AdapterException(Kind.UNAVAILABLE, "metrics", "is away");
        }
    }

    private EmbeddedCore running(EmbeddedCore core, String strategies) {
        started = Optional.of(core);
        core.pass(Duration.ofSeconds(1));
        core.deploy("p", YAML.formatted(strategies));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        return core;
    }

    @AfterEach
    void end() {
        started.ifPresent(EmbeddedCore::close);
    }

    private static String said(EmbeddedCore core) {
        return core.view(GRAPH)
                .condition(Condition.SCALED)
                .map(Condition::message)
                .orElse("");
    }

    private static void hold(EmbeddedCore core, String service, int replicas) {
        core.graphs()
                .hold(GRAPH, service, Optional.of(new ReplicaHold(replicas, Optional.empty())), CallContext.INTERNAL);
    }

    @Test
    void metricsThatCannotBeReadSayNothingOfAServiceBesideOneThatIsHeld() throws Exception {
        EmbeddedCore core = running(new EmbeddedCore(SIX_CORES, "scaled-" + UUID.randomUUID()), SCALED);
        core.world.setLoad("front", 330);
        core.passUntil(() -> said(core).contains("front"), Duration.ofSeconds(90));
        core.ports().add(MetricsSource.class, "", new Unreachable(), 10);
        hold(core, "large", 1);
        core.pass(Duration.ofSeconds(30));
        assertThat(said(core)).contains("front");
        assertThat(core.eventTypes(GRAPH)).containsOnlyOnce("scaling.infeasible");
    }

    @Test
    void withoutAStrategyWhatIsHeldInVainIsSaidOnce() throws Exception {
        EmbeddedCore core = running(EmbeddedCore.withoutScaling(SIX_CORES, "scaled-" + UUID.randomUUID()), "");
        hold(core, "large", 3);
        core.passUntil(() -> said(core).contains("set by hand to 3"), Duration.ofSeconds(90));
        for (int second = 0; second < 120; second++) {
            core.pass(Duration.ofSeconds(1));
            assertThat(said(core)).as("after %d s", second).contains("set by hand to 3");
        }
        assertThat(core.eventTypes(GRAPH)).containsOnlyOnce("scaling.infeasible");
        core.graphs().hold(GRAPH, "large", Optional.empty(), CallContext.INTERNAL);
        core.passUntil(() -> said(core).isEmpty(), Duration.ofSeconds(90));
    }

    private static final String YAML = """
            hdaGraph:
              id: web
            %s
              services:
                - id: front
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 2, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
                - id: large
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: medium, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/large"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
