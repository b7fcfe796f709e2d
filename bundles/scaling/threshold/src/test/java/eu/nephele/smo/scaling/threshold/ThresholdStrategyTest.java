// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdStrategyTest {

    private static final ThresholdParameters REFERENCE = rule(20, 5, 3, 1, 60);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the reference's vector: up,            2, 25,   3, 25.0 requests/s are above 20.0",
        "the reference's vector: down,          2, 2,    1, 2.0 requests/s are below 5.0",
        "the reference's vector: neither,       2, 10,   2, 10.0 requests/s ask for no change",
        "up already,                            3, 25,   3, 25.0 requests/s ask for no change",
        "more than up already,                  4, 25,   4, 25.0 requests/s ask for no change",
        "down already,                          1, 2,    1, 2.0 requests/s ask for no change",
        "exactly the upper threshold,           2, 20,   2, 20.0 requests/s ask for no change",
        "exactly the lower threshold,           2, 5,    2, 5.0 requests/s ask for no change",
        "no request at all is not no data,      2, 0,    1, 0.0 requests/s are below 5.0"
    })
    void decidesAsTheReference(String name, int replicas, double rate, int expected, String reason) {
        assertThat(answer(REFERENCE, service("s", replicas, 0, 9, rate))).isEqualTo(new Replicas(expected, reason));
    }

    @Test
    void noDataKeepsTheReplicasAndSaysSo_D52() {
        assertThat(answer(REFERENCE, target("s", 2, 0, 9, OptionalDouble.empty(), Duration.ofHours(1))))
                .isEqualTo(new Keep("no data about the request rate"));
        assertThat(answer(REFERENCE, service("s", 2, 0, 9, Double.NaN)))
                .isEqualTo(new Keep("no data about the request rate"));
        assertThat(answer(REFERENCE, service("s", 2, 0, 9, Double.POSITIVE_INFINITY)))
                .isEqualTo(new Keep("no data about the request rate"));
    }

    @ParameterizedTest
    @CsvSource({"0, in cool-down for another 60 s", "59, in cool-down for another 1 s"})
    void coolsDownAfterAChange_D52(long sinceSeconds, String reason) {
        var changed = target("s", 2, 0, 9, OptionalDouble.of(25), Duration.ofSeconds(sinceSeconds));
        assertThat(answer(REFERENCE, changed)).isEqualTo(new Keep(reason));
    }

    @Test
    void decidesAgainWhenTheCoolDownIsOver() {
        var rested = target("s", 2, 0, 9, OptionalDouble.of(25), Duration.ofSeconds(60));
        assertThat(words(REFERENCE, 10_000, rested)).containsExactly("3");
        var justChanged = target("s", 2, 0, 9, OptionalDouble.of(25), Duration.ZERO);
        assertThat(words(rule(20, 5, 3, 1, 0), 10_000, justChanged)).containsExactly("3");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "never over the maximum,           1, 0, 2, 25, 2, 25.0 requests/s are above 20.0; 2 instead of 3 replicas because of the bounds 0 to 2",
        "never under the minimum,          3, 2, 9, 2,  2, 2.0 requests/s are below 5.0; 2 instead of 1 replicas because of the bounds 2 to 9",
        "back into the bounds from above,  7, 0, 5, 10, 5, 10.0 requests/s ask for no change; 5 instead of 7 replicas because of the bounds 0 to 5",
        "back into the bounds from below,  1, 2, 5, 10, 2, 10.0 requests/s ask for no change; 2 instead of 1 replicas because of the bounds 2 to 5"
    })
    void boundsOfTheServiceWin(String name, int replicas, int min, int max, double rate, int expected, String reason) {
        assertThat(answer(REFERENCE, service("s", replicas, min, max, rate))).isEqualTo(new Replicas(expected, reason));
    }

    @Test
    void sharesCapacityInOrderAfterServicesThatShrink() {
        ScalingTarget[] three = {service("a", 1, 0, 9, 25), service("b", 1, 0, 9, 25), service("c", 3, 0, 9, 2)};
        assertThat(words(REFERENCE, 7000, three)).containsExactly("3", "3", "1");
        assertThat(words(REFERENCE, 6000, three)).containsExactly("3", "infeasible", "1");
        assertThat(words(REFERENCE, 4000, three)).containsExactly("infeasible", "infeasible", "1");
    }

    @Test
    void saysWhatIsShort() {
        assertThat(answers(REFERENCE, 2500, service("a", 2, 0, 9, 25)).get(0).reason())
                .isEqualTo("25.0 requests/s are above 20.0; 3 replicas do not fit:"
                        + " all services together on c1: needs 3 cores, 2.5 free");
    }

    @Test
    void unchangedServicesKeepTheirCapacity() {
        var silent = target("a", 3, 0, 9, OptionalDouble.empty(), Duration.ofHours(1));
        assertThat(words(REFERENCE, 5000, silent, service("b", 1, 0, 9, 25))).containsExactly("keep", "infeasible");
        assertThat(words(REFERENCE, 6000, silent, service("b", 1, 0, 9, 25))).containsExactly("keep", "3");
    }

    /** a alone does not fit by its cores, and keeps the memory that b would need; the order makes no difference. */
    @Test
    void whatIsRefusedKeepsItsPresentReplicasAlsoOfOtherResources() {
        ScalingTarget a = shrinking("a", new Resources(1000, 2, 0, 0));
        ScalingTarget b = shrinking("b", new Resources(0, 1, 0, 0));
        ClusterCapacity c1 = ClusterCapacity.of(new ClusterId("sim", "c1"), new Resources(500, 5, 0, 0));
        for (List<ScalingTarget> targets : List.of(List.of(a, b), List.of(b, a))) {
            assertThat(new ThresholdStrategy()
                            .scale(ScalingRequest.of(targets, List.of(c1)), Tracking.context(REFERENCE))
                            .answers())
                    .hasSize(2)
                    .allMatch(answer -> !(answer instanceof Replicas) && !(answer instanceof Keep));
        }
        assertThat(new ThresholdStrategy()
                        .scale(ScalingRequest.of(List.of(b), List.of(c1)), Tracking.context(REFERENCE))
                        .answers())
                .allMatch(Replicas.class::isInstance);
    }

    private static ScalingTarget shrinking(String id, Resources perReplica) {
        return ScalingTarget.builder(new GraphId("demo", "g"), id, new ClusterId("sim", "c1"))
                .perReplica(perReplica)
                .replicas(3)
                .bounds(0, 9)
                .demand(OptionalDouble.of(1))
                .profile(new ServiceProfile(1, 0))
                .sinceLastChange(Duration.ofHours(1))
                .build();
    }

    @Test
    void thresholdsAndReplicasMayBeEqual() {
        ThresholdParameters same = rule(20, 20, 3, 3, 0);
        assertThat(words(same, 9000, service("a", 3, 0, 9, 20))).containsExactly("3");
        assertThat(words(same, 9000, service("a", 1, 0, 9, 21))).containsExactly("3");
    }

    @Test
    void targetOnAnUnknownClusterIsADefectOfTheRequest() {
        ScalingRequest request = ScalingRequest.of(List.of(service("s", 1, 0, 9, 1)), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ThresholdStrategy().scale(request, Tracking.context(REFERENCE)))
                .withMessage("Cluster sim/c1 of service s is not part of the request");
    }

    @ParameterizedTest
    @ValueSource(doubles = {20.5, Double.NaN})
    void lowerThresholdAboveTheUpperMakesNoSense(double down) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(20, down, 3, 1, 60))
                .withMessageContaining("upPerSecond=20.0");
    }

    @Test
    void moreReplicasAtRestThanUnderLoadMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(20, 5, 1, 3, 60))
                .withMessage("downReplicas=3 is above upReplicas=1");
        assertThat(new ThresholdStrategy().parametersType()).isEqualTo(ThresholdParameters.class);
    }

    @Property(tries = 2000)
    void neverExceedsACapacityOrABound(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ScalingTarget> targets = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            int max = random.nextInt(6);
            OptionalDouble rate =
                    random.nextInt(6) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(30));
            targets.add(target(
                    "s" + i,
                    random.nextInt(6),
                    random.nextInt(max + 1),
                    max,
                    rate,
                    Duration.ofSeconds(random.nextInt(200))));
        }
        long free = random.nextInt(20) * 1000L;
        List<Answer> answers = answers(REFERENCE, free, targets.toArray(ScalingTarget[]::new));
        long used = 0;
        for (int i = 0; i < answers.size(); i++) {
            ScalingTarget target = targets.get(i);
            int replicas = answers.get(i) instanceof Replicas decided ? decided.replicas() : target.replicas();
            used += replicas * 1000L;
            if (answers.get(i) instanceof Replicas) {
                assertThat(replicas).isBetween(target.minReplicas(), target.maxReplicas());
            }
        }
        if (answers.stream().anyMatch(Replicas.class::isInstance)) {
            assertThat(used).isLessThanOrEqualTo(free);
        }
    }

    private static ThresholdParameters rule(double up, double down, int upReplicas, int downReplicas, int cooldown) {
        return new ThresholdParameters(
                Optional.of(up),
                Optional.of(down),
                Optional.of(upReplicas),
                Optional.of(downReplicas),
                Optional.of(cooldown),
                List.of(),
                10,
                Tracking.NO_RULES,
                Tracking.NO_RULES,
                Optional.empty());
    }

    private static Answer answer(ThresholdParameters parameters, ScalingTarget target) {
        return answers(parameters, 100_000, target).get(0);
    }

    private static List<String> words(ThresholdParameters parameters, long freeMillis, ScalingTarget... targets) {
        return answers(parameters, freeMillis, targets).stream()
                .map(answer -> answer instanceof Replicas decided
                        ? Integer.toString(decided.replicas())
                        : answer instanceof Keep ? "keep" : "infeasible")
                .toList();
    }

    private static List<Answer> answers(ThresholdParameters parameters, long freeMillis, ScalingTarget... targets) {
        ClusterCapacity c1 =
                ClusterCapacity.of(new ClusterId("sim", "c1"), new Resources(freeMillis, 0, 0, Resources.UNLIMITED));
        return new ThresholdStrategy()
                .scale(ScalingRequest.of(List.of(targets), List.of(c1)), Tracking.context(parameters))
                .answers();
    }

    private static ScalingTarget service(String id, int replicas, int min, int max, double rate) {
        return target(id, replicas, min, max, OptionalDouble.of(rate), Duration.ofHours(1));
    }

    private static ScalingTarget target(
            String id, int replicas, int min, int max, OptionalDouble rate, Duration sinceLastChange) {
        return ScalingTarget.builder(new GraphId("demo", "g"), id, new ClusterId("sim", "c1"))
                .perReplica(new Resources(1000, 0, 0, 1))
                .replicas(replicas)
                .bounds(min, max)
                .demand(rate)
                .profile(new ServiceProfile(1, 0))
                .sinceLastChange(sinceLastChange)
                .build();
    }
}
