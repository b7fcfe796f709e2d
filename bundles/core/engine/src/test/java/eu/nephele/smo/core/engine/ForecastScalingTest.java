// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forecasters get the past of whole graphs in the background, and strategies their forecasts with the request. */
class ForecastScalingTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;

    private final AtomicReference<ForecastRequest> asked =
            new AtomicReference<>(ForecastRequest.of(List.of(), Duration.ZERO));
    private EmbeddedCore core;

    /** Demand is expected to be twenty requests per second more than it is. */
    private final class TwentyMore implements DemandForecaster {

        @Override
        public List<Optional<DemandForecast>> forecast(ForecastRequest request, DecisionContext context) {
            asked.set(request);
            return request.services().stream()
                    .map(service -> service.recent().size() == 0
                            ? Optional.<DemandForecast>empty()
                            : Optional.of(new DemandForecast(
                                    context.now(),
                                    request.horizon(),
                                    new double[] {0.5},
                                    new float[][] {
                                        {
                                            (float) service.recent()
                                                            .value(service.recent()
                                                                            .size()
                                                                    - 1)
                                                    + 20
                                        }
                                    },
                                    new Quality(true, 1, 2, "as told"),
                                    List.of())))
                    .toList();
        }
    }

    private record Ahead() implements ScalingWrapper {

        @Override
        public ScalingInputs inputs(Record parameters) {
            return new ScalingInputs(List.of(), Duration.ZERO, Optional.of("twenty-more"));
        }

        @Override
        public Prepared prepare(ScalingRequest request, DecisionContext context) {
            return new Prepared(
                    request.targets().stream()
                            .map(target -> expected(request, target, context))
                            .toList(),
                    Collections.nCopies(request.targets().size(), Optional.of("ahead")));
        }

        private static ScalingTarget expected(ScalingRequest request, ScalingTarget target, DecisionContext context) {
            return request.load(target.graph(), target.service())
                    .flatMap(ServiceLoad::forecast)
                    .map(forecast -> target.change()
                            .demand(forecast.quantile(0.5, context.now()))
                            .build())
                    .orElse(target);
        }
    }

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(9000, 64 * GIB, 1000 * GIB, 0))),
                "forecast-" + UUID.randomUUID());
        core.strategies.registry().add(new TwentyMore(), Map.of(DemandForecaster.ID, "twenty-more"));
        core.strategies.registry().add(new Ahead(), Map.of(ScalingStrategy.ID, "ahead"));
        core.pass(Duration.ofSeconds(1));
        core.world.setLoad("front", 15);
        core.world.setLoad("back", 5);
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
    }

    @AfterEach
    void end() {
        core.close();
    }

    private int replicas(String service) {
        return core.view(GRAPH).placement().replicasOf(service);
    }

    @Test
    void replicasAreThereForWhatIsExpected() {
        core.passUntil(() -> replicas("front") == 4, Duration.ofMinutes(2));
        assertThat(replicas("back")).as("5 now, 25 expected").isEqualTo(3);
        DecisionRecord decision = core.decisions(GRAPH, DecisionKind.SCALING).get(0);
        assertThat(decision.strategy().id()).isEqualTo("ahead");
        assertThat(decision.details().toJson()).contains("ahead; optimal: ");
    }

    @Test
    void theForecasterSeesWhoCallsWhomAndAllThatIsKnown() {
        core.passUntil(() -> replicas("front") == 4, Duration.ofMinutes(2));
        assertThat(asked.get().services())
                .extracting(ServiceHistory::service, ServiceHistory::callers)
                .containsExactly(tuple("back", List.of("front")), tuple("front", List.of()));
        core.pass(Duration.ofMinutes(40));
        ServiceHistory front = asked.get().services().get(1);
        assertThat(front.recent().size()).isBetween(15, 45);
        assertThat(front.seasons().points()).isNotEmpty().allSatisfy(point -> assertThat(point.perSecond())
                .isBetween(14.9, 15.1));
    }

    @Test
    void withoutTheForecasterThePresentDecides() {
        core.strategies
                .registry()
                .add(
                        (DemandForecaster) (request, context) -> {
                            throw new IllegalStateException("cannot");
                        },
                        Map.of(DemandForecaster.ID, "twenty-more", "smo.strategy.version", "2.0.0"));
        core.pass(Duration.ofMinutes(1));
        assertThat(replicas("front")).isEqualTo(2);
    }

    private static final String YAML = """
            hdaGraph:
              id: web
              strategies: { scaling: { id: ahead, intervalSeconds: 5 } }
              services:
                - id: front
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                      connectionPoints: [ back ]
                  scaling: { maxReplicas: 6, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
                - id: back
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 6, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/back"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
