// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.FollowingClock;
import eu.nephele.smo.core.engine.VirtualScheduler;
import eu.nephele.smo.core.engine.work.SeenTime;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graphs named by their priority: {@code h} before {@code m} before {@code l}. */
class PlacementOrderTest {

    private static final Duration LOOK = Duration.ofSeconds(15);

    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
    private final VirtualScheduler scheduler = new VirtualScheduler(new FollowingClock(clock));
    private final GraphIndex index = new GraphIndex();
    private final SeenTime time =
            new SeenTime(() -> Duration.between(Instant.EPOCH, clock.now()).toNanos());
    private final WorkQueue<GraphId> queue = new WorkQueue<>(
            scheduler, this::pass, new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30)), new Random(1));
    private final PlacementOrder order = new PlacementOrder(index, queue, time);
    private final List<String> looked = new ArrayList<>();
    private final List<GraphId> stranded = new ArrayList<>();
    /** Graphs that a pass calls again as if room had become free meanwhile. */
    private final Set<GraphId> seesRoom = new HashSet<>();

    private int passes;

    @BeforeEach
    void rank() {
        Stream.of("h1", "h2").forEach(name -> index.rank(graph(name), 9));
        Stream.of("m1", "m2").forEach(name -> index.rank(graph(name), 1));
        Stream.of("l1", "l2").forEach(name -> index.rank(graph(name), -1));
    }

    private static GraphId graph(String name) {
        return new GraphId("p", name);
    }

    private PassResult pass(GraphId graph) {
        passes++;
        return order.during(graph, () -> {
            if (!order.isTurn(graph, () -> stranded)) {
                return new PassResult.RequeueAfter(LOOK);
            }
            looked.add(graph.name());
            if (seesRoom.remove(graph)) {
                waiting("h1", "h2", "m1");
                order.callWaiting();
            }
            return new PassResult.Finished();
        });
    }

    private void waiting(String... names) {
        Stream.of(names).forEach(name -> index.waiting(graph(name)));
    }

    @Test
    void thoseThatWaitAreCalledTheMoreImportantFirst() {
        waiting("l2", "m1", "h2", "l1", "h1", "m2");
        order.callWaiting();
        scheduler.runDue();
        assertThat(looked).containsExactly("h1", "h2", "m1", "m2", "l1", "l2");
        assertThat(passes).isEqualTo(6);
    }

    @Test
    void oneThatComesEarlierCallsTheMoreImportantOnesThatWantRoomAndYields() {
        waiting("l2", "m1");
        stranded.add(graph("h1"));
        stranded.add(graph("l1"));
        queue.add(graph("l1"));
        scheduler.runDue();
        assertThat(looked).containsExactly("h1", "m1", "l1");
        assertThat(index.waits(graph("l2"))).isTrue();
    }

    @Test
    void whoIsAloneOrMostImportantCallsNobody() {
        waiting("m1", "l1");
        queue.add(graph("h1"));
        queue.add(graph("m2"));
        scheduler.runDue();
        assertThat(looked).containsExactlyInAnyOrder("h1", "m2");
        assertThat(passes).isEqualTo(2);
    }

    @Test
    void whoHasLookedInVainIsNotCalledAgainBeforeRoomBecomesFree() {
        stranded.add(graph("h1"));
        for (int event = 0; event < 3; event++) {
            queue.add(graph("l1"));
            scheduler.runDue();
            waiting("h1");
        }
        assertThat(looked).containsExactly("h1", "l1", "l1", "l1");
        order.callWaiting();
        scheduler.runDue();
        assertThat(looked).endsWith("l1", "h1");
    }

    @Test
    void roomThatComesMeanwhileIsForTheMostImportantOneAgain() {
        waiting("h1", "m1", "l1");
        seesRoom.add(graph("m1"));
        order.callWaiting();
        scheduler.runDue();
        assertThat(looked).startsWith("h1", "m1", "h1", "h2", "m1").endsWith("l1");
    }

    @Test
    void aPriorityThatHasChangedCountsFromTheTurnOn() {
        waiting("m1", "l1");
        order.callWaiting();
        index.rank(graph("m1"), -5);
        scheduler.runDue();
        assertThat(looked).containsExactly("l1", "m1");
    }

    @Test
    void aPassThatFailsIsATurnToo() {
        waiting("h1", "l1");
        order.callWaiting();
        order.during(graph("h1"), () -> new PassResult.Retry());
        assertThat(order.isTurn(graph("l1"), List::of)).isTrue();
    }

    @Test
    void aPassThatComesBackAtOnceKeepsTheTurn() {
        waiting("h1", "l1");
        order.callWaiting();
        order.during(graph("h1"), () -> new PassResult.RequeueAfter(Duration.ZERO));
        assertThat(order.isTurn(graph("l1"), List::of)).isFalse();
    }

    @Test
    void nobodyYieldsForLongerThanTenMinutes() {
        waiting("h1", "l1");
        order.callWaiting();
        // longer silences than these count less: see SeenTime
        for (int step = 0; step < 120; step++) {
            assertThat(order.isTurn(graph("l1"), List::of)).isFalse();
            clock.advance(Duration.ofSeconds(5));
        }
        assertThat(order.isTurn(graph("l1"), List::of)).isTrue();
    }
}
