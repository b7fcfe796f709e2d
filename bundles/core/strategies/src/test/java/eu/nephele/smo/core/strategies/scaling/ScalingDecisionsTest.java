// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.DecisionObserver;
import eu.nephele.smo.core.contract.decision.DecisionObserver.ScalingCall;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class ScalingDecisionsTest {
    private static final List<ClusterCapacity> CLUSTERS =
            List.of(StrategyHost.cluster("c1", 4), StrategyHost.cluster("c2", 4));

    private final StrategyHost strategyHost = new StrategyHost();
    private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        strategyHost.close();
    }

    private static ScalingTarget target(String graph, String service, String cluster, int replicas) {
        return ScalingTarget.builder(new GraphId("p", graph), service, StrategyHost.id(cluster))
                .perReplica(StrategyHost.cores(1))
                .replicas(replicas)
                .bounds(1, 9)
                .profile(new ServiceProfile(1, 0))
                .sinceLastChange(Duration.ofHours(1))
                .build();
    }

    private static ScalingItem item(ScalingTarget target, SourcedSelection... wishes) {
        return new ScalingItem(target, List.of(wishes));
    }

    private List<ScalingOutcome> decide(ScalingItem... items) {
        return strategyHost.strategies.scaling().decide(List.of(items), CLUSTERS);
    }

    /** Gives each target the replicas that the function says. */
    private ScalingStrategy to(ToIntFunction<ScalingTarget> replicas) {
        return (request, context) -> {
            calls.add(request.targets().stream()
                    .map(target -> target.graph().name() + target.service())
                    .toList());
            return new ScalingResult(request.targets().stream()
                    .<Answer>map(target -> new Replicas(replicas.applyAsInt(target), "as told"))
                    .toList());
        };
    }

    /** Takes all the capacity that the request shows. */
    private static ScalingResult greedy(ScalingRequest request) {
        long free = request.clusters().get(0).free().cpuMillis() / 1000;
        return new ScalingResult(List.of(new Replicas((int) Math.max(1, free), "all there is")));
    }

    private static void configureScaling(StrategyHost strategyHost, String id, String parameters) {
        strategyHost.configure(old -> new StrategySettings(
                old.initialPlacement(),
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                Optional.of(id),
                StrategyHost.json(parameters),
                old.objectives(),
                old.projectDefaults(),
                old.budgets(),
                old.poolSize(),
                old.missingWaitMillis(),
                StrategySettings.StrategyLimits.STANDARD));
    }

    @Test
    void aReasonOfAnyLengthIsAFault() {
        strategyHost.scaling(
                "long", "1.0.0", (request, context) -> new ScalingResult(List.of(new Keep("x".repeat(501)))));
        configureScaling(strategyHost, "long", "{}");
        ScalingOutcome outcome = decide(item(target("g", "a", "c1", 2))).get(0);
        assertThat(outcome.answer().reason()).hasSizeLessThan(200);
        assertThat(outcome.faults()).first().satisfies(fault -> {
            assertThat(fault.what()).isEqualTo("invalid_answer");
            assertThat(fault.message()).contains("has 501 characters, at most 500");
        });
    }

    @Test
    void withoutATriggerNoServiceScales() {
        assertThat(strategyHost.strategies.scaling().scales("p", List.of())).isFalse();
        ScalingOutcome outcome = decide(item(target("g", "a", "c1", 2))).get(0);
        assertThat(outcome.answer()).isInstanceOf(Keep.class);
        assertThat(outcome.decidedBy().id()).isEqualTo("keep");
        assertThat(outcome.fallback()).isFalse();
        assertThat(outcome.faults()).isEmpty();
    }

    @Test
    void theConfiguredStrategyScalesAndARequestOverridesIt() {
        strategyHost.scaling("one", "1.0.0", to(target -> 1));
        strategyHost.scaling("three", "1.0.0", to(target -> 3));
        configureScaling(strategyHost, "one", "{}");
        assertThat(strategyHost.strategies.scaling().scales("p", List.of())).isTrue();
        List<ScalingOutcome> outcomes =
                decide(item(target("g", "a", "c1", 2)), item(target("g", "b", "c2", 2), wish("service", "three")));
        assertThat(outcomes).extracting(outcome -> outcome.decidedBy().id()).containsExactly("one", "three");
        assertThat(outcomes)
                .extracting(ScalingOutcome::answer)
                .containsExactly(new Replicas(1, "as told"), new Replicas(3, "as told"));
        assertThat(outcomes.get(1).effective().get(0).source()).isEqualTo("service");
    }

    @Test
    void theDefaultOfTheProjectStandsBetweenDescriptorAndConfiguration() {
        strategyHost.scaling("one", "1.0.0", to(target -> 1));
        strategyHost.configure(old -> new StrategySettings(
                old.initialPlacement(),
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                Optional.empty(),
                JsonObject.EMPTY,
                old.objectives(),
                Map.of("p", new StrategyOverride(StrategySelection.UNSPECIFIED, StrategySelection.ofId("one"))),
                old.budgets(),
                old.poolSize(),
                old.missingWaitMillis(),
                StrategySettings.StrategyLimits.STANDARD));
        assertThat(strategyHost.strategies.scaling().scales("p", List.of())).isTrue();
        assertThat(strategyHost.strategies.scaling().scales("another", List.of()))
                .isFalse();
        ScalingOutcome outcome = decide(item(target("g", "a", "c1", 2))).get(0);
        assertThat(outcome.decidedBy().id()).isEqualTo("one");
        assertThat(outcome.effective().get(0).source()).isEqualTo("project");
    }

    @Test
    void onlyTheStrategyThatWantsThePastGetsIt() {
        strategyHost.scaling("past", "1.0.0", to(target -> 1), ScalingStrategy.HISTORY);
        strategyHost.scaling("plain", "1.0.0", to(target -> 1));
        assertThat(history(List.of(wish("service", "past")))).isEqualTo(Duration.ofHours(3));
        assertThat(history(List.of(wish("service", "plain")))).isZero();
        assertThat(history(List.of())).isZero();
    }

    private Duration history(List<SourcedSelection> wishes) {
        return strategyHost
                .strategies
                .scaling()
                .inputs("p", wishes, Duration.ofHours(3))
                .history();
    }

    @Test
    void whatSharesStrategyVersionParametersAndClusterSharesACall() {
        strategyHost.scaling("s", "1.0.0", to(ScalingTarget::replicas));
        strategyHost.scaling("s", "2.0.0", to(ScalingTarget::replicas));
        decide(
                item(target("h", "x", "c1", 1), wish("service", "s")),
                item(target("g", "a", "c1", 1), wish("service", "s", "2.0", "{}")),
                item(target("g", "b", "c1", 1), wish("service", "s", "[1,2)", "{}")),
                item(target("g", "c", "c2", 1), wish("service", "s")));
        assertThat(calls).containsExactlyInAnyOrder(List.of("ga", "hx"), List.of("gb"), List.of("gc"));
    }

    @Test
    void clustersThatShareASplitServiceShareACall() {
        strategyHost.scaling("s", "1.0.0", to(ScalingTarget::replicas));
        decide(
                item(target("g", "a", "c1", 1), wish("service", "s")),
                item(target("g", "a", "c2", 1), wish("service", "s")),
                item(target("g", "b", "c2", 1), wish("service", "s")));
        assertThat(calls).containsExactly(List.of("ga", "ga", "gb"));
    }

    @Test
    void answersFindTheirItemsWhateverTheOrder() {
        strategyHost.scaling("s", "1.0.0", to(target -> target.service().equals("a") ? 1 : 2));
        assertThat(decide(
                        item(target("g", "b", "c1", 1), wish("service", "s")),
                        item(target("g", "a", "c1", 1), wish("service", "s"))))
                .extracting(outcome -> outcome.target().service(), ScalingOutcome::answer)
                .containsExactly(tuple("b", new Replicas(2, "as told")), tuple("a", new Replicas(1, "as told")));
    }

    @Test
    void laterGroupsSeeWhatEarlierOnesTook() {
        strategyHost.scaling("first", "1.0.0", (request, context) -> greedy(request));
        strategyHost.scaling("second", "1.0.0", (request, context) -> greedy(request));
        List<ScalingOutcome> outcomes = decide(
                item(target("g", "a", "c1", 1), wish("service", "first")),
                item(target("g", "b", "c1", 1), wish("service", "second")));
        assertThat(outcomes)
                .extracting(ScalingOutcome::answer)
                .containsExactly(new Replicas(3, "all there is"), new Replicas(1, "all there is"));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.faults()).isEmpty());
    }

    @Test
    void whatIsKeptStillCountsAgainstTheCapacity() {
        strategyHost.scaling("keeping", "1.0.0", (request, context) -> new ScalingResult(List.of(new Keep("no data"))));
        strategyHost.scaling("second", "1.0.0", (request, context) -> greedy(request));
        List<ScalingOutcome> outcomes = decide(
                item(target("g", "a", "c1", 3), wish("service", "keeping")),
                item(target("g", "b", "c1", 1), wish("service", "second")),
                item(target("g", "c", "c1", 0)));
        assertThat(outcomes.get(0).answer()).isEqualTo(new Keep("no data"));
        assertThat(outcomes.get(1).answer()).isEqualTo(new Replicas(1, "all there is"));
    }

    static Stream<Arguments> misbehaviour() {
        return Stream.of(
                Arguments.of("exception", (ScalingStrategy) (request, context) -> {
                    throw new IllegalStateException("broken");
                }),
                Arguments.of("timeout", (ScalingStrategy) (request, context) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new ScalingResult(List.of());
                }),
                wrong(),
                wrong(new Replicas(10, "above the maximum"), new Keep("")),
                wrong(new Replicas(0, "below the minimum"), new Keep("")),
                wrong(new Replicas(3, "together"), new Replicas(3, "too much")),
                wrong(new Replicas(4, "beside what stays"), new Infeasible("no")));
    }

    private static Arguments wrong(Answer... answers) {
        return Arguments.of(
                "invalid_answer", (ScalingStrategy) (request, context) -> new ScalingResult(List.of(answers)));
    }

    @ParameterizedTest
    @MethodSource("misbehaviour")
    void aStrategyThatMisbehavesLeavesTheReplicasAsTheyAre(String what, ScalingStrategy bad) {
        strategyHost.scaling("bad", "1.0.0", bad);
        List<ScalingOutcome> outcomes = decide(
                item(target("g", "a", "c1", 1), wish("service", "bad")),
                item(target("g", "b", "c1", 1), wish("service", "bad")));
        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.answer()).isInstanceOf(Keep.class);
            assertThat(outcome.decidedBy().id()).isEqualTo("keep");
            assertThat(outcome.fallback()).isTrue();
            assertThat(outcome.faults()).extracting(StrategyFault::what).containsExactly(what);
        });
    }

    @Test
    void theConfiguredStrategyStandsInBeforeTheReplicasAreKept() {
        strategyHost.scaling("one", "1.0.0", to(target -> 1));
        configureScaling(strategyHost, "one", "{}");
        ScalingOutcome outcome = decide(item(target("g", "a", "c1", 2), wish("descriptor", "gone")))
                .get(0);
        assertThat(outcome.decidedBy().id()).isEqualTo("one");
        assertThat(outcome.fallback()).isTrue();
        assertThat(outcome.faults()).containsExactly(new StrategyFault("gone", "missing", "not installed"));
    }

    @Test
    void parametersThatAreNotTakenLeaveTheReplicasAsTheyAre() {
        strategyHost.scaling("one", "1.0.0", to(target -> 1));
        configureScaling(strategyHost, "one", "{'x':1}");
        ScalingOutcome outcome = decide(item(target("g", "a", "c1", 2))).get(0);
        assertThat(outcome.faults()).extracting(StrategyFault::what).containsExactly("incapable");
        assertThat(outcome.answer()).isInstanceOf(Keep.class);
    }

    @Test
    void anOverfullClusterMayShrinkAndStayButNotGrow() {
        strategyHost.scaling("shrinking", "1.0.0", to(target -> target.service().equals("a") ? 5 : 1));
        List<ScalingOutcome> shrinking = decide(
                item(target("g", "a", "c1", 6), wish("service", "shrinking")),
                item(target("g", "b", "c1", 1), wish("service", "shrinking")));
        assertThat(shrinking)
                .extracting(ScalingOutcome::answer)
                .containsExactly(new Replicas(5, "as told"), new Replicas(1, "as told"));
    }

    @Test
    void aTargetOnAClusterThatIsNotKnownIsKept() {
        strategyHost.scaling("one", "1.0.0", to(target -> 1));
        ScalingOutcome outcome =
                decide(item(target("g", "a", "c9", 2), wish("service", "one"))).get(0);
        assertThat(outcome.answer().reason()).contains("c9");
        assertThat(calls).isEmpty();
    }

    @Test
    void aStrategySeesParametersTimeAndOneSeedPerProblem() {
        List<Long> seeds = new ArrayList<>();
        strategyHost.scaling("looking", "1.0.0", (request, context) -> {
            assertThat(context.now()).isEqualTo(StrategyHost.NOW);
            seeds.add(context.seed());
            return new ScalingResult(List.of(new Keep("looked")));
        });
        for (int i = 0; i < 2; i++) {
            assertThat(decide(item(target("g", "a", "c1", 2), wish("service", "looking")))
                            .get(0)
                            .answer())
                    .isEqualTo(new Keep("looked"));
        }
        assertThat(seeds).hasSize(2);
        assertThat(seeds.get(0)).isEqualTo(seeds.get(1));
    }

    @Test
    void aScalingStrategyThatMisbehavesIsEjectedAndThePreviousVersionDecides() {
        strategyHost.scaling("s", "1.0.0", to(target -> 2));
        strategyHost.scaling("s", "2.0.0", (request, context) -> new ScalingResult(List.of()));
        List<ScalingItem> items = List.of(new ScalingItem(target("g", "a", "c1", 1), List.of(wish("descriptor", "s"))));
        for (int i = 0; i < 3; i++) {
            assertThat(decided(items).decidedBy().version()).isEqualTo("1.0.0");
        }
        ScalingOutcome later = decided(items);
        assertThat(later.decidedBy().version()).isEqualTo("1.0.0");
        assertThat(later.fallback()).isTrue();
        assertThat(later.faults()).extracting(StrategyFault::what).containsExactly("ejected");
        // once it was asked what it wants to know
        assertThat(strategyHost.standing("scaling", "s", "2.0.0").calls()).isEqualTo(1 + 3);
        assertThat(strategyHost.standing("scaling", "s", "1.0.0").decisions()).isEqualTo(4);
    }

    private ScalingOutcome decided(List<ScalingItem> items) {
        return strategyHost.strategies.scaling().decide(items, CLUSTERS).get(0);
    }

    @Test
    void whatSharedOneCallIsShownToObserversTogether() {
        strategyHost.scaling("s", "1.0.0", to(target -> 2));
        List<ScalingCall> shown = new ArrayList<>();
        strategyHost.strategies.observers().add(new DecisionObserver() {
            @Override
            public void placed(PlacementOutcome outcome) {
                throw new IllegalStateException("nothing is placed here");
            }

            @Override
            public void scaled(ScalingCall call) {
                shown.add(call);
            }
        });
        List<ScalingOutcome> outcomes = strategyHost
                .strategies
                .scaling()
                .decide(
                        List.of(
                                new ScalingItem(target("g", "a", "c1", 1), List.of(wish("descriptor", "s"))),
                                new ScalingItem(target("h", "b", "c1", 1), List.of(wish("descriptor", "s"))),
                                new ScalingItem(target("h", "c", "c2", 1), List.of(wish("descriptor", "s")))),
                        CLUSTERS);
        assertThat(shown).extracting(call -> call.request().targets().size()).containsExactly(2, 1);
        assertThat(shown.stream().flatMap(call -> call.outcomes().stream())).containsExactlyElementsOf(outcomes);
        assertThat(strategyHost.standing("scaling", "s", "1.0.0").decisions())
                .as("g, h, and h again")
                .isEqualTo(3);
    }
}
