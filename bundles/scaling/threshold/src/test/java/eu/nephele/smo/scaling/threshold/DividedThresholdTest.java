// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import static eu.nephele.smo.scaling.threshold.Tracking.NOW;
import static eu.nephele.smo.scaling.threshold.Tracking.NO_RULES;
import static eu.nephele.smo.scaling.threshold.Tracking.RATE_OF_10;
import static eu.nephele.smo.scaling.threshold.Tracking.atMost;
import static eu.nephele.smo.scaling.threshold.Tracking.minutes;
import static eu.nephele.smo.scaling.threshold.Tracking.tracking;
import static eu.nephele.smo.scaling.threshold.Tracking.within;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.scaling.threshold.ScaleRules.PacePolicy;
import eu.nephele.smo.scaling.threshold.ScaleRules.PaceUnit;
import eu.nephele.smo.scaling.threshold.ScaleRules.Select;
import eu.nephele.smo.scaling.threshold.ThresholdParameters.SafeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service on several clusters: numbers in parameters are those of the whole. */
class DividedThresholdTest {

    private static final MetricTarget QUEUE =
            new MetricTarget("queue", Optional.of("sum(queue_length)"), Optional.of(30.0), Optional.empty());
    private static final ThresholdParameters SAFE_4 =
            tracking(NO_RULES, NO_RULES, Optional.of(new SafeNumber(600, 4)), RATE_OF_10);

    /** Seven replicas above 100 requests per second, two below 50. */
    private static final ThresholdParameters SEVEN_OR_TWO = new ThresholdParameters(
            Optional.of(100.0),
            Optional.of(50.0),
            Optional.of(7),
            Optional.of(2),
            Optional.of(0),
            List.of(),
            10,
            NO_RULES,
            NO_RULES,
            Optional.empty());

    private static double[] portions(String text) {
        return Stream.of(text.split(" "))
                .mapToDouble(part -> part.equals("1/3") ? 1.0 / 3 : Double.parseDouble(part))
                .toArray();
    }

    private static int[] numbers(String text) {
        return Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    /** As the engine asks: the upper bound is rounded up, here that of a service with at most 20. */
    private static List<ScalingTarget> divided(double[] portions, int[] present, OptionalDouble rate) {
        return IntStream.range(0, portions.length)
                .mapToObj(i -> ScalingTarget.builder(
                                Tracking.web(1).build().graph(), "web", new ClusterId("sim", "c" + i))
                        .perReplica(new Resources(1000, 1 << 30, 0, 0))
                        .replicas(present[i])
                        .bounds(0, (int) Math.ceil(20 * portions[i]))
                        .profile(new ServiceProfile(10, 0))
                        .sinceLastChange(Tracking.web(1).build().sinceLastChange())
                        .measuredAt(Optional.of(NOW.minusSeconds(601)))
                        .portion(portions[i])
                        .demand(rate.isPresent() ? OptionalDouble.of(rate.getAsDouble() * portions[i]) : rate)
                        .build())
                .toList();
    }

    private static List<ScalingTarget> divided(String portions, String present, double rate) {
        return divided(portions(portions), numbers(present), OptionalDouble.of(rate));
    }

    private static List<ScalingTarget> each(List<ScalingTarget> targets, UnaryOperator<ScalingTarget> change) {
        return targets.stream().map(change).toList();
    }

    private static List<Answer> answers(ThresholdParameters parameters, List<ScalingTarget> targets) {
        List<ClusterCapacity> clusters = targets.stream()
                .map(target ->
                        ClusterCapacity.of(target.cluster(), new Resources(1_000_000, Resources.UNLIMITED, 0, 0)))
                .toList();
        return new ThresholdStrategy()
                .scale(ScalingRequest.of(targets, clusters), Tracking.context(parameters))
                .answers();
    }

    /** Their replicas, as {@code 2 1 1}. */
    private static String decided(ThresholdParameters parameters, List<ScalingTarget> targets) {
        return String.join(
                " ",
                answers(parameters, targets).stream()
                        .map(answer -> answer instanceof Replicas replicas
                                ? Integer.toString(replicas.replicas())
                                : answer.reason())
                        .toList());
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "1, 10, 4",
        "0.5 0.5, 5 5, 2 2",
        "0.5 0.5, 1 1, 2 2",
        "1/3 1/3 1/3, 3 3 3, 2 1 1",
        "1/3 1/3 1/3, 1 1 1, 2 1 1",
        "0.7 0.3, 7 3, 3 1",
        "1 1, 0 0, 2 2",
        "0.3, 3, 2"
    })
    void theNumberThatIsSafeWithoutDataIsThatOfTheService(String portions, String present, String expected) {
        List<ScalingTarget> silent = divided(portions(portions), numbers(present), OptionalDouble.empty());
        assertThat(decided(SAFE_4, silent)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} at {2}/s: {3}")
    @CsvSource({
        "1, 3, 150, 7",
        "0.5 0.5, 1 1, 150, 4 3",
        "1/3 1/3 1/3, 1 1 1, 150, 3 2 2",
        "0.7 0.3, 2 1, 150, 5 2",
        "0.3, 1, 150, 3",
        "0.5 0.5, 1 1, 100, 1 1",
        "1/3 1/3 1/3, 1 1 1, 100, 1 1 1",
        "0.7 0.3, 2 1, 100, 2 1",
        "0.5 0.5, 5 4, 150, 5 4",
        "1, 10, 40, 2",
        "0.5 0.5, 5 5, 40, 1 1",
        "1/3 1/3 1/3, 3 3 3, 40, 1 1 0",
        "0.7 0.3, 7 3, 40, 1 1",
        "0.7 0.3, 7 3, 60, 7 3",
        "1 1, 0 0, 90, 0 0"
    })
    void thresholdsAndTheirReplicasAreThoseOfTheService(String portions, String present, double rate, String expected) {
        assertThat(decided(SEVEN_OR_TWO, divided(portions, present, rate))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.5 0.5, 1 1", "0.7 0.3, 2 1"})
    void theReasonHasTheRateOfTheService(String portions, String present) {
        assertThat(answers(SEVEN_OR_TWO, divided(portions, present, 150)).get(0).reason())
                .matches("150\\.0 requests/s are above 100\\.0; [45] of 7 replicas here");
    }

    /** Each part rounded up alone would be a replica too many on each cluster. */
    @ParameterizedTest(name = "{0} at {2}/s: {3}")
    @CsvSource({
        "0.5 0.5, 1 1, 30, 2 1",
        "1/3 1/3 1/3, 3 3 3, 100, 4 3 3",
        "1/3 1/3 1/3, 1 1 1, 40, 2 1 1",
        "0.7 0.3, 7 3, 120, 8 4",
        "0.7 0.3, 7 3, 105, 7 3",
        "0.5 0.5, 5 5, 0, 0 0",
        "0.5 0.5, 5 5, 500, 10 10"
    })
    void metricsAskForReplicasOfTheServiceOnce(String portions, String present, double rate, String expected) {
        assertThat(decided(tracking(NO_RULES, within(0), RATE_OF_10), divided(portions, present, rate)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "1, 10, 14",
        "0.5 0.5, 5 5, 7 7",
        "1/3 1/3 1/3, 3 3 3, 5 4 4",
        "0.7 0.3, 7 3, 10 4",
        "0.5, 5, 7",
        "0.1, 1, 2"
    })
    void aPolicyLimitsThePaceOfTheService(String portions, String present, String expected) {
        ThresholdParameters four =
                tracking(atMost(Select.MAX, new PacePolicy(PaceUnit.REPLICAS, 4, 60)), NO_RULES, RATE_OF_10);
        assertThat(decided(four, divided(portions, present, 200))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({"1, 10, 6", "0.5 0.5, 5 5, 3 3", "1/3 1/3 1/3, 4 3 3, 2 2 2", "0.7 0.3, 7 3, 4 2"})
    void aPolicyLimitsThePaceOfShrinkingToo(String portions, String present, String expected) {
        ThresholdParameters four =
                tracking(NO_RULES, atMost(Select.MAX, new PacePolicy(PaceUnit.REPLICAS, 4, 60)), RATE_OF_10);
        assertThat(decided(four, divided(portions, present, 1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.5 0.5, 5 5", "0.7 0.3, 7 3"})
    void changesOnOneClusterCountForThePaceOfAll(String portions, String present) {
        ThresholdParameters four =
                tracking(atMost(Select.MAX, new PacePolicy(PaceUnit.REPLICAS, 4, 60)), NO_RULES, RATE_OF_10);
        ReplicaChange change = new ReplicaChange(NOW.minusSeconds(30), 1, 4);
        List<ScalingTarget> targets = new ArrayList<>(divided(portions, present, 200));
        targets.set(1, targets.get(1).change().changes(List.of(change)).build());
        assertThat(IntStream.of(numbers(decided(four, targets))).sum()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"0.5 0.5, 6 6, 3 3", "1/3 1/3 1/3, 4 4 4, 2 2 2", "0.7 0.3, 8 4, 4 2"})
    void windowsSeeThePastOfTheService(String portions, String present, String expected) {
        LoadSeries past = minutes(150, 90, 60, 55, 20, 20);
        List<ScalingTarget> targets = each(
                divided(portions, present, 20),
                target -> target.change().history(past.times(target.portion())).build());
        assertThat(decided(tracking(NO_RULES, within(180), RATE_OF_10), targets))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.5 0.5, 1 1, 4 3", "1/3 1/3 1/3, 1 1 1, 3 2 2", "0.7 0.3, 2 1, 5 2"})
    void otherMetricsAreAddedUp(String portions, String present, String expected) {
        List<ScalingTarget> targets = each(divided(portions, present, 20), target -> target.change()
                .metrics(Map.of(QUEUE.asked(), MetricReading.of(200 * target.portion(), LoadSeries.EMPTY)))
                .build());
        assertThat(decided(tracking(RATE_OF_10, QUEUE), targets)).isEqualTo(expected);
        assertThat(answers(tracking(RATE_OF_10, QUEUE), targets).get(0).reason())
                .startsWith("queue 200 at a target of 30 per replica asks for 7 replicas; ");
    }

    @ParameterizedTest
    @CsvSource({"0.5 0.5, 5 5", "0.7 0.3, 7 3"})
    void demandAboveTheMaximumIsSaidOfEachCluster(String portions, String present) {
        List<Answer> answers = answers(tracking(RATE_OF_10), divided(portions, present, 330));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(((Replicas) answer).unmet()).isPresent());
        assertThat(answers.stream()
                        .mapToInt(answer ->
                                ((Replicas) answer).unmet().orElseThrow().needed())
                        .sum())
                .isBetween(33, 34);
    }

    @ParameterizedTest
    @CsvSource({"0.5 0.5, 5 5", "0.7 0.3, 7 3"})
    void whatIsKnownOfOneClusterOnlyIsDecidedByItsPart(String portions, String present) {
        List<ScalingTarget> targets = new ArrayList<>(divided(portions, present, 150));
        targets.set(1, targets.get(1).change().demand(OptionalDouble.empty()).build());
        List<Answer> answers = answers(SEVEN_OR_TWO, targets);
        assertThat(answers.get(0).reason()).contains("requests/s ask for no change");
        assertThat(answers.get(1)).isEqualTo(new Keep("no data about the request rate"));
    }

    @ParameterizedTest(name = "{0}/s: {1}")
    @CsvSource({"100, 7 3", "60, 5 1"})
    void noShareShrinksWhileTheSumGrowsOrTheOtherWayRound(double rate, String expected) {
        assertThat(decided(tracking(NO_RULES, within(0), RATE_OF_10), divided("0.5 0.5", "7 1", rate)))
                .isEqualTo(expected);
    }

    /** Whatever the parts are, the service has as many replicas as on one cluster. */
    @Property(tries = 2000)
    void theSumIsThatOfAnUndividedService(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] present = random.ints(1 + random.nextInt(4), 0, 6).toArray();
        double[] weights = IntStream.range(0, present.length)
                .mapToDouble(i -> random.nextBoolean() ? present[i] + 0.1 : 0.1 + random.nextDouble())
                .toArray();
        double all =
                IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
        double[] portions = IntStream.range(0, weights.length)
                .mapToDouble(i -> weights[i] / all)
                .toArray();
        OptionalDouble rate =
                random.nextInt(5) == 0 ? OptionalDouble.empty() : OptionalDouble.of(10.0 * random.nextInt(25));
        List<ScalingTarget> targets = divided(portions, present, rate);
        ScalingTarget whole = divided(
                        new double[] {1}, new int[] {IntStream.of(present).sum()}, rate)
                .get(0)
                .change()
                .bounds(0, targets.stream().mapToInt(ScalingTarget::maxReplicas).sum())
                .build();
        ThresholdParameters parameters = random.nextBoolean()
                ? SEVEN_OR_TWO
                : tracking(
                        atMost(Select.MAX, new PacePolicy(PaceUnit.REPLICAS, 3, 60)),
                        atMost(Select.MIN, new PacePolicy(PaceUnit.PERCENT, 30, 60)),
                        Optional.of(new SafeNumber(600, random.nextInt(9))),
                        RATE_OF_10);
        assertThat(sum(parameters, targets)).isEqualTo(sum(parameters, List.of(whole)));
    }

    private static int sum(ThresholdParameters parameters, List<ScalingTarget> targets) {
        List<Answer> answers = answers(parameters, targets);
        int sum = 0;
        for (int i = 0; i < answers.size(); i++) {
            ScalingTarget target = targets.get(i);
            int after = answers.get(i) instanceof Replicas replicas ? replicas.replicas() : target.replicas();
            if (answers.get(i) instanceof Replicas) {
                assertThat(after).isBetween(target.minReplicas(), target.maxReplicas());
            }
            sum += after;
        }
        return sum;
    }
}
