// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class DailyLoadTest {

    private static final Instant NOW = SimpleContext.unlimited().now();
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final int STEPS_PER_DAY = 144;
    private static final ClusterId CLUSTER = new ClusterId("test", "c1");
    private static final PredictiveParameters DEFAULTS =
            new PredictiveParameters(Duration.ofDays(1), 24, Duration.ofMinutes(10), 0.9, 2);

    /** At any time of day: the replicas of the present answer serve the load until they are ready. */
    @Property(tries = 200)
    void aLoadLikeASineHasEnoughReplicasBeforeItsPeak(
            @ForAll @IntRange(max = 143) int shift,
            @ForAll @DoubleRange(min = 1, max = 200) double mean,
            @ForAll @DoubleRange(min = 0, max = 1) double swing,
            @ForAll @DoubleRange(min = 1, max = 20) double alpha) {
        Replicas answer = (Replicas) ask(history(7, shift, mean, swing), load(0, shift, mean, swing), alpha, 1000);

        for (int step = 0; step <= 1; step++) {
            assertThat(answer.replicas() * alpha)
                    .as("%s, %d steps ahead", answer.reason(), step)
                    // it may be below a tenth of the measurements of the hour, by its quantile
                    .isGreaterThanOrEqualTo(load(step, shift, mean, swing) - mean * swing * 0.06);
        }
    }

    @Example
    void oneNightOfFailureDoesNotCount() {
        double[] values = history(7, 0, 100, 0).values();
        Arrays.fill(values, 0, STEPS_PER_DAY, 0);

        assertThat(((Replicas) ask(LoadSeries.of(NOW.minus(Duration.ofDays(7)), STEP, values), 100, 10, 1000)).replicas()).isEqualTo(10);
    }

    @Example
    void thePresentCountsWhenItIsMoreThanThePast() {
        assertThat(((Replicas) ask(history(7, 0, 100, 0), 250, 10, 1000)).replicas())
                .isEqualTo(25);
    }

    @Example
    void withoutAPastThePresentDecidesAndWithoutBothNothing() {
        assertThat(((Replicas) ask(LoadSeries.EMPTY, 42, 10, 1000)).replicas()).isEqualTo(5);
        assertThat(answers(target(LoadSeries.EMPTY, OptionalDouble.empty(), 10, 1000)))
                .singleElement()
                .isInstanceOf(Keep.class);
    }

    @Example
    void whatDoesNotFitIsInfeasibleAndSaysSo() {
        assertThat(ask(LoadSeries.EMPTY, 5000, 10, 1000))
                .isInstanceOfSatisfying(
                        Infeasible.class, answer -> assertThat(answer.reason()).contains("do not fit on c1"));
    }

    private static LoadSeries history(int days, int shift, double mean, double swing) {
        return LoadSeries.of(
                NOW.minus(Duration.ofDays(days)),
                STEP,
                IntStream.rangeClosed(-days * STEPS_PER_DAY, 0)
                        .mapToDouble(step -> load(step, shift, mean, swing))
                        .toArray());
    }

    private static double load(int step, int shift, double mean, double swing) {
        return mean * (1 + swing * Math.sin(2 * Math.PI * (step + shift) / STEPS_PER_DAY));
    }

    private static Answer ask(LoadSeries history, double present, double alpha, int max) {
        return answers(target(history, OptionalDouble.of(present), alpha, max)).get(0);
    }

    private static List<Answer> answers(ScalingTarget target) {
        ClusterCapacity cluster = ClusterCapacity.of(CLUSTER, new Resources(400_000, 0, 0, 0));
        return new PredictiveStrategy()
                .scale(
                        ScalingRequest.of(List.of(target), List.of(cluster)),
                        SimpleContext.unlimited().withParameters(DEFAULTS))
                .answers();
    }

    private static ScalingTarget target(LoadSeries history, OptionalDouble present, double alpha, int max) {
        return ScalingTarget.builder(new GraphId("demo", "shop"), "web", CLUSTER).perReplica(new Resources(1000, 0, 0, 0)).replicas(1).bounds(0, max).demand(present).profile(new ServiceProfile(alpha, 0)).sinceLastChange(Duration.ofHours(1)).history(history).build();
    }
}
