// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.core.contract.decision.DemandOutlook;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A graph with scaling and without a scaling strategy gets a warning. */
class UnsupportedScalingTest {

    private static final String HDAG = """
            hdaGraph:
              id: g
              services:
                - id: web
                  deployment:
                    trigger: { auto: {} }
                    intent: { compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } } }
                  scaling: { maxReplicas: 3, profile: { alpha: 10, beta: 0 } }
                  artifact: { ociImage: "oci://registry.example/demo/web", ociConfig: { type: App, implementer: HELM } }
                - id: db
                  deployment:
                    trigger: { auto: {} }
                    intent: { compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } } }
                  artifact: { ociImage: "oci://registry.example/demo/db", ociConfig: { type: App, implementer: HELM } }
            """;

    @Test
    void isReportedForTheServicesThatAskUntilSomebodyScales() throws Exception {
        EmbeddedCore core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(8000, 64L << 30, 1000L << 30, 0))),
                "unheard-" + UUID.randomUUID());
        try {
            core.pass(Duration.ofSeconds(1));
            core.deploy("p", HDAG);
            Graph graph = core.graph("p", HDAG);
            GraphRecord record =
                    core.stores.graphs().find(new GraphId("p", "g")).orElseThrow();

            assertThat(UnsupportedScaling.list(record, graph, decider(false)))
                    .singleElement()
                    .asString()
                    .startsWith("scaling of web has no effect");
            assertThat(UnsupportedScaling.list(record, graph, decider(true))).isEmpty();
        } finally {
            core.close();
        }
    }

    @Test
    void isAConditionOfTheGraph() throws Exception {
        EmbeddedCore core = EmbeddedCore.withoutScaling(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(8000, 64L << 30, 1000L << 30, 0))),
                "unheard-" + UUID.randomUUID());
        try {
            core.pass(Duration.ofSeconds(1));
            GraphId graph = new GraphId("p", "g");
            core.deploy("p", HDAG);
            core.passUntil(() -> core.view(graph).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
            Condition honoured =
                    core.view(graph).condition(Condition.INTENTS_HONOURED).orElseThrow();
            assertThat(honoured.status()).isEqualTo(Condition.Status.FALSE);
            assertThat(honoured.message())
                    .contains("scaling of web has no effect")
                    .doesNotContain("db");
        } finally {
            core.close();
        }
    }

    private static ScalingDecider decider(boolean scales) {
        return new ScalingDecider() {
            @Override
            public boolean scales(String project, List<SourcedSelection> wishes) {
                return scales;
            }

            @Override
            public ScalingInputs inputs(String project, List<SourcedSelection> wishes, Duration usualHistory) {
                return ScalingInputs.NONE;
            }

            @Override
            public List<Optional<DemandForecast>> forecast(String forecaster, ForecastRequest request) {
                return List.of();
            }

            @Override
            public List<ScalingOutcome> decide(
                    List<ScalingItem> items, List<ClusterCapacity> clusters, DemandOutlook outlook) {
                return List.of();
            }
        };
    }
}
