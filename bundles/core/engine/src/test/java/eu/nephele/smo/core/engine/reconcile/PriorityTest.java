// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clusters, and less room than graphs want: the more important ones get it. All graphs of a test are of four cores. */
class PriorityTest {

    private static final long GIB = 1L << 30;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LONG = EngineSettings.STANDARD.failoverGrace().plusSeconds(40);

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = EmbeddedCore.withoutScaling(
                Scenario.of(Duration.ofSeconds(1), cluster("c1", 8), cluster("c2", 4)),
                "priority-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    private static ClusterModel cluster(String name, int cores) {
        return ClusterModel.of(name, new Resources(cores * 1_000L, 64 * GIB, 1000 * GIB, 0));
    }

    private static GraphId graph(String name) {
        return new GraphId("p", name);
    }

    private void deploy(String name, int priority) {
        deploy(name, priority, "medium");
    }

    private void deploy(String name, int priority, String cpu) {
        core.deploy(
                "p",
                Hdag.graph(name).priority(priority).service("s-" + name, cpu).yaml());
    }

    private void run(String name, int priority) {
        deploy(name, priority);
        core.passUntil(() -> runs(name), SOON);
    }

    private boolean runs(String name) {
        return core.view(graph(name)).phase() == GraphPhase.RUNNING;
    }

    private Optional<String> cluster(String name) {
        return core.view(graph(name)).placement().clusterOf("s-" + name).map(ClusterId::name);
    }

    private Condition placed(String name) {
        return core.view(graph(name)).conditions().stream()
                .filter(condition -> condition.type().equals(Condition.PLACED))
                .findFirst()
                .orElseThrow();
    }

    private void assertFoundNoRoom(String name) {
        assertThat(placed(name).status()).isEqualTo(Condition.Status.FALSE);
        assertThat(placed(name).reason()).isEqualTo("Infeasible");
    }

    @ParameterizedTest
    @CsvSource({"a, b, 5, 0", "b, a, 5, 0", "a, b, 0, -5", "b, a, 0, -5", "b, a, 1000, 999"})
    void afterALossTheMoreImportantGraphGetsTheRoomWhateverTheOrder(String high, String low, int more, int less) {
        for (boolean lowFirst : new boolean[] {true, false}) {
            run(lowFirst ? low : high, lowFirst ? less : more);
            run(lowFirst ? high : low, lowFirst ? more : less);
            assertThat(List.of(cluster(high), cluster(low))).containsOnly(Optional.of("c1"));

            core.world.failCluster("c1");
            core.passUntil(() -> cluster(high).equals(Optional.of("c2")), LONG);
            core.passUntil(() -> runs(high), SOON);
            core.pass(SOON);
            assertFoundNoRoom(low);
            assertThat(core.eventTypes(graph(low))).doesNotContain("service.moved");

            core.world.restoreCluster("c1");
            core.remove(graph(high));
            core.remove(graph(low));
            core.pass(SOON);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void roomThatBecomesFreeGoesToTheMostImportantOfThoseThatWait(long seed) {
        run("first", 0);
        run("second", 0);
        run("third", 0);
        List<Integer> priorities = new ArrayList<>(List.of(-7, 0, 3, 4, 900));
        Collections.shuffle(priorities, new Random(seed));
        for (int i = 0; i < priorities.size(); i++) {
            deploy("w" + i, priorities.get(i));
            core.pass(Duration.ofMillis(new Random(seed + i).nextInt(9_000)));
        }
        List<String> expected = priorities.stream()
                .sorted(Collections.reverseOrder())
                .map(priority -> "w" + priorities.indexOf(priority))
                .toList();
        List<String> freed = List.of("second", "first", "third");
        for (int i = 0; i < freed.size(); i++) {
            core.remove(graph(freed.get(i)));
            core.pass(SOON);
            assertThat(runs(expected.get(i)))
                    .as("%s of %s", expected.get(i), priorities)
                    .isTrue();
        }
        expected.subList(freed.size(), expected.size()).forEach(this::assertFoundNoRoom);
    }

    @Test
    void whoLostItsClusterIsNotPlacedBeforeAMoreImportantOneThatWaits() {
        run("a", 0);
        run("b", 0);
        run("c", 0);
        deploy("z", 10);
        core.pass(SOON);
        assertFoundNoRoom("z");
        assertThat(cluster("a")).contains("c1");
        assertThat(cluster("c")).contains("c2");

        core.world.failCluster("c1");
        core.pass(LONG);
        assertFoundNoRoom("a");
        assertFoundNoRoom("b");
        core.remove(graph("c"));
        core.pass(SOON);
        assertThat(cluster("z")).contains("c2");
        core.pass(LONG);
        assertFoundNoRoom("a");
        assertFoundNoRoom("b");
    }

    @Test
    void aLessImportantGraphIsPlacedWhereAMoreImportantOneDoesNotFit() {
        run("a", 0);
        run("b", 0);
        run("c", 0);
        deploy("great", 10, "large");
        deploy("little", -10, "small");
        core.pass(SOON);
        assertFoundNoRoom("great");
        assertFoundNoRoom("little");

        core.remove(graph("c"));
        core.passUntil(() -> runs("little"), SOON);
        assertFoundNoRoom("great");
    }

    @Test
    void theOrderHoldsForALossThatAnotherProcessHasSeen() {
        run("a", 0);
        run("b", 7);
        core.stopEngine();
        core.world.failCluster("c1");
        core.startEngine();
        core.pass(LONG.plus(SOON));
        assertThat(cluster("b")).contains("c2");
        assertFoundNoRoom("a");
    }

    @Test
    void theOrderHoldsForGraphsThatWaitedBeforeAStart() {
        core.world.failCluster("c2");
        run("x", 0);
        run("y", 0);
        deploy("a", 0);
        deploy("b", 7);
        core.pass(SOON);
        core.stopEngine();
        core.world.restoreCluster("c2");
        core.startEngine();
        core.pass(SOON);
        assertThat(cluster("b")).contains("c2");
        assertFoundNoRoom("a");
    }

    @Test
    void whoFindsNoRoomNamesTheLessImportantGraphsThatHoldItAndTakesNothing() {
        run("a", 0);
        run("b", -3);
        run("c", -3);
        deploy("z", 10);
        core.pass(LONG);
        assertFoundNoRoom("z");
        assertThat(placed("z").message())
                .contains("Moving or stopping others by hand would make room: ")
                .contains("2 graphs of lower priority hold 8 cores and 2 GiB of memory on c1: p/b (-3), p/a (0)")
                .contains("1 graph of lower priority holds 4 cores and 1 GiB of memory on c2: p/c (-3)");
        List.of("a", "b", "c").forEach(name -> assertThat(runs(name)).isTrue());

        deploy("y", -3);
        core.pass(LONG);
        assertFoundNoRoom("y");
        assertThat(placed("y").message()).doesNotContain("of lower priority");
    }
}
