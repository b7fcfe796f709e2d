// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A base strategy that keeps replicas: the bounds of what builds on it count. */
@Timeout(30)
class WrapperBoundsTest {

    private static final List<ClusterCapacity> CLUSTERS = List.of(StrategyHost.cluster("c1", 4));

    private final StrategyHost strategyHost = new StrategyHost();

    @AfterEach
    void close() {
        strategyHost.close();
    }

    /** Parameters of a wrapper. */
    public record OnBase(Optional<ScalingWrapper.Base> base) {}

    private record Bounding(UnaryOperator<ScalingTarget> narrowed) implements ScalingWrapper {

        @Override
        public Class<? extends Record> parametersType() {
            return OnBase.class;
        }

        @Override
        public Prepared prepare(ScalingRequest request, DecisionContext context) {
            return new Prepared(
                    request.targets().stream().map(narrowed).toList(),
                    request.targets().stream()
                            .map(target -> Optional.of("as told"))
                            .toList());
        }
    }

    private static ScalingTarget target(String service, int replicas, int priority) {
        return ScalingTarget.builder(new GraphId("p", "g"), service, StrategyHost.id("c1"))
                .perReplica(StrategyHost.cores(1))
                .replicas(replicas)
                .bounds(0, 9)
                .priority(priority)
                .build();
    }

    private List<Answer> answers(int min, int max, ScalingStrategy base, ScalingTarget... targets) {
        strategyHost.scaling("base", "1.0.0", base);
        strategyHost.scaling("bounds", "1.0.0", new Bounding(target -> target.change()
                .bounds(min, max)
                .build()));
        return decided(targets).stream().map(ScalingOutcome::answer).toList();
    }

    private List<ScalingOutcome> decided(ScalingTarget... targets) {
        List<ScalingItem> items = Arrays.stream(targets)
                .map(target -> new ScalingItem(
                        target, List.of(wish("service", "bounds", "", "{\"base\": {\"id\": \"base\"}}"))))
                .toList();
        List<ScalingOutcome> outcomes = strategyHost.strategies.scaling().decide(items, CLUSTERS);
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.decidedBy().id()).isEqualTo("bounds"));
        return outcomes;
    }

    private static ScalingResult keep(ScalingRequest request, DecisionContext context) {
        return new ScalingResult(request.targets().stream()
                .<Answer>map(target -> new Keep("no data"))
                .toList());
    }

    @Test
    void whatIsKeptBelowTheMinimumGrowsToIt() {
        assertThat(answers(2, 9, WrapperBoundsTest::keep, target("a", 0, 0)))
                .containsExactly(new Replicas(2, "as told; base: no data; 0 replicas are out of the bounds, 2 to 9"));
    }

    @Test
    void whatIsKeptAboveTheMaximumShrinksToIt() {
        assertThat(answers(0, 0, WrapperBoundsTest::keep, target("a", 3, 0)))
                .containsExactly(new Replicas(0, "as told; base: no data; 3 replicas are out of the bounds, 0 to 0"));
    }

    @Test
    void whatIsKeptWithinTheBoundsIsKept() {
        assertThat(answers(1, 3, WrapperBoundsTest::keep, target("a", 3, 0)))
                .containsExactly(new Keep("as told; base: no data"));
    }

    @Test
    void theMoreImportantGraphGetsTheRoomForItsMinimum() {
        assertThat(answers(3, 9, WrapperBoundsTest::keep, target("a", 0, 0), target("b", 1, 5)))
                .containsExactly(
                        new Replicas(
                                1,
                                "as told; base: no data; 0 replicas are out of the bounds, 3 to 9",
                                Optional.of(new Unmet(3, "needs 3 replicas, there is room for 1 on c1"))),
                        new Replicas(3, "as told; base: no data; 1 replicas are out of the bounds, 3 to 9"));
    }

    @Test
    void roomThatABaseTakesIsNotTakenTwice() {
        ScalingStrategy growing = (request, context) -> new ScalingResult(request.targets().stream()
                .<Answer>map(target -> target.service().equals("a") ? new Replicas(4, "load") : new Keep("no data"))
                .toList());
        List<Answer> answers = answers(2, 9, growing, target("a", 1, 0), target("b", 0, 9));
        assertThat(answers.get(0)).isInstanceOfSatisfying(Replicas.class, replicas -> assertThat(replicas.replicas())
                .isEqualTo(4));
        assertThat(answers.get(1)).isInstanceOfSatisfying(Replicas.class, replicas -> {
            assertThat(replicas.replicas()).isZero();
            assertThat(replicas.unmet().map(Unmet::needed)).contains(2);
        });
    }

    @Test
    void whatFindsNoRoomForItsMinimumSaysHowMuchItNeeds() {
        ScalingStrategy full = (request, context) -> new ScalingResult(request.targets().stream()
                .<Answer>map(target -> new Infeasible("no room"))
                .toList());
        ScalingTarget needy = target("a", 0, 0).change().demand(7).build();
        assertThat(answers(5, 9, full, needy)).singleElement().isInstanceOfSatisfying(Replicas.class, replicas -> {
            assertThat(replicas.replicas()).isEqualTo(4);
            assertThat(replicas.unmet().map(Unmet::needed)).contains(7);
        });
    }

    @Test
    void whatFindsNoRoomForMoreThanItsMinimumStaysInfeasible() {
        assertThat(answers(
                        1,
                        9,
                        (request, context) -> new ScalingResult(List.of(new Infeasible("no room"))),
                        target("a", 2, 0)))
                .containsExactly(new Infeasible("as told; base: no room"));
    }

    @Test
    void roomThatIsGivenBackCanBeTaken() {
        ScalingStrategy shrinking = (request, context) -> new ScalingResult(request.targets().stream()
                .<Answer>map(target -> target.service().equals("a") ? new Replicas(2, "rest") : new Keep("no data"))
                .toList());
        List<Answer> answers = answers(2, 9, shrinking, target("a", 4, 0), target("b", 0, 0));
        assertThat(answers.get(1)).isInstanceOfSatisfying(Replicas.class, replicas -> assertThat(replicas.replicas())
                .isEqualTo(2));
    }

    @Test
    void aBaseThatCannotDecideLeavesTheBoundsInForce() {
        List<Answer> answers = answers(
                2,
                9,
                (request, context) -> {
                    throw new IllegalStateException("broken");
                },
                target("a", 0, 0));
        assertThat(answers).singleElement().isInstanceOfSatisfying(Replicas.class, replicas -> {
            assertThat(replicas.replicas()).isEqualTo(2);
            assertThat(replicas.reason()).contains("could not decide");
        });
    }

    @Test
    void aLongReasonLosesItsEndAndNotTheBounds() {
        ScalingStrategy talking = (request, context) -> new ScalingResult(List.of(new Keep("x".repeat(500))));
        assertThat(answers(0, 1, talking, target("a", 3, 0))).singleElement().satisfies(answer -> assertThat(
                        answer.reason())
                .hasSizeLessThanOrEqualTo(500)
                .endsWith("3 replicas are out of the bounds, 0 to 1"));
    }
}
