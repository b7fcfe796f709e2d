// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnmetDemandTest {

    private static final GraphId WEB = new GraphId("p", "web");

    private static final Map<ScalingMetric, MetricReading> CPU =
            Map.of(ScalingMetric.named("cpu_cores"), MetricReading.of(0.95, LoadSeries.EMPTY));

    /** @param perSecond rate that comes to the cluster; a replica serves 10 */
    private static ScalingOutcome outcome(
            String cluster,
            int replicas,
            double perSecond,
            Map<ScalingMetric, MetricReading> metrics,
            Optional<Unmet> unmet) {
        return outcome(cluster, replicas, perSecond, metrics, new Replicas(replicas, "", unmet));
    }

    private static ScalingOutcome outcome(
            String cluster, int replicas, double perSecond, Map<ScalingMetric, MetricReading> metrics, Answer answer) {
        ScalingTarget target = ScalingTarget.builder(WEB, "web", new ClusterId("docker", cluster))
                .replicas(replicas)
                .bounds(0, 4)
                .demand(perSecond)
                .profile(new ServiceProfile(10, 0))
                .metrics(metrics)
                .build();
        return new ScalingOutcome(
                target, answer, HeldReplicas.PERSON, false, List.of(), List.of(), Instant.EPOCH, Duration.ZERO);
    }

    @Test
    void whoeverDecidesByCpuIsNotJudgedByTheRateOfRequests() {
        Optional<Unmet> oneMore = Optional.of(new Unmet(2, "CPU 95 % is at or above 75 %; edge-1 is full"));
        for (double rate : List.of(0.0, 0.5, 8.0)) {
            assertThat(UnmetDemand.starved(List.of(
                            outcome("edge-1", 1, rate, CPU, oneMore),
                            outcome("edge-2", 1, rate, CPU, Optional.empty()),
                            outcome("edge-3", 1, rate, CPU, Optional.empty()))))
                    .as("%s requests per second", rate)
                    .isEqualTo(Map.of("web", 4));
        }
    }

    /** A strategy that builds on another passes on that there is none. */
    @Test
    void whereThereIsNoNumberTheRateSaysWhatIsNeeded() {
        assertThat(UnmetDemand.starved(
                        List.of(outcome("edge-1", 2, 35, CPU, new Infeasible("CPU 95 %; edge-1 is full")))))
                .isEqualTo(Map.of("web", 4));
    }

    @Test
    void partsOfARateAreRoundedUpTogether() {
        Optional<Unmet> oneMore = Optional.of(new Unmet(2, "1.4 replicas"));
        assertThat(UnmetDemand.starved(List.of(
                        outcome("edge-1", 1, 14, Map.of(), oneMore),
                        outcome("edge-2", 2, 10.1, Map.of(), Optional.empty()))))
                .as("2 and 1.01, where 3 are")
                .isEqualTo(Map.of("web", 4));
        assertThat(UnmetDemand.starved(List.of(
                        outcome("edge-1", 1, 14, Map.of(), oneMore),
                        outcome("edge-2", 2, 10, Map.of(), Optional.empty()))))
                .as("2 and 1, where 3 are")
                .isEmpty();
    }
}
