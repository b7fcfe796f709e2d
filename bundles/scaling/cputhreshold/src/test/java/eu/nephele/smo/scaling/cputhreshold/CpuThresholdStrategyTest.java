// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.api.scaling.ScalingTargetBuilder;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuThresholdStrategyTest {

    private static final CpuThresholdParameters STANDARD = new CpuThresholdParameters(75, 25, 60, 1, Optional.empty());
    private static final Resources ONE_CONTAINER = new Resources(500, 1 << 20, 0, 0, Map.of(Resources.CONTAINERS, 1L));

    /** 100 % are 0.5 cores of each replica. */
    @ParameterizedTest(name = "{1} cores of {0} replicas: {2}")
    @CsvSource({
        // exactly at the thresholds, and beside them
        "2, 0.75, 3, 'CPU 75 % is at or above 75 %'",
        "2, 0.749, 2, 'CPU 74.9 % is between 25 % and 75 %'",
        "2, 0.251, 2, 'CPU 25.1 % is between 25 % and 75 %'",
        "2, 0.25, 1, 'CPU 25 % is at or below 25 %'",
        "2, 0.001, 1, 'CPU 0.1 % is at or below 25 %'",
        // not for nothing, and not beyond the bounds
        "2, 0, 2, 'CPU 0 % says nothing about too many replicas'",
        "1, 0.01, 1, 'CPU 2 % is at or below 25 %'",
        "4, 8, 5, 'CPU 400 % is at or above 75 %'",
        "5, 8, 5, 'CPU 320 % is at or above 75 %; the maximum is 5'",
    })
    void oneStepAtTheThresholds(int replicas, double cores, int expected, String reason) {
        Answer answer = answer(STANDARD, web(replicas).metrics(measured(cores, replicas)));
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(replicas(answer)).isEqualTo(expected);
    }

    @Test
    void theMeanIsThatOfReplicasThatAreReadyAndNotOfThoseThatStart() {
        assertThat(replicas(answer(STANDARD, web(4).metrics(measured(0.8, 2))))).isEqualTo(5);
        assertThat(replicas(answer(STANDARD, web(4).metrics(measured(0.8, 4))))).isEqualTo(4);
    }

    @Test
    void demandBeyondTheMaximumIsToldAsUnmet() {
        assertThat(answer(STANDARD, web(5).metrics(measured(4, 5))))
                .isEqualTo(new Replicas(
                        5,
                        "CPU 160 % is at or above 75 %; the maximum is 5",
                        Optional.of(new Unmet(6, "CPU 160 % is at or above 75 %; the maximum is 5"))));
    }

    @Test
    void aStepMayBeLargerAndEndsAtTheBounds() {
        CpuThresholdParameters three = new CpuThresholdParameters(75, 25, 0, 3, Optional.empty());
        assertThat(replicas(answer(three, web(1).metrics(measured(0.5, 1))))).isEqualTo(4);
        assertThat(replicas(answer(three, web(4).metrics(measured(2, 4))))).isEqualTo(5);
        assertThat(replicas(answer(three, web(3).metrics(measured(0.1, 3))))).isEqualTo(1);
    }

    @Test
    void ofOneCoreIsWhatContainerEnginesCallAHundredPerCent() {
        CpuThresholdParameters ofOneCore = new CpuThresholdParameters(75, 25, 0, 1, Optional.of(1.0));
        assertThat(answer(ofOneCore, web(2).metrics(measured(1.2, 2))).reason())
                .isEqualTo("CPU 60 % is between 25 % and 75 %");
    }

    @Test
    void withoutASampleNothingIsDecided() {
        assertThat(answer(STANDARD, web(2))).isEqualTo(new Keep("no data about cpu_cores, ready_replicas"));
        assertThat(answer(STANDARD, web(2).metrics(Map.of(MeanCpu.CORES, reading(0.9)))))
                .isEqualTo(new Keep("no data about ready_replicas"));
        assertThat(answer(STANDARD, web(2).metrics(measured(Double.NaN, 2))))
                .isEqualTo(new Keep("no data about cpu_cores"));
        assertThat(answer(STANDARD, web(2).metrics(measured(0.9, 0))))
                .isEqualTo(new Keep("no replica is ready, so none is measured"));
        MetricReading flawed = new MetricReading(
                OptionalDouble.empty(), LoadSeries.EMPTY, Optional.empty(), Optional.of("900 cores are too many"));
        assertThat(answer(STANDARD, web(2).metrics(Map.of(MeanCpu.CORES, flawed, MeanCpu.READY, reading(2)))))
                .isEqualTo(new Keep("no data about cpu_cores (900 cores are too many)"));
    }

    @Test
    void ofAServiceThatAsksForNoCoresNobodyKnowsWhatAllIs() {
        Answer answer = answer(STANDARD, web(2).perReplica(Resources.NONE).metrics(measured(0.9, 2)));
        assertThat(answer).isInstanceOf(Keep.class);
        assertThat(answer.reason()).contains("fullCores");
    }

    @Test
    void afterAChangeItRests() {
        ScalingTargetBuilder hot = web(2).metrics(measured(2, 2));
        assertThat(answer(STANDARD, hot.sinceLastChange(Duration.ofSeconds(20))))
                .isEqualTo(new Keep("in cool-down for another 40 s"));
        assertThat(answer(STANDARD, hot.sinceLastChange(Duration.ofMillis(59_500))))
                .isEqualTo(new Keep("in cool-down for another 1 s"));
        assertThat(replicas(answer(STANDARD, hot.sinceLastChange(Duration.ofSeconds(60)))))
                .isEqualTo(3);
    }

    @Test
    void bringsReplicasBackIntoTheirBounds() {
        assertThat(replicas(answer(STANDARD, web(1).bounds(3, 5).metrics(measured(0.2, 1)))))
                .isEqualTo(3);
        assertThat(replicas(answer(STANDARD, web(5).bounds(1, 2).metrics(measured(1, 5)))))
                .isEqualTo(2);
    }

    @Test
    void whatFindsNoContainerIsSaidInWords() {
        List<Answer> answers =
                answers(STANDARD, List.of(2L), web(2).metrics(measured(2, 2)).build());
        assertThat(answers)
                .containsExactly(
                        new Replicas(
                                2,
                                "CPU 200 % is at or above 75 %; there is room for 2",
                                Optional.of(
                                        new Unmet(
                                                3,
                                                "CPU 200 % is at or above 75 %; 3 replicas do not fit on s1: needs 1 of containers, 0 free"))));
        assertThat(answers(
                        STANDARD,
                        List.of(1L),
                        web(1).bounds(2, 4).metrics(measured(0.2, 1)).build()))
                .singleElement()
                .isInstanceOf(Infeasible.class);
    }

    @Test
    void theHigherPriorityGetsTheLastContainer() {
        ScalingTarget low = web(1).metrics(measured(1, 1)).build();
        ScalingTarget high = ScalingTarget.builder(low.graph(), "z", low.cluster())
                .perReplica(low.perReplica())
                .replicas(1)
                .bounds(1, 5)
                .metrics(measured(1, 1))
                .sinceLastChange(Duration.ofHours(1))
                .priority(1)
                .build();
        List<Answer> answers = answers(STANDARD, List.of(3L), low, high);
        assertThat(replicas(answers.get(0))).isEqualTo(1);
        assertThat(replicas(answers.get(1))).isEqualTo(2);
    }

    @Test
    void aServiceOnSeveralServersGetsOneReplicaAndTheLeastLoadedServerTakesIt() {
        List<Answer> answers = answers(STANDARD, List.of(9L, 9L, 9L), part(1, 3, 6), part(2, 1, 6), part(3, 2, 6));
        assertThat(answers.stream().map(CpuThresholdStrategyTest::replicas)).containsExactly(3, 2, 2);
        assertThat(answers.get(1).reason()).isEqualTo("CPU 200 % is at or above 75 %; 2 of 7 replicas here");
        List<Answer> full = answers(STANDARD, List.of(9L, 1L, 9L), part(1, 3, 6), part(2, 1, 6), part(3, 2, 6));
        assertThat(full.stream().map(CpuThresholdStrategyTest::replicas)).containsExactly(3, 1, 3);
    }

    @Test
    void ofAServiceOnSeveralServersTheMostLoadedGivesOneBack() {
        List<Answer> answers =
                answers(STANDARD, List.of(9L, 9L, 9L), part(1, 3, 0.2), part(2, 1, 0.2), part(3, 2, 0.2));
        assertThat(answers.stream().map(CpuThresholdStrategyTest::replicas)).containsExactly(2, 1, 2);
    }

    @Test
    void thresholdsThatCrossAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CpuThresholdParameters(50, 50, 0, 1, Optional.empty()))
                .withMessageContaining("down=50.0 is not below up=50.0");
    }

    private static ScalingTargetBuilder web(int replicas) {
        return target(1, replicas);
    }

    private static ScalingTargetBuilder target(int server, int replicas) {
        return ScalingTarget.builder(new GraphId("demo", "g"), "web", new ClusterId("docker", "s" + server))
                .perReplica(ONE_CONTAINER)
                .replicas(replicas)
                .bounds(1, 5)
                .sinceLastChange(Duration.ofHours(1));
    }

    /** The part of one server of a service of six replicas that use so many cores in all. */
    private static ScalingTarget part(int server, int replicas, double cores) {
        double portion = replicas / 6.0;
        return target(server, replicas)
                .portion(portion)
                .metrics(measured(cores * portion, 6 * portion))
                .build();
    }

    private static Map<ScalingMetric, MetricReading> measured(double cores, double ready) {
        Map<ScalingMetric, MetricReading> metrics = new HashMap<>();
        metrics.put(MeanCpu.CORES, reading(cores));
        metrics.put(MeanCpu.READY, reading(ready));
        return metrics;
    }

    private static MetricReading reading(double value) {
        return MetricReading.of(value, LoadSeries.EMPTY);
    }

    private static int replicas(Answer answer) {
        assertThat(answer).isInstanceOf(Replicas.class);
        return ((Replicas) answer).replicas();
    }

    private static Answer answer(CpuThresholdParameters parameters, ScalingTargetBuilder target) {
        return answers(parameters, List.of(100L), target.build()).get(0);
    }

    /** @param containers of the servers s1, s2 and so on */
    private static List<Answer> answers(
            CpuThresholdParameters parameters, List<Long> containers, ScalingTarget... targets) {
        List<ClusterCapacity> servers = IntStream.range(0, containers.size())
                .mapToObj(i -> ClusterCapacity.of(
                        new ClusterId("docker", "s" + (i + 1)),
                        new Resources(
                                64_000, Resources.UNLIMITED, 0, 0, Map.of(Resources.CONTAINERS, containers.get(i)))))
                .toList();
        return new CpuThresholdStrategy()
                .scale(
                        ScalingRequest.of(List.of(targets), servers),
                        SimpleContext.unlimited().withParameters(parameters))
                .answers();
    }
}
