// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingCheckTest {

    private static final int MIN = 2;
    private static final int MAX = 5;

    private static ScalingTarget target(String service, int replicas) {
        return target("p", service, replicas);
    }

    private static ScalingTarget target(String project, String service, int replicas) {
        return ScalingTarget.builder(new GraphId(project, "g"), service, StrategyHost.id("c1"))
                .perReplica(StrategyHost.cores(1))
                .replicas(replicas)
                .bounds(MIN, MAX)
                .profile(new ServiceProfile(1, 0))
                .sinceLastChange(Duration.ofHours(1))
                .build();
    }

    private static Optional<String> flaw(int cores, List<ScalingTarget> targets, Answer... answers) {
        ScalingRequest request = ScalingRequest.of(targets, List.of(StrategyHost.cluster("c1", cores)));
        return ScalingCheck.flaw(request, result(answers));
    }

    private static Replicas replicas(int number) {
        return new Replicas(number, "as told");
    }

    @ParameterizedTest
    @ValueSource(ints = {MIN, MIN + 1, MAX - 1, MAX})
    void theBoundsThemselvesAreAllowed(int replicas) {
        assertThat(flaw(100, List.of(target("a", 3)), replicas(replicas))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, MIN - 1, MAX + 1, Integer.MAX_VALUE})
    void whatIsBeyondABoundIsAFlawThatNamesBoth(int replicas) {
        assertThat(flaw(100, List.of(target("a", 3)), replicas(replicas)))
                .hasValue("service a: %d replicas, expected 2 to 5".formatted(replicas));
    }

    /** Readers of one graph see the flaw, and may not see the other. */
    @Test
    void aFlawOfACallForSeveralProjectsNamesNoService() {
        List<ScalingTarget> targets = List.of(target("p", "a", 3), target("other", "secret", 3));

        assertThat(flaw(100, targets, replicas(MAX), replicas(MAX + 1)))
                .hasValue("answer 2 of 2: 6 replicas, expected 2 to 5");
    }

    @Test
    void theBoundsOfEveryTargetCount() {
        List<ScalingTarget> targets = List.of(target("a", 3), target("b", 3));

        assertThat(flaw(100, targets, replicas(MAX), replicas(MAX + 1))).isPresent();
        assertThat(flaw(100, targets, replicas(MAX + 1), replicas(MAX))).isPresent();
        assertThat(flaw(100, targets, replicas(MAX), replicas(MAX))).isEmpty();
    }

    @Test
    void eachTargetHasOneAnswer() {
        List<ScalingTarget> targets = List.of(target("a", 3), target("b", 3));

        assertThat(flaw(100, targets, replicas(3))).hasValue("1 answers for 2 targets");
        assertThat(flaw(100, targets, replicas(3), replicas(3), replicas(3))).hasValue("3 answers for 2 targets");
    }

    @Test
    void nothingGrowsBeyondTheCapacityAndOverfullServicesMayStayOrShrink() {
        List<ScalingTarget> targets = List.of(target("a", 3), target("b", 3));

        assertThat(flaw(7, targets, replicas(4), new Keep("fine"))).isEmpty();
        assertThat(flaw(7, targets, replicas(4), replicas(4)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("cluster c1: needs "));
        assertThat(flaw(4, targets, new Keep("fine"), replicas(2))).isEmpty();
        assertThat(flaw(4, targets, replicas(4), replicas(2))).isPresent();
    }

    @Test
    void whatIsOverfullHindersOnlyThoseWhoNeedIt() {
        // a node with GPUs is gone: who needs none may grow beside what still asks for them
        ClusterCapacity cluster = ClusterCapacity.of(StrategyHost.id("c1"), new Resources(9000, 0, 0, 1));
        ScalingTarget gpus = ScalingTarget.builder(new GraphId("p", "g"), "gpus", StrategyHost.id("c1"))
                .perReplica(new Resources(1000, 0, 0, 1))
                .replicas(3)
                .bounds(MIN, MAX)
                .build();
        ScalingRequest request = ScalingRequest.of(List.of(target("a", 3), gpus), List.of(cluster));

        assertThat(ScalingCheck.flaw(request, result(replicas(4), new Infeasible("no GPUs"))))
                .isEmpty();
        assertThat(ScalingCheck.flaw(request, result(replicas(3), replicas(4))))
                .hasValueSatisfying(why -> assertThat(why).contains("GPU"));
        assertThat(ScalingCheck.flaw(request, result(replicas(5), replicas(5)))).isPresent();
    }

    private static ScalingResult result(Answer... answers) {
        return new ScalingResult(List.of(answers));
    }
}
