// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction.BeginOutage;
import eu.nephele.smo.lab.simulator.WorldAction.FailCluster;
import eu.nephele.smo.lab.simulator.WorldAction.RestoreCluster;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Done means done: a change has come to its end when its pods serve and no others are there. */
class RolloutTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;
    private SeenOtherwise runtime;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "rollout-" + UUID.randomUUID());
        runtime = new SeenOtherwise(core.world.runtime());
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, runtime, 1);
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void readyPodsOfTheFormerRevisionAreNotTheUpdate() {
        // one of three is new and none of the new ones is ready, while three old ones are
        after(core.deploy("p", version(1)));
        see(on -> new OnCluster(1, 2, 1, 1, 1, true, on.requested()));
        Change update = core.update("p", version(2));
        core.pass(Duration.ofSeconds(30));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.UPDATING);
        assertThat(ready().message()).contains("a: c1: 1 old replicas are still there");

        see(on -> new OnCluster(1, 1, 1, 1, 1, false, on.requested()));
        core.pass(Duration.ofSeconds(30));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        assertThat(ready().message()).contains("has not taken over the change yet");

        see(on -> new OnCluster(1, 1, 0, 1, 1, true, on.requested()));
        core.pass(Duration.ofSeconds(30));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        assertThat(ready().message()).contains("0 of 1 replicas are of the new revision");

        see(UnaryOperator.identity());
        after(update);
        assertThat(stored(update).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void anUpdateThatNeverStartsIsGivenUpAtTheDeadlineAndGoesBack() {
        after(core.deploy("p", version(1)));
        see(on -> new OnCluster(1, 2, 1, 1, 1, true, on.requested()));
        Change update = core.update("p", version(2));
        core.pass(Duration.ofSeconds(590));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofSeconds(60));
        see(UnaryOperator.identity());

        assertThat(stored(update).state()).isEqualTo(State.FAILED);
        assertThat(core.eventTypes(G)).contains("hdag.rolled_back");
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
        assertThat(core.view(G).graph().descriptor().canonical())
                .isEqualTo(core.graph("p", version(1)).descriptor().canonical());
    }

    @Test
    void serversThatTakeTurnsComeToTheDeadline() {
        after(core.deploy("p", version(1)));
        see(on -> new OnCluster(1, 2, 1, 1, 1, true, on.requested()));
        Change update = core.update("p", version(2));
        for (int turn = 0; turn < 2; turn++) {
            core.pass(Duration.ofSeconds(200));
            core.stopEngine();
            core.startEngine();
            core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, runtime, 1);
        }
        core.pass(Duration.ofMinutes(3));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofSeconds(60));
        assertThat(stored(update).state()).isEqualTo(State.FAILED);
        assertThat(stored(update).message()).contains("Not all is ready after 600 s");
    }

    @Test
    void textsOfAnyLengthAreCutWhereverTheyAreReported() {
        // many services, each with a text as long as one may be: what is put together from them has an end, too
        after(core.deploy("p", many(1)));
        endless(Optional.empty());
        Change update = core.update("p", many(2));
        core.pass(Duration.ofSeconds(5));
        Operation running = stored(update);
        assertThat(running.message()).hasSize(AnswerLimits.TOLD_CHARACTERS).endsWith("…");
        assertThat(ready().message()).hasSize(AnswerLimits.TOLD_CHARACTERS).endsWith("…");
        core.pass(Duration.ofSeconds(10));
        assertThat(stored(update)).as("reported once").isEqualTo(running);

        endless(Optional.of("given up "));
        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofSeconds(60));
        assertThat(stored(update).error().orElseThrow().message())
                .contains("given up x")
                .hasSizeLessThan(AnswerLimits.MESSAGE_CHARACTERS + 100);
        assertThat(core.events())
                .filteredOn(event -> event.type().equals("hdag.rolled_back"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().toJson()).hasSizeLessThan(AnswerLimits.MESSAGE_CHARACTERS + 200));
    }

    private void endless(Optional<String> failure) {
        String endless = "x".repeat(100_000);
        runtime.look = seen -> new WorkloadObservation(
                seen.workload(),
                mapped(seen, on -> new OnCluster(1, 2, 1, 1, 1, true, on.requested())),
                endless,
                failure.map(why -> why + endless),
                Map.of());
    }

    private static String many(int n) {
        Hdag hdag = Hdag.graph("g");
        for (int i = 0; i < 8; i++) {
            hdag.service("s" + i, "light", "", "{ n: %d }".formatted(n));
        }
        return hdag.yaml();
    }

    @Test
    void whatItsControllerHasGivenUpIsNotWaitedForUntilTheDeadline() {
        // Progressing=False, ProgressDeadlineExceeded
        after(core.deploy("p", version(1)));
        runtime.look = seen -> new WorkloadObservation(
                seen.workload(),
                mapped(seen, on -> new OnCluster(1, 2, 1, 1, 1, true, on.requested())),
                "",
                Optional.of("c1: ProgressDeadlineExceeded: too long"),
                Map.of());
        Change update = core.update("p", version(2));
        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofSeconds(20));

        assertThat(stored(update).state()).isEqualTo(State.FAILED);
        assertThat(stored(update).message()).contains("ProgressDeadlineExceeded");
    }

    @Test
    void otherWorkloadsOfAReleaseAreWaitedForWhereItsServiceIs() {
        // a DaemonSet beside it, whose new pods never start
        after(core.deploy("p", version(1)));
        ClusterId there = core.view(G).services().get(0).shares().get(0).cluster();
        beside(there, new Beside("DaemonSet agent: 1 of 3 replicas are of the new revision", false, Optional.empty()));
        core.pass(Duration.ofSeconds(10));
        assertThat(core.view(G).phase()).as("what was complete goes on serving").isEqualTo(GraphPhase.RUNNING);
        Change update = core.update("p", version(2));
        core.pass(Duration.ofSeconds(30));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        assertThat(ready().message())
                .contains("a: %s: DaemonSet agent: 1 of 3 replicas are of the new revision".formatted(there.name()));

        beside(
                new ClusterId(there.source(), "elsewhere"),
                new Beside("DaemonSet agent: there", true, Optional.empty()));
        after(update);
        assertThat(stored(update).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void aMoveIsNoConcernOfOthersOfItsRelease() {
        after(core.deploy("p", version(1)));
        ClusterId there = core.view(G).services().get(0).shares().get(0).cluster();
        runtime.look = seen -> seen.withBeside(seen.byCluster().keySet().stream()
                .collect(Collectors.toMap(
                        cluster -> cluster,
                        any -> List.of(
                                new Beside("DaemonSet agent: a node is away", false, Optional.empty()),
                                new Beside("Job migrate: failed", true, Optional.of(core.now()))))));
        Change move = after(core.place(
                G,
                new PlaceRequest(
                        DecisionReason.OFFLOAD,
                        Set.of("a"),
                        Optional.of(new ClusterId(there.source(), there.name().equals("c1") ? "c2" : "c1")),
                        StrategySelection.UNSPECIFIED,
                        true)));
        assertThat(stored(move).state()).isEqualTo(State.SUCCEEDED);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.view(G).services().get(0).shares().get(0).cluster()).isNotEqualTo(there);
    }

    @Test
    void anUpdateFailsByAJobOfItsOwnAndNotByOneThatFailedBefore() {
        after(core.deploy("p", version(1)));
        ClusterId there = core.view(G).services().get(0).shares().get(0).cluster();
        beside(there, new Beside("Job migrate: failed", true, Optional.of(core.now())));
        core.pass(Duration.ofMinutes(10));
        Change update = after(core.update("p", version(2)));
        assertThat(stored(update).state()).isEqualTo(State.SUCCEEDED);

        core.pass(Duration.ofMinutes(10));
        beside(there, new Beside("Job migrate-3: failed", true, Optional.of(core.now())));
        Change failing = core.update("p", version(3));
        core.passUntil(() -> stored(failing).state().isFinal(), Duration.ofSeconds(60));
        assertThat(stored(failing).state()).isEqualTo(State.FAILED);
        assertThat(stored(failing).error().orElseThrow().message()).contains("Job migrate-3: failed");
    }

    @Test
    void aWayBackDoesNotWaitForPodsThatNoNodeCanStart() {
        after(core.deploy("p", version(1)));
        ClusterId there = core.view(G).services().get(0).shares().get(0).cluster();
        beside(there, new Beside("DaemonSet agent: 2 of 3 replicas are ready", false, Optional.empty(), true));
        Change update = core.update("p", version(2));
        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofMinutes(11));
        assertThat(stored(update).state()).isEqualTo(State.FAILED);
        core.pass(Duration.ofSeconds(30));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    private void beside(ClusterId cluster, Beside beside) {
        runtime.look = seen -> seen.withBeside(Map.of(cluster, List.of(beside)));
    }

    @Test
    void aReleaseThatItsChartPlacesIsMarkedWheneverItChanges() {
        // without a mark old pods and new ones look alike where Karmada does not distinguish them
        String fixed = version(1).replace("  services:", "  hdaGraphIntent: { useStaticPlacement: true }\n  services:");
        after(core.deploy("p", fixed));
        runtime.marked.clear();
        core.pass(Duration.ofSeconds(10));
        assertThat(runtime.marked).isEmpty();
        after(core.update("p", fixed.replace("n: 1", "n: 2")));
        assertThat(runtime.marked).containsExactly(new WorkloadRef(G, "a"));
    }

    @Test
    void whatServesIsNotDegradedWhileItsMoveIsBroughtToAnEnd() {
        String chain = Hdag.graph("g")
                .service("a", "small", "b", "{}")
                .service("b", "small", "c", "{}")
                .service("c")
                .yaml();
        after(core.deploy("p", chain));
        ClusterId there = core.view(G).services().get(0).shares().get(0).cluster();
        ClusterId other = new ClusterId(there.source(), there.name().equals("c1") ? "c2" : "c1");
        for (String service : Set.of("a", "b", "c")) {
            after(core.place(
                    G,
                    new PlaceRequest(
                            DecisionReason.OFFLOAD,
                            Set.of(service),
                            Optional.of(other),
                            StrategySelection.UNSPECIFIED,
                            true)));
        }
        assertThat(core.eventTypes(G)).doesNotContain("service.degraded", "hdag.degraded");
    }

    @Test
    void aMoveIsOverWhenThePodsThatItHasLeftHaveEndedAndIsNoStepBackUntilThen() {
        // Karmada takes the copy away first; its pods end after that
        after(core.deploy("p", version(1)));
        ClusterId from = core.view(G).services().get(0).shares().get(0).cluster();
        ClusterId to = new ClusterId(from.source(), from.name().equals("c1") ? "c2" : "c1");
        OnCluster ending = new OnCluster(0, 2, 0, 0, 0, false, Resources.NONE);
        runtime.look = seen -> with(seen, from, ending);
        Change move = core.place(
                G,
                new PlaceRequest(
                        DecisionReason.OFFLOAD, Set.of("a"), Optional.of(to), StrategySelection.UNSPECIFIED, true));
        core.pass(Duration.ofSeconds(20));
        assertThat(stored(move).state()).isEqualTo(State.RUNNING);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.UPDATING);
        assertThat(ready().message()).isEqualTo("a: %s: 2 pods are still there".formatted(from.name()));

        runtime.look = UnaryOperator.identity();
        runtime.left = Optional.of(ref -> new WorkloadObservation(ref, Map.of(from, ending), ""));
        core.pass(Duration.ofSeconds(20));
        assertThat(stored(move).state()).isEqualTo(State.RUNNING);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.UPDATING);
        assertThat(stored(move).message()).isEqualTo("a: %s: 2 pods are still there".formatted(from.name()));

        runtime.left = Optional.of(ref -> new WorkloadObservation(ref, Map.of(to, ending), ""));
        after(move);
        assertThat(stored(move).state()).isEqualTo(State.SUCCEEDED);
        assertThat(core.eventTypes(G)).doesNotContain("service.degraded", "hdag.degraded");
    }

    private static WorkloadObservation with(WorkloadObservation seen, ClusterId cluster, OnCluster on) {
        Map<ClusterId, OnCluster> there = new HashMap<>(seen.byCluster());
        there.putIfAbsent(cluster, on);
        return new WorkloadObservation(seen.workload(), there, "");
    }

    @Test
    void whatIsStoppedOrRemovedHasEndedOnEveryCluster() {
        after(core.deploy("p", version(1)));
        ClusterId c1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
        runtime.left = Optional.of(ref -> new WorkloadObservation(
                ref,
                Map.of(c1, new OnCluster(0, 3, 0, 0, 0, false, Resources.NONE)),
                "Karmada is still taking away Work karmada-es-c1/a"));
        Change stop = core.stop(G);
        core.pass(Duration.ofSeconds(60));
        assertThat(stored(stop).state()).isEqualTo(State.RUNNING);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.STOPPING);
        assertThat(ready().message())
                .isEqualTo("a: c1: 3 pods are still there; Karmada is still taking away Work karmada-es-c1/a");

        runtime.left = Optional.of(ref -> left(ref, "removal on cluster c2 is left to Karmada"));
        after(stop);
        assertThat(stored(stop).state()).isEqualTo(State.SUCCEEDED);
        assertThat(stored(stop).message()).isEqualTo("a: removal on cluster c2 is left to Karmada");
        assertThat(ready().message()).isEqualTo("a: removal on cluster c2 is left to Karmada");

        // who cannot reach that cluster to remove the release there does not keep the removal from its end
        core.world.apply(new BeginOutage(Outage.DEPLOYER));
        Change removal = after(core.remove(G));
        assertThat(stored(removal).state()).isEqualTo(State.SUCCEEDED);
        assertThat(stored(removal).message()).isEqualTo("Left outside: a: removal on cluster c2 is left to Karmada");
        assertThat(core.graphs().find(G, CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void anOperationSaysWhatItWaitsForAlsoWhereItHasNoStepsToShowItAt() {
        after(core.deploy("p", version(1)));
        see(on -> new OnCluster(1, 1, 1, 0, 0, true, on.requested()));
        runtime.left = Optional.of(ref -> new WorkloadObservation(
                ref,
                Map.of(
                        new ClusterId(SimulatedFederation.SOURCE, "c1"),
                        new OnCluster(0, 1, 0, 0, 0, false, Resources.NONE)),
                "still there"));
        Change stop = core.stop(G);
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(stop).message()).isEqualTo("a: c1: 1 pods are still there; still there");

        Change start = core.start(G);
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(start).state()).isEqualTo(State.RUNNING);
        assertThat(stored(start).message()).contains("a: c1: 0 of 1 replicas are ready");
        // what was being taken away is installed again
        assertThat(stored(start).steps()).singleElement().satisfies(step -> assertThat(step.action())
                .isEqualTo(Operation.Action.INSTALL));

        see(UnaryOperator.identity());
        after(start);
        assertThat(stored(start).message()).isEmpty();
    }

    @Test
    void aRemovalTakesAsLongAsItsPodsAndDoesNotWaitForAClusterThatIsDown() throws Exception {
        end();
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2"))
                        .withTerminationDelay(Duration.ofSeconds(10)),
                "rollout-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        after(core.deploy("p", version(1)));
        String here = core.view(G).services().get(0).shares().get(0).cluster().name();
        Change stop = core.stop(G);
        core.pass(Duration.ofSeconds(8));
        assertThat(stored(stop).state()).isEqualTo(State.RUNNING);
        assertThat(ready().message()).isEqualTo("a: %s: 1 pods are still there".formatted(here));
        after(stop);
        assertThat(stored(stop).state()).isEqualTo(State.SUCCEEDED);
        assertThat(stored(stop).message()).isEmpty();

        after(core.start(G));
        core.world.apply(new FailCluster(here));
        core.pass(Duration.ofSeconds(1));
        Change removal = after(core.remove(G));
        assertThat(stored(removal).state()).isEqualTo(State.SUCCEEDED);
        assertThat(stored(removal).message())
                .isEqualTo("Left outside: a: removal on cluster %s, which is not ready, is left until it is back"
                        .formatted(here));
        core.world.apply(new RestoreCluster(here));
        core.pass(Duration.ofSeconds(12));
        assertThat(core.world.clusters().clusters())
                .allMatch(cluster -> cluster.allocated().isZero());
    }

    @Test
    void podsThatRequestMoreThanWasDecidedFreeNoCapacity() throws Exception {
        // their chart has them, and goes on to do so: the ledger would reject decisions on their capacity
        end();
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1),
                        ClusterModel.of("c1", new Resources(2000, 64 * GIB, 1000 * GIB, 0)),
                        ClusterModel.of("c2", new Resources(6000, 64 * GIB, 1000 * GIB, 0))),
                "rollout-" + UUID.randomUUID());
        runtime = new SeenOtherwise(core.world.runtime());
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, runtime, 1);
        core.pass(Duration.ofSeconds(1));
        see(on -> new OnCluster(1, 1, 1, 1, 1, true, on.requested().times(2)));
        after(core.deploy(
                "p", Hdag.graph("g").service("a", "light").service("b", "light").yaml()));
        assertThat(places().values()).allMatch(cluster -> cluster.name().equals("c1"));
        core.pass(Duration.ofSeconds(40));
        Change update = after(core.update(
                "p",
                Hdag.graph("g")
                        .service("a", "small", "", "{ n: 2 }")
                        .service("b", "light")
                        .yaml()));
        assertThat(stored(update).state()).as(stored(update).message()).isEqualTo(State.SUCCEEDED);
        assertThat(places().values()).extracting(ClusterId::name).containsExactlyInAnyOrder("c1", "c2");
    }

    @Test
    void aMoveIsNoStepBackWhileItsOldPodsEnd() throws Exception {
        end();
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2"))
                        .withTerminationDelay(Duration.ofSeconds(10)),
                "rollout-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        after(core.deploy("p", version(1)));
        String here = core.view(G).services().get(0).shares().get(0).cluster().name();
        Change move = core.place(G, offload());
        core.pass(Duration.ofSeconds(8));
        assertThat(stored(move).state()).isEqualTo(State.RUNNING);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.UPDATING);
        assertThat(ready().message()).isEqualTo("a: %s: 1 pods are still there".formatted(here));
        after(move);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.eventTypes(G)).doesNotContain("hdag.degraded", "service.degraded");
    }

    @Test
    void whatWasDecidedShowsBeforeItIsDone() {
        after(core.deploy("p", version(1)));
        ClusterId here = core.view(G).services().get(0).shares().get(0).cluster();
        Set<GraphPhase> elsewhere = EnumSet.noneOf(GraphPhase.class);
        List<String> said = new ArrayList<>();
        runtime.look = seen -> {
            GraphView now = core.view(G);
            if (!now.placement().clusters().contains(here) && seen.byCluster().containsKey(here)) {
                elsewhere.add(now.phase());
                said.add(ready().message());
            }
            return seen;
        };
        after(core.place(G, offload()));
        assertThat(elsewhere).containsExactly(GraphPhase.UPDATING);
        assertThat(said.get(0))
                .isEqualTo("a: is being deployed as decided, on %s ×1"
                        .formatted(here.name().equals("c1") ? "c2" : "c1"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));

        core.update("p", version(2));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.UPDATING);
        assertThat(ready().status()).isEqualTo(Condition.Status.FALSE);
        assertThat(ready().message()).isEqualTo("a: is to be decided on");
    }

    @Test
    void whatIsEndingWhereNothingIsReservedIsWaitedForAndNotRemovedAgain() {
        // to remove the release once more would take away what is new
        after(core.deploy("p", version(1)));
        ClusterId here = core.view(G).services().get(0).shares().get(0).cluster();
        ClusterId other = new ClusterId(here.source(), here.name().equals("c1") ? "c2" : "c1");
        int revision = core.world.snapshot().releases().get(0).state().revision();
        runtime.look = seen -> {
            Map<ClusterId, OnCluster> there = new HashMap<>(seen.byCluster());
            there.put(other, new OnCluster(0, 1, 0, 0, 0, false, Resources.NONE));
            return new WorkloadObservation(seen.workload(), there, "");
        };
        Change update = core.update("p", version(2));
        core.pass(Duration.ofSeconds(20));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        assertThat(ready().message()).contains("waits until the old places are empty: a on " + other.name());
        assertThat(core.world.snapshot().releases().get(0).state().revision()).isEqualTo(revision);

        see(UnaryOperator.identity());
        after(update);
        assertThat(stored(update).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void podsOfTheRevisionThatIsReplacedDoNotMoveTheGraphAway() throws Exception {
        // they free capacity for the decision, so that they are no reason against it
        end();
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1),
                        ClusterModel.of("c1", new Resources(2000, 64 * GIB, 1000 * GIB, 0)),
                        ClusterModel.of("c2", new Resources(4000, 64 * GIB, 1000 * GIB, 0))),
                "rollout-" + UUID.randomUUID());
        runtime = new SeenOtherwise(core.world.runtime());
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, runtime, 1);
        core.pass(Duration.ofSeconds(1));
        after(core.deploy("p", Hdag.of("g", "a", "b")));
        Map<String, ClusterId> before = places();
        assertThat(before.values()).allMatch(cluster -> cluster.name().equals("c1"));

        see(on -> new OnCluster(1, 2, 1, 1, 1, true, on.requested().times(2)));
        // until clusters are looked at again: what was not seen is no reason either
        core.pass(Duration.ofSeconds(40));
        Change update = core.update(
                "p",
                Hdag.graph("g")
                        .service("a", "small", "", "{ n: 2 }")
                        .service("b")
                        .yaml());
        core.pass(Duration.ofSeconds(5));
        assertThat(places()).isEqualTo(before);
        see(UnaryOperator.identity());
        after(update);
        assertThat(stored(update).state()).isEqualTo(State.SUCCEEDED);
        assertThat(places()).isEqualTo(before);
    }

    private Map<String, ClusterId> places() {
        Map<String, ClusterId> places = new HashMap<>();
        core.view(G)
                .services()
                .forEach(service ->
                        places.put(service.spec().id(), service.shares().get(0).cluster()));
        return places;
    }

    private static WorkloadObservation left(WorkloadRef ref, String why) {
        return new WorkloadObservation(
                ref, Map.of(), "", Optional.empty(), Map.of(new ClusterId(SimulatedFederation.SOURCE, "c2"), why));
    }

    private Condition ready() {
        return core.view(G).conditions().stream()
                .filter(condition -> condition.type().equals(Condition.READY))
                .findFirst()
                .orElseThrow();
    }

    private void see(UnaryOperator<OnCluster> look) {
        runtime.look = seen -> new WorkloadObservation(seen.workload(), mapped(seen, look), seen.message());
    }

    private static Map<ClusterId, OnCluster> mapped(WorkloadObservation seen, UnaryOperator<OnCluster> look) {
        Map<ClusterId, OnCluster> mapped = new HashMap<>();
        seen.byCluster().forEach((cluster, on) -> mapped.put(cluster, look.apply(on)));
        return mapped;
    }

    private static String version(int n) {
        return Hdag.graph("g")
                .service("a", "small", "", "{ n: %d }".formatted(n))
                .yaml();
    }

    private Change after(Change change) {
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(60));
        return change;
    }

    private Operation stored(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    private PlaceRequest offload() {
        ClusterId here = core.view(G).services().get(0).shares().get(0).cluster();
        return new PlaceRequest(
                DecisionReason.OFFLOAD,
                Set.of("a"),
                Optional.of(new ClusterId(here.source(), here.name().equals("c1") ? "c2" : "c1")),
                StrategySelection.UNSPECIFIED,
                true);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }
}
