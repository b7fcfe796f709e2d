// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import static eu.nephele.smo.scaling.threshold.Tracking.NOW;
import static eu.nephele.smo.scaling.threshold.Tracking.NO_RULES;
import static eu.nephele.smo.scaling.threshold.Tracking.RATE_OF_10;
import static eu.nephele.smo.scaling.threshold.Tracking.answer;
import static eu.nephele.smo.scaling.threshold.Tracking.answers;
import static eu.nephele.smo.scaling.threshold.Tracking.atMost;
import static eu.nephele.smo.scaling.threshold.Tracking.minutes;
import static eu.nephele.smo.scaling.threshold.Tracking.tracking;
import static eu.nephele.smo.scaling.threshold.Tracking.web;
import static eu.nephele.smo.scaling.threshold.Tracking.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.scaling.threshold.ScaleRules.PacePolicy;
import eu.nephele.smo.scaling.threshold.ScaleRules.PaceUnit;
import eu.nephele.smo.scaling.threshold.ScaleRules.Select;
import eu.nephele.smo.scaling.threshold.ThresholdParameters.SafeNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTrackingTest {

    private static final MetricTarget CPU_50 =
            new MetricTarget(MetricQuery.CPU_CORES, Optional.empty(), Optional.empty(), Optional.of(50.0));
    private static final MetricTarget QUEUE =
            new MetricTarget("queue", Optional.of("sum(queue_length)"), Optional.of(30.0), Optional.empty());

    private static Map<ScalingMetric, MetricReading> reading(MetricTarget metric, double now) {
        return Map.of(metric.asked(), MetricReading.of(now, LoadSeries.EMPTY));
    }

    private static int replicas(Answer answer) {
        assertThat(answer).isInstanceOf(Replicas.class);
        return ((Replicas) answer).replicas();
    }

    /** The examples of the documentation of the HorizontalPodAutoscaler: desired = ceil(present * value / target). */
    @ParameterizedTest(name = "{1} requests/s with {0} replicas of 10: {2}")
    @CsvSource({
        "2, 40, 4",
        "4, 20, 2",
        "3, 33, 3",
        "3, 34, 4",
        "3, 27, 3",
        "3, 26, 3",
        "10, 89, 9",
        "1, 0, 1",
        "5, 1000, 20"
    })
    void followsTheTargetOutsideItsTolerance(int present, double rate, int expected) {
        assertThat(replicas(answer(
                        tracking(NO_RULES, within(0), RATE_OF_10), web(present).demand(rate))))
                .isEqualTo(expected);
    }

    @Test
    void utilisationOfRequestsIsThatOfTheProfile() {
        MetricTarget eighty = new MetricTarget("request_rate", Optional.empty(), Optional.empty(), Optional.of(80.0));
        // 4 replicas serve 40, of which 80 % are 32
        assertThat(replicas(answer(tracking(eighty), web(2).demand(32)))).isEqualTo(4);
        assertThat(replicas(answer(tracking(eighty), web(2).demand(32.1)))).isEqualTo(5);
    }

    @Test
    void utilisationOfCoresAndMemoryIsOfWhatAReplicaAsksFor() {
        assertThat(replicas(answer(tracking(CPU_50), web(2).metrics(reading(CPU_50, 3)))))
                .isEqualTo(6);
        MetricTarget memory =
                new MetricTarget(MetricQuery.MEMORY_BYTES, Optional.empty(), Optional.empty(), Optional.of(50.0));
        assertThat(replicas(answer(tracking(memory), web(2).metrics(reading(memory, 2.5 * (1 << 30))))))
                .isEqualTo(5);
    }

    @Test
    void ofSeveralMetricsTheLargestWinsAndIsNamed() {
        Answer answer = answer(tracking(RATE_OF_10, QUEUE), web(2).demand(30).metrics(reading(QUEUE, 200)));
        assertThat(replicas(answer)).isEqualTo(7);
        assertThat(answer.reason()).isEqualTo("queue 200 at a target of 30 per replica asks for 7 replicas");
    }

    @Test
    void partlyMissingDataLetTheServiceGrowAndNotShrink_D48() {
        ThresholdParameters both = tracking(NO_RULES, within(0), RATE_OF_10, QUEUE);
        assertThat(replicas(answer(both, web(2).demand(50)))).isEqualTo(5);
        assertThat(answer(both, web(8).demand(50)))
                .isEqualTo(new Keep("request_rate 50 at a target of 10 per replica asks for 5 replicas;"
                        + " not fewer than 8 while there is no data about queue"));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void whatIsNoNumberIsNoData(double rate) {
        assertThat(answer(tracking(RATE_OF_10), web(3).demand(rate))).isEqualTo(new Keep("no data about request_rate"));
    }

    @Test
    void withoutDataForLongItGoesToTheNumberThatIsSafe() {
        ThresholdParameters safe = tracking(NO_RULES, NO_RULES, Optional.of(new SafeNumber(600, 7)), RATE_OF_10);
        assertThat(answer(safe, web(3).measuredAt(Optional.of(NOW.minusSeconds(599)))))
                .isInstanceOf(Keep.class);
        assertThat(answer(safe, web(3).measuredAt(Optional.of(NOW.minusSeconds(601)))))
                .isEqualTo(new Replicas(7, "no data about request_rate for 601 s: the number that is safe without"));
        assertThat(answer(tracking(RATE_OF_10), web(3).measuredAt(Optional.of(NOW.minusSeconds(100_000)))))
                .isInstanceOf(Keep.class);
    }

    @Test
    void shrinksToTheLargestNumberOfItsWindow() {
        LoadSeries past = minutes(150, 90, 60, 55, 20, 20);
        // the window of five minutes begins with the first value
        assertThat(replicas(answer(tracking(RATE_OF_10), web(12).demand(20).history(past))))
                .isEqualTo(12);
        assertThat(replicas(answer(
                        tracking(NO_RULES, within(180), RATE_OF_10),
                        web(12).demand(20).history(past))))
                .isEqualTo(6);
        assertThat(replicas(answer(
                        tracking(NO_RULES, within(0), RATE_OF_10),
                        web(12).demand(20).history(past))))
                .isEqualTo(2);
    }

    @Test
    void growsToTheSmallestNumberOfItsWindow() {
        ThresholdParameters careful = tracking(within(120), NO_RULES, RATE_OF_10);
        assertThat(replicas(answer(careful, web(2).demand(90).history(minutes(20, 50, 90)))))
                .isEqualTo(2);
        assertThat(replicas(answer(careful, web(2).demand(90).history(minutes(20, 50, 60, 90)))))
                .isEqualTo(5);
        assertThat(replicas(answer(careful, web(2).demand(90).history(minutes(20, Double.NaN, 60, 90)))))
                .isEqualTo(6);
    }

    @Test
    void theWindowHasTheTimesOfAllMetrics() {
        ThresholdParameters both = tracking(NO_RULES, within(300), RATE_OF_10, QUEUE);
        MetricReading queue = MetricReading.of(30, minutes(210, 30, 30, 30));
        // the request rate has been measured for two minutes only
        assertThat(replicas(
                        answer(both, web(9).demand(10).history(minutes(10, 10)).metrics(Map.of(QUEUE.asked(), queue)))))
                .isEqualTo(7);
    }

    @Test
    void theTimeWithoutDataIsThatOfTheTrackedMetric() {
        ThresholdParameters safe = tracking(NO_RULES, NO_RULES, Optional.of(new SafeNumber(600, 7)), QUEUE);
        assertThat(replicas(answer(
                        safe, web(3).demand(5).measuredAt(Optional.of(NOW)).metrics(unread(601)))))
                .isEqualTo(7);
        assertThat(answer(
                        safe,
                        web(3).measuredAt(Optional.of(NOW.minusSeconds(5000))).metrics(unread(30))))
                .isEqualTo(new Keep("no data about queue (30000 is much)"));
    }

    private static Map<ScalingMetric, MetricReading> unread(int seconds) {
        return Map.of(
                QUEUE.asked(),
                new MetricReading(
                        OptionalDouble.empty(),
                        LoadSeries.EMPTY,
                        Optional.of(NOW.minusSeconds(seconds)),
                        Optional.of("30000 is much")));
    }

    @Test
    void perCentOfNoReplicasIsOne() {
        ThresholdParameters doubling =
                tracking(atMost(Select.MAX, new PacePolicy(PaceUnit.PERCENT, 100, 60)), NO_RULES, RATE_OF_10);
        assertThat(replicas(answer(doubling, web(0).bounds(0, 20).demand(50)))).isEqualTo(1);
    }

    @Test
    void policiesLimitThePaceByWhatChangedInTheirPeriod() {
        PacePolicy fourPerMinute = new PacePolicy(PaceUnit.REPLICAS, 4, 60);
        PacePolicy doublePerMinute = new PacePolicy(PaceUnit.PERCENT, 100, 60);
        ReplicaChange grewByThree = new ReplicaChange(NOW.minusSeconds(30), 2, 5);
        assertThat(replicas(answer(
                        tracking(atMost(Select.MAX, fourPerMinute), NO_RULES, RATE_OF_10),
                        web(5).demand(200).changes(List.of(grewByThree)))))
                .isEqualTo(6);
        assertThat(replicas(answer(
                        tracking(atMost(Select.MAX, fourPerMinute, doublePerMinute), NO_RULES, RATE_OF_10),
                        web(10).demand(200))))
                .isEqualTo(20);
        assertThat(replicas(answer(
                        tracking(atMost(Select.MIN, fourPerMinute, doublePerMinute), NO_RULES, RATE_OF_10),
                        web(10).demand(200))))
                .isEqualTo(14);
        assertThat(replicas(answer(
                        tracking(NO_RULES, atMost(Select.MAX, new PacePolicy(PaceUnit.PERCENT, 10, 60)), RATE_OF_10),
                        web(20).demand(10))))
                .isEqualTo(18);
        assertThat(replicas(answer(tracking(NO_RULES, atMost(Select.DISABLED), RATE_OF_10), web(20).demand(10))))
                .isEqualTo(20);
    }

    @Test
    void demandAboveTheMaximumIsServedAsFarAsPossibleAndSaidSo_F65() {
        assertThat(answer(tracking(RATE_OF_10), web(5).demand(330)))
                .isEqualTo(new Replicas(
                        20,
                        "request_rate 330 at a target of 10 per replica asks for 33 replicas;"
                                + " 20 instead of 33 replicas because of the bounds 1 to 20",
                        Optional.of(new Unmet(33, "needs 33 replicas, the maximum is 20"))));
    }

    @Test
    void takesTheRoomThatThereIs() {
        List<Answer> answers =
                answers(tracking(RATE_OF_10), 6, web(2).demand(100).build());
        assertThat(answers)
                .containsExactly(new Replicas(
                        6,
                        "request_rate 100 at a target of 10 per replica asks for 10 replicas; there is room for 6",
                        Optional.of(new Unmet(
                                10, "needs 10 replicas, 6 fit: all services together on c1: needs 10 cores, 6 free"))));
        assertThat(answers(tracking(RATE_OF_10), 2, web(2).demand(100).build()))
                .singleElement()
                .isInstanceOf(Infeasible.class);
    }

    @Test
    void theHigherPriorityGetsTheRoom() {
        ScalingTarget low = web(1).demand(100).build();
        ScalingTarget high = ScalingTarget.builder(low.graph(), "z", low.cluster())
                .perReplica(low.perReplica())
                .replicas(1)
                .bounds(1, 20)
                .demand(100)
                .profile(low.profile())
                .sinceLastChange(Duration.ofHours(1))
                .priority(1)
                .build();
        List<Answer> answers = answers(tracking(RATE_OF_10), 12, low, high);
        assertThat(answers.stream().map(TargetTrackingTest::replicas)).containsExactly(2, 10);
    }

    @Test
    void asksOnlyForWhatItUses() {
        ThresholdStrategy strategy = new ThresholdStrategy();
        assertThat(strategy.inputs(tracking(NO_RULES, within(0), RATE_OF_10))).isEqualTo(ScalingInputs.NONE);
        assertThat(strategy.inputs(tracking(within(60), NO_RULES, RATE_OF_10, QUEUE)))
                .isEqualTo(new ScalingInputs(List.of(QUEUE.asked()), Duration.ofMinutes(5), Optional.empty()));
    }

    @Test
    void aTargetThatMeansNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricTarget("queue", Optional.empty(), Optional.empty(), Optional.of(50.0)))
                .withMessageContaining("give perReplica instead");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricTarget("queue", Optional.empty(), Optional.empty(), Optional.empty()))
                .withMessageContaining("either perReplica or utilisationPercent");
        assertThatIllegalArgumentException().isThrownBy(Tracking::tracking).withMessageContaining("metrics is empty");
    }

    @Property(tries = 2000)
    void neverExceedsACapacityOrABoundAndGrowsWithDemand(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ScalingTarget> targets = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            int max = random.nextInt(8);
            targets.add(ScalingTarget.builder(web(1).build().graph(), "s" + i, Tracking.C1)
                    .perReplica(web(1).build().perReplica())
                    .replicas(random.nextInt(8))
                    .bounds(random.nextInt(max + 1), max)
                    .demand(random.nextInt(5) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(90)))
                    .priority(random.nextInt(3))
                    .sinceLastChange(Duration.ofHours(1))
                    .build());
        }
        int cores = random.nextInt(20);
        List<Answer> answers =
                answers(tracking(NO_RULES, within(0), RATE_OF_10), cores, targets.toArray(ScalingTarget[]::new));
        int used = 0;
        boolean grows = false;
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget target = targets.get(i);
            int after = answers.get(i) instanceof Replicas decided ? decided.replicas() : target.replicas();
            used += after;
            grows |= after > target.replicas();
            if (answers.get(i) instanceof Replicas) {
                assertThat(after).isBetween(target.minReplicas(), target.maxReplicas());
            }
        }
        assertThat(grows && used > cores).as("%s", answers).isFalse();
    }
}
