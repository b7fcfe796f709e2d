// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import static eu.nephele.smo.core.strategies.StrategyHost.wish;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strategies that build on others: both are guarded, and a fault of one is not the other's. */
@Timeout(30)
class ScalingWrapperTest {

    private static final String BASE_ONE = "{\"base\": {\"id\": \"one\"}}";

    private final StrategyHost strategyHost = new StrategyHost();

    @AfterEach
    void close() {
        strategyHost.close();
    }

    /** Parameters of the wrappers of this test. */
    public record WrapperParameters(Optional<ScalingWrapper.Base> base) {}

    private record Wrapping(UnaryOperator<ScalingTarget> change, Optional<String> note, ScalingInputs wanted)
            implements ScalingWrapper {

        @Override
        public Class<? extends Record> parametersType() {
            return WrapperParameters.class;
        }

        @Override
        public ScalingInputs inputs(Record parameters) {
            return wanted;
        }

        @Override
        public Prepared prepare(ScalingRequest request, DecisionContext context) {
            return new Prepared(
                    request.targets().stream().map(change).toList(),
                    request.targets().stream().map(target -> note).toList());
        }
    }

    private void wrapper(String id, UnaryOperator<ScalingTarget> change, String note) {
        strategyHost.scaling(id, "1.0.0", new Wrapping(change, Optional.of(note), ScalingInputs.NONE));
    }

    /** One replica per request per second, within the bounds. */
    private void followingBase(String id) {
        strategyHost.scaling(
                id,
                "1.0.0",
                (request, context) -> new ScalingResult(request.targets().stream()
                        .<Answer>map(target -> new Replicas(
                                (int) Math.max(
                                        target.minReplicas(),
                                        Math.min(
                                                target.maxReplicas(),
                                                target.demandPerSecond().orElse(0))),
                                "follows"))
                        .toList()));
    }

    private ScalingOutcome decide(String id, String parameters) {
        ScalingTarget target = ScalingTarget.builder(new GraphId("p", "g"), "a", StrategyHost.id("c1"))
                .perReplica(StrategyHost.cores(1))
                .replicas(1)
                .bounds(1, 9)
                .demand(2)
                .build();
        return strategyHost
                .strategies
                .scaling()
                .decide(
                        List.of(new ScalingItem(target, List.of(wish("descriptor", id, "", parameters)))),
                        List.of(StrategyHost.cluster("c1", 9)))
                .get(0);
    }

    private static int replicas(ScalingOutcome outcome) {
        return ((Replicas) outcome.answer()).replicas();
    }

    @Test
    void theBaseDecidesWhatTheWrapperPrepared() {
        followingBase("one");
        wrapper("ahead", target -> target.change().demand(5).build(), "5 are expected");

        ScalingOutcome outcome = decide("ahead", BASE_ONE);

        assertThat(replicas(outcome)).isEqualTo(5);
        assertThat(outcome.answer().reason()).isEqualTo("5 are expected; one: follows");
        assertThat(outcome.decidedBy().id()).isEqualTo("ahead");
        assertThat(outcome.fallback()).isFalse();
        assertThat(outcome.target().demandPerSecond()).as("what was measured").hasValue(2);
    }

    @Test
    void wrappersBuildOnEachOther() {
        followingBase("one");
        wrapper("ahead", target -> target.change().demand(5).build(), "expected");
        wrapper("night", target -> target.change().bounds(1, 3).build(), "at night");

        ScalingOutcome outcome =
                decide("night", "{\"base\": {\"id\": \"ahead\", \"parameters\": %s}}".formatted(BASE_ONE));

        assertThat(replicas(outcome)).isEqualTo(3);
        assertThat(outcome.answer().reason()).isEqualTo("at night; ahead: expected; one: follows");
    }

    @Test
    void withoutAWrapperThatWorksItsBaseDecidesTheUnchangedProblem() {
        followingBase("one");
        wrapper(
                "broken",
                target -> {
                    throw new IllegalStateException("cannot");
                },
                "");
        wrapper("greedy-bounds", target -> target.change().bounds(0, 20).build(), "");

        ScalingOutcome thrown = decide("broken", BASE_ONE);
        assertThat(replicas(thrown)).isEqualTo(2);
        assertThat(thrown.decidedBy().id()).isEqualTo("one");
        assertThat(thrown.fallback()).isTrue();
        assertThat(thrown.faults()).extracting(StrategyFault::who).containsExactly("broken 1.0.0");

        ScalingOutcome wide = decide("greedy-bounds", BASE_ONE);
        assertThat(replicas(wide)).isEqualTo(2);
        assertThat(wide.faults()).singleElement().satisfies(fault -> assertThat(fault.message())
                .contains("bounds 0 to 20, expected within 1 to 9"));
    }

    @Test
    void aWrapperChangesBoundsAndDemandAndNothingElse() {
        followingBase("one");
        Map<String, UnaryOperator<ScalingTarget>> changes = Map.of(
                "rested",
                target -> target.change().sinceLastChange(Duration.ofDays(1)).build(),
                "unmeasured",
                target -> target.change()
                        .measuredAt(Optional.of(StrategyHost.NOW.minusSeconds(1)))
                        .build(),
                "elsewhere",
                target -> target.change().portion(0.5).build(),
                "absurd",
                target -> target.change().demand(Double.NaN).build(),
                "negative",
                target -> target.change().demand(-1).build());
        changes.forEach((id, change) -> {
            wrapper(id, change, "");
            ScalingOutcome outcome = decide(id, BASE_ONE);
            assertThat(outcome.decidedBy().id()).as(id).isEqualTo("one");
            assertThat(outcome.faults()).as(id).singleElement().satisfies(fault -> assertThat(fault.message())
                    .contains(id.equals("absurd") || id.equals("negative") ? "a demand of" : "more than bounds"));
        });
    }

    @Test
    void aFaultOfTheBaseIsNotTheWrappers() {
        strategyHost.scaling("one", "1.0.0", (request, context) -> new ScalingResult(List.of()));
        wrapper("ahead", UnaryOperator.identity(), "as it is");

        ScalingOutcome outcome = decide("ahead", BASE_ONE);

        assertThat(outcome.answer().reason()).contains("its base strategy one could not decide");
        assertThat(outcome.faults()).extracting(StrategyFault::who).containsExactly("one 1.0.0");
        assertThat(strategyHost.standing("scaling", "ahead", "1.0.0").faults()).isZero();
    }

    @Test
    void aCircleOfWrappersEnds() {
        followingBase("optimal");
        wrapper("round", UnaryOperator.identity(), "again");
        String deep = BASE_ONE;
        for (int i = 0; i < 6; i++) {
            deep = "{\"base\": {\"id\": \"round\", \"parameters\": %s}}".formatted(deep);
        }
        assertThat(decide("round", deep).faults())
                .anySatisfy(fault -> assertThat(fault.message()).contains("more than 3 deep"));
    }

    @Test
    void bothAreAskedWhatTheyWantToKnow() {
        ScalingMetric queue = new ScalingMetric("queue", Optional.of("q"));
        strategyHost.scaling("one", "1.0.0", new ScalingStrategy() {
            @Override
            public ScalingInputs inputs(Record parameters) {
                return new ScalingInputs(List.of(queue), Duration.ofMinutes(5), Optional.empty());
            }

            @Override
            public ScalingResult scale(ScalingRequest request, DecisionContext context) {
                return new ScalingResult(List.of());
            }
        });
        strategyHost.scaling(
                "ahead",
                "1.0.0",
                new Wrapping(
                        UnaryOperator.identity(),
                        Optional.empty(),
                        new ScalingInputs(List.of(), Duration.ZERO, Optional.of("seasonal"))));
        SourcedSelection wish = wish("descriptor", "ahead", "", BASE_ONE);

        assertThat(strategyHost.strategies.scaling().inputs("p", List.of(wish), Duration.ofHours(3)))
                .isEqualTo(new ScalingInputs(List.of(queue), Duration.ofMinutes(5), Optional.of("seasonal")));
    }

    @Test
    void whoCannotSayWhatItWantsIsAskedAgain() {
        AtomicBoolean fails = new AtomicBoolean(true);
        ScalingInputs wanted = new ScalingInputs(List.of(), Duration.ofMinutes(5), Optional.empty());
        strategyHost.scaling("one", "1.0.0", new ScalingStrategy() {
            @Override
            public ScalingInputs inputs(Record parameters) {
                if (fails.get()) {
                    throw new IllegalStateException("not yet");
                }
                return wanted;
            }

            @Override
            public ScalingResult scale(ScalingRequest request, DecisionContext context) {
                return new ScalingResult(List.of());
            }
        });
        List<SourcedSelection> wishes = List.of(wish("descriptor", "one"));

        assertThat(strategyHost.strategies.scaling().inputs("p", wishes, Duration.ofHours(3)))
                .isEqualTo(ScalingInputs.NONE);
        fails.set(false);
        assertThat(strategyHost.strategies.scaling().inputs("p", wishes, Duration.ofHours(3)))
                .isEqualTo(wanted);
    }

    @Test
    void anotherConfiguredBaseWantsToKnowOtherThings() {
        for (String id : List.of("one", "two")) {
            ScalingInputs wanted =
                    new ScalingInputs(List.of(), Duration.ofMinutes(id.length()), Optional.of("by-" + id));
            strategyHost.scaling(id, "1.0.0", new Wrapping(UnaryOperator.identity(), Optional.empty(), wanted));
        }
        strategyHost.scaling(
                "ahead", "1.0.0", new Wrapping(UnaryOperator.identity(), Optional.empty(), ScalingInputs.NONE));
        for (String id : List.of("one", "two")) {
            strategyHost.configure(settings -> StrategyHost.withScaling(settings, id));
            assertThat(strategyHost
                            .strategies
                            .scaling()
                            .inputs("p", List.of(wish("descriptor", "ahead")), Duration.ofHours(3))
                            .forecaster())
                    .hasValue("by-" + id);
        }
    }

    @Test
    void aDescriptorThatNamesABaseThatIsNotThereIsRefusedWithThePlace() {
        wrapper("ahead", UnaryOperator.identity(), "");
        StrategySelection missing = wish("descriptor", "ahead", "", "{\"base\": {\"id\": \"none\"}}")
                .selection();
        assertThat(strategyHost.strategies.catalog().check(StrategyRef.SCALING, missing, "/strategies/scaling"))
                .extracting(Violation::pointer)
                .containsExactly("/strategies/scaling/parameters/base/id");
        StrategySelection wrong = wish("descriptor", "ahead", "", "{\"base\": {\"id\": \"ahead\", \"x\": 1}}")
                .selection();
        assertThat(strategyHost.strategies.catalog().check(StrategyRef.SCALING, wrong, "/strategies/scaling"))
                .extracting(Violation::pointer)
                .containsExactly("/strategies/scaling/parameters/base/x");
    }
}
