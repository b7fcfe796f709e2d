// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledObjective;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.Shadow.ShadowScope;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ObjectiveSum;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShadowLifecycleTest {

    private static final GraphId MINE = Given.graph("demo", "x");
    private static final ShadowScope OF_MINE = new ShadowScope(Optional.empty(), Optional.of(MINE));
    private static final RequestOrigin ALICE = new RequestOrigin("alice", "", Optional.empty());

    private final MemoryShadowStore store = new MemoryShadowStore();
    private final ScriptedTrials trials = new ScriptedTrials();
    private final StrategyCatalog catalog = mock();
    private final StrategyControl control = mock();
    private ShadowLifecycle shadows;

    @BeforeEach
    void open() {
        when(catalog.objectives())
                .thenReturn(List.of(new InstalledObjective("price", "EUR/h", "com.example", "1.0.0", 0)));
        when(catalog.check(any(), any(), any())).thenReturn(List.of());
        when(control.standings(CallContext.INTERNAL))
                .thenReturn(List.of(
                        Given.standing("placement", "x", "1.0.0", State.USED),
                        Given.standing("placement", "x", "1.10.0", State.USED),
                        Given.standing("placement", "x", "1.9.0", State.USED),
                        Given.standing("placement", "x", "2.0.0", State.EJECTED),
                        Given.standing("placement", "held", "1.0.0", State.HELD),
                        Given.standing("scaling", "s", "1.0.0", State.USED)));
        shadows = start(ShadowSettings.DEFAULTS);
    }

    @AfterEach
    void close() {
        trials.crowded = false;
        shadows.close();
    }

    private ShadowLifecycle start(ShadowSettings settings) {
        ShadowLifecycle begun = new ShadowLifecycle(
                settings,
                store,
                new ShadowDependencies(trials, Given.pricing(), catalog, control),
                promotion -> Optional.empty(),
                mock(DescriptorReader.class),
                new CurrentConfigurationWriter(),
                Clock.fixed(Given.NOW, ZoneOffset.UTC));
        begun.begin();
        return begun;
    }

    private Shadow follow(ShadowScope scope) {
        return shadows.begin(StrategyRef.PLACEMENT, StrategySelection.ofId("x"), scope, ALICE);
    }

    private ShadowReport report(Shadow shadow) {
        awaitComparisons();
        return shadows.report(shadow.id()).orElseThrow();
    }

    private void awaitComparisons() {
        Await.until("no comparison is pending", () -> shadows.idle());
    }

    @Test
    void comparesWhatItWouldHaveDoneWithWhatWasDone() {
        Shadow shadow = follow(OF_MINE);
        shadows.placed(Given.live(MINE, Given.placed(Given.C2)));
        awaitComparisons();
        trials.placement = Optional.of(Given.placed(Given.C2));
        shadows.placed(Given.live(MINE, Given.placed(Given.C2)));
        ShadowReport report = report(shadow);

        assertThat(report.counts().compared()).isEqualTo(2);
        assertThat(report.counts().agreed()).isEqualTo(1);
        assertThat(report.terms()).containsExactly(new ObjectiveSum("price", "EUR/h", 40, 22));
        assertThat(report.liveMoves()).isZero();
        assertThat(report.shadowMoves()).isEqualTo(2);
        assertThat(report.liveMillis()).isEqualTo(4);
        assertThat(report.shadowMillis()).isEqualTo(9);
        assertThat(report.latest().get(1).live()).isEqualTo("a on c2, b on c2");
        assertThat(report.latest().get(1).shadow()).contains("a on c1, b on c1");
    }

    @Test
    void asksTheHighestVersionThatIsNotEjectedWithTheSameSeedInstantAndWeights() {
        follow(OF_MINE);
        shadows.placed(Given.live(MINE, Given.placed(Given.C1)));
        Await.until("a comparison has ended", () -> shadows.idle() && !trials.asked.isEmpty());

        assertThat(trials.asked).singleElement().satisfies(trialSettings -> {
            assertThat(trialSettings.strategy()).isEqualTo(new StrategyRef("placement", "x", "1.10.0"));
            assertThat(trialSettings.seed()).isEqualTo(7);
            assertThat(trialSettings.at()).isEqualTo(Given.NOW);
            assertThat(trialSettings.weights()).isEqualTo(Map.of("moves", new ObjectiveWeight(2.5, 1)));
            assertThat(trialSettings.budgetMillis()).isEqualTo(1000);
        });
    }

    @Test
    void ownWeightsAndVersionsCountWhereTheSelectionHasThem() {
        StrategySelection selection = new StrategySelection(
                Optional.of("x"),
                Optional.of("[1.0,1.10)"),
                Given.json("{\"greed\": 1}"),
                false,
                Optional.of(Map.of("price", ObjectiveWeight.of(3))),
                OptionalInt.empty());
        shadows.begin(StrategyRef.PLACEMENT, selection, ShadowScope.ALL, ALICE);
        shadows.placed(Given.live(MINE, Given.placed(Given.C1)));
        Await.until("a comparison has ended", () -> shadows.idle() && !trials.asked.isEmpty());

        assertThat(trials.asked.get(0).strategy().version()).isEqualTo("1.9.0");
        assertThat(trials.asked.get(0).weights()).isEqualTo(Map.of("price", ObjectiveWeight.of(3)));
        assertThat(trials.asked.get(0).parameters()).isEqualTo(Given.json("{\"greed\": 1}"));
    }

    @Test
    void followsOnlyTheDecisionsOfItsScope() {
        Shadow ofGraph = follow(OF_MINE);
        Shadow ofProject = follow(new ShadowScope(Optional.of("demo"), Optional.empty()));
        Shadow ofAll = follow(ShadowScope.ALL);
        shadows.placed(Given.live(MINE, Given.placed(Given.C1)));
        shadows.placed(Given.live(Given.graph("demo", "y"), Given.placed(Given.C1)));
        shadows.placed(Given.live(Given.graph("other", "x"), Given.placed(Given.C1)));

        assertThat(report(ofGraph).counts().compared()).isEqualTo(1);
        assertThat(report(ofProject).counts().compared()).isEqualTo(2);
        assertThat(report(ofAll).counts().compared()).isEqualTo(3);
    }

    @Test
    void saysWhoHadNoAnswer() {
        Shadow shadow = follow(OF_MINE);
        trials.placement = Optional.empty();
        shadows.placed(Given.live(MINE, Given.placed(Given.C1)));
        awaitComparisons();
        trials.placement = Optional.of(Given.infeasible());
        shadows.placed(Given.live(MINE, Given.placed(Given.C1)));
        awaitComparisons();
        shadows.placed(Given.live(MINE, Given.infeasible()));
        awaitComparisons();
        trials.placement = Optional.of(Given.placed(Given.C1));
        shadows.placed(Given.live(MINE, Given.infeasible()));
        ShadowReport report = report(shadow);

        assertThat(report.counts().onlyLive()).isEqualTo(2);
        assertThat(report.counts().onlyShadow()).isEqualTo(1);
        assertThat(report.counts().compared()).isEqualTo(1);
        assertThat(report.counts().agreed()).isEqualTo(1);
        assertThat(report.counts().faults()).isEqualTo(1);
        assertThat(report.latest().get(3).fault()).contains("exception: boom");
        assertThat(report.terms()).isEmpty();
    }

    @Test
    void scalingIsComparedPerGraphOfACallThatManyShare() {
        Shadow shadow = shadows.begin(StrategyRef.SCALING, StrategySelection.ofId("s"), OF_MINE, ALICE);
        trials.replicas = 3;
        shadows.scaled(Given.call(
                List.of(
                        Given.target(MINE, "a", 1),
                        Given.target(MINE, "b", 3),
                        Given.target(Given.graph("other", "z"), "a", 1)),
                List.of(new Replicas(5, ""), new Keep(""), new Replicas(3, ""))));
        shadows.scaled(Given.call(List.of(Given.target(MINE, "a", 3)), List.of(new Keep("no data"))));
        shadows.scaled(Given.call(List.of(Given.target(MINE, "a", 3)), List.of(new Infeasible("no room"))));
        ShadowReport report = report(shadow);

        assertThat(report.counts().compared()).isEqualTo(3);
        assertThat(report.counts().agreed()).isEqualTo(1);
        assertThat(report.liveReplicas()).isEqualTo(5 + 3 + 3 + 3);
        assertThat(report.shadowReplicas()).isEqualTo(3 + 3 + 3 + 3);
        assertThat(report.latest().get(2).live()).isEqualTo("a 5, b 3");
        assertThat(trials.asked)
                .allSatisfy(trialSettings -> assertThat(trialSettings.seed()).isEqualTo(11));
    }

    @Test
    void waitsWhileLiveDecisionsWaitAndDropsWhatDoesNotFit() {
        shadows.close();
        shadows = start(new ShadowSettings(5, 10, 1000, 100, Duration.ofMillis(20)));
        Shadow shadow = follow(OF_MINE);
        trials.crowded = true;
        for (int i = 0; i < 20; i++) {
            shadows.placed(Given.live(MINE, Given.placed(Given.C1)));
        }
        assertThat(trials.asked).isEmpty();
        trials.crowded = false;
        ShadowReport report = report(shadow);

        assertThat(report.counts().compared()).isBetween(5L, 6L);
        assertThat(report.counts().dropped()).isEqualTo(20 - report.counts().compared());
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        Shadow shadow = follow(OF_MINE);
        for (int i = 0; i < 130; i++) {
            shadows.placed(Given.live(MINE, Given.placed(Given.C2)));
            awaitComparisons();
        }
        ShadowReport before = report(shadow);
        shadows.close();
        shadows = start(ShadowSettings.DEFAULTS);

        assertThat(before.counts().compared()).isEqualTo(130);
        assertThat(before.latest()).hasSize(100);
        assertThat(report(shadow)).isEqualTo(before);
        shadows.placed(Given.live(MINE, Given.placed(Given.C2)));
        assertThat(report(shadow).counts().compared()).isEqualTo(131);
    }

    @Test
    void aDatabaseThatIsAwayForAWhileLosesNoSums() {
        shadows.close();
        shadows = start(new ShadowSettings(200, 10, 1000, 100, Duration.ofMillis(10)));
        Shadow shadow = follow(OF_MINE);
        store.away(true);
        for (int i = 0; i < 30; i++) {
            shadows.placed(Given.live(MINE, Given.placed(Given.C2)));
        }
        awaitComparisons();
        store.away(false);
        Await.until(
                "30 comparisons are stored",
                () -> store.comparisons(shadow.id(), 100).size() == 30);
        shadows.close();
        shadows = start(ShadowSettings.DEFAULTS);

        assertThat(report(shadow).counts().compared()).isEqualTo(30);
    }

    @Test
    void refusesWhatIsNotInstalledButTakesWhatIsHeldBack() {
        when(catalog.check(any(), any(), any())).thenReturn(List.of(new Violation("/strategy/id", "not installed")));

        assertThatThrownBy(() -> shadows.begin(StrategyRef.PLACEMENT, StrategySelection.ofId("nobody"), OF_MINE, ALICE))
                .isInstanceOfSatisfying(SmoException.class, e -> assertThat(e.violations())
                        .containsExactly(new Violation("/strategy/id", "not installed")));
        assertThatThrownBy(() -> shadows.begin("weather", StrategySelection.ofId("x"), OF_MINE, ALICE))
                .isInstanceOf(SmoException.class);
        assertThatThrownBy(() -> shadows.begin(StrategyRef.PLACEMENT, StrategySelection.UNSPECIFIED, OF_MINE, ALICE))
                .isInstanceOf(SmoException.class);
        assertThat(shadows.begin(StrategyRef.PLACEMENT, StrategySelection.ofId("held"), OF_MINE, ALICE)
                        .id())
                .isNotEmpty();
    }

    @Test
    void thereAreOnlySoManyAndTheyHaveIdsOfTheirOwn() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(follow(OF_MINE).id());
        }
        assertThat(ids).doesNotHaveDuplicates().isSorted();
        assertThatThrownBy(() -> follow(OF_MINE)).isInstanceOfSatisfying(SmoException.class, e -> assertThat(e.kind())
                .isEqualTo(SmoException.Kind.CONFLICT));
        shadows.end(ids.get(3), ALICE);
        assertThat(shadows.shadows()).extracting(Shadow::id).doesNotContain(ids.get(3));
        assertThat(store.find(ids.get(3))).isEmpty();
        assertThatThrownBy(() -> shadows.end(ids.get(3), ALICE))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
    }

    @Test
    void aStrategyThatGoesAwayIsAFaultOfTheShadowNotAnOutage() {
        Shadow shadow = follow(OF_MINE);
        when(control.standings(CallContext.INTERNAL)).thenReturn(List.of());
        shadows.placed(Given.live(MINE, Given.placed(Given.C1)));

        ShadowReport report = report(shadow);
        assertThat(report.counts().faults()).isEqualTo(1);
        assertThat(report.latest().get(0).fault()).contains("missing: x is not installed now, or ejected");
    }
}
