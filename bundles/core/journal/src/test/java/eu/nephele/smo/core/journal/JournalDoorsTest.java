// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayDifference;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import eu.nephele.smo.core.contract.shadow.SensitivityService;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingInput;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingSweep;
import eu.nephele.smo.core.contract.shadow.SensitivityService.SweepRange;
import eu.nephele.smo.core.contract.shadow.SensitivityService.WeightSweep;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.testkit.Await;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decisions, why they were made, and decisions made again: two graphs, one placed, then refused; c2 was taken, first-fit takes c1. */
class JournalDoorsTest extends DoorContract {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final GraphId MINE = new GraphId("mine", "g");
    private static final GraphId THEIRS = new GraphId("theirs", "g");
    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final ReplayRequest QUESTION = new ReplayRequest(
            NOW.minusSeconds(1),
            NOW.plusSeconds(1),
            Optional.empty(),
            Optional.of(StrategyRef.PLACEMENT),
            Optional.of("first-fit"),
            Optional.empty(),
            Optional.empty(),
            10);

    private static final StrategySelection OPTIMAL = new StrategySelection(
            Optional.of("optimal"), Optional.empty(), JsonObject.EMPTY, false, Optional.empty(), OptionalInt.empty());

    private Stores stores;
    private StrategyModule live;
    private StoredJournal journal;
    private ReplayRunner replays;
    private AuthorizedDecisionService decisions;
    private AuthorizedReplayService again;
    private AuthorizedSensitivityService sensitivity;
    private String decision = "";
    private String replay = "";

    @BeforeAll
    void decide() throws Exception {
        stores = Stores.inMemory("doors" + System.nanoTime());
        live = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        live.registry()
                .add(
                        new FirstFitStrategy(),
                        Map.of(PlacementStrategy.ID, "first-fit", PlacementStrategy.VERSION, "1.0.0"));
        live.registry().add(new MovesObjective(), Map.of(PlacementObjective.NAME, "moves"));
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(Duration.ofDays(1), 100, Duration.ofHours(1), 100, 20, Duration.ZERO),
                stores.decisions(),
                live.pricing(),
                Optional.of(live.catalog()),
                Optional.of(live.trials()),
                MetricsRecorder.NONE,
                Clock.fixed(NOW, ZoneOffset.UTC));
        DecisionRecord placed = journal.recordOf(outcome(MINE, placed()), 1);
        decision = placed.id();
        stores.decisions()
                .append(List.of(
                        placed,
                        journal.recordOf(outcome(THEIRS, placed()), 1),
                        journal.recordOf(
                                outcome(MINE, new Infeasible(Map.of("a", Map.of(C1, "full")), Optional.empty())), 1)));
        live.observers().add(journal);
        live.registry()
                .add(
                        (ScalingStrategy) (request, context) -> new ScalingResult(List.of(new Replicas(3, "demand 9"))),
                        Map.of(ScalingStrategy.ID, "optimal", ScalingStrategy.VERSION, "1.0.0"));
        journal.record(
                live.scaling()
                        .decide(
                                List.of(new ScalingItem(
                                        target(), List.of(new SourcedSelection("descriptor", OPTIMAL)))),
                                List.of(ClusterCapacity.of(C1, new Resources(9000, 0, 0, 0)))),
                1);
        journal.close();
        replays = new ReplayRunner(
                100,
                stores.decisions(),
                live.trials(),
                live.pricing(),
                live.catalog(),
                live.control(),
                Clock.systemUTC());
        decisions = new AuthorizedDecisionService(journal, rights);
        again = new AuthorizedReplayService(replays, rights);
        SweepTurns turns = new SweepTurns(live.trials(), System::nanoTime);
        sensitivity = new AuthorizedSensitivityService(
                new WeightSensitivity(stores.decisions(), live.pricing(), live.catalog(), turns),
                new ScalingSensitivity(stores.decisions(), live.catalog(), turns),
                rights);
        replay = again.begin(QUESTION, CallContext.INTERNAL).id();
        Await.until(
                "the replay ends",
                () -> !replays.find(replay).orElseThrow().state().equals("running"));
    }

    @AfterAll
    void end() {
        decisions.close();
        again.close();
        sensitivity.close();
        replays.close();
        live.close();
        stores.close();
    }

    private static PlacementResult placed() {
        return new Placed(Placement.whole(Map.of("a", C2), service -> 1), Quality.HEURISTIC);
    }

    private static PlacementOutcome outcome(GraphId graph, PlacementResult result) {
        Resources core = new Resources(1000, 0, 0, 0);
        PlacementRequest request = new PlacementRequestBuilder(
                        graph,
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("a", core, 1, 1)),
                        List.of(ClusterCapacity.of(C1, core), ClusterCapacity.of(C2, core)))
                .build();
        return new PlacementOutcome(
                request,
                result,
                new StrategyRef(StrategyRef.PLACEMENT, "elsewhere", "1.0.0"),
                false,
                List.of(),
                List.of(),
                List.of(),
                1,
                NOW,
                Duration.ofMillis(1));
    }

    private static ScalingTarget target() {
        return ScalingTarget.builder(MINE, "a", C1)
                .perReplica(new Resources(1000, 0, 0, 0))
                .replicas(1)
                .bounds(1, 5)
                .demand(OptionalDouble.of(9))
                .profile(new ServiceProfile(2, 0))
                .sinceLastChange(Duration.ZERO)
                .build();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(
                DecisionService.class, decisions, ReplayService.class, again, SensitivityService.class, sensitivity);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return method.getDeclaringClass() == DecisionService.class
                || method.getDeclaringClass() == SensitivityService.class
                || Set.of("replays", "find").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(
                GraphId.class,
                MINE,
                DecisionStore.Query.class,
                new DecisionStore.Query(Optional.empty(), Optional.empty(), 10),
                ReplayRequest.class,
                QUESTION,
                WeightSweep.class,
                new WeightSweep("moves", new SweepRange(0, 1, 2), Optional.of("first-fit"), Optional.empty()),
                ScalingSweep.class,
                new ScalingSweep(
                        ScalingInput.DEMAND,
                        "",
                        new SweepRange(0, 1, 2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                String.class,
                text(method, index));
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    private String text(Method method, int index) {
        if (method.getDeclaringClass() == ReplayService.class) {
            return replay;
        }
        return index == 1 && Set.of("find", "explain", "verify").contains(method.getName()) ? decision : "a";
    }

    @Override
    protected Object stored() {
        return replays.replays();
    }

    @Test
    void aReplayNamesNoGraphsThatTheReaderMayNotSee() {
        rights.hideProjects(Set.of("theirs"));
        assertThat(graphs(again.find(replay, ANNA).orElseThrow())).containsExactly("mine/g");
        assertThat(graphs(again.replays(ANNA).get(0))).containsExactly("mine/g");
        assertThat(graphs(again.find(replay, CallContext.INTERNAL).orElseThrow()))
                .containsExactlyInAnyOrder("mine/g", "theirs/g");
    }

    private static List<String> graphs(Replay replay) {
        return replay.differences().stream()
                .map(ReplayDifference::graph)
                .distinct()
                .toList();
    }
}
