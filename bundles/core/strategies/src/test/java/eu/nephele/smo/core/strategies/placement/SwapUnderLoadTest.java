// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.strategies.Room;
import eu.nephele.smo.core.strategies.registry.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** versions come and go while decisions are made; as many are recorded as were asked for. */
@Timeout(60)
class SwapUnderLoadTest {
    private static final int THREADS = 4;
    private static final int SWAPS = 60;

    @Test
    void noDecisionIsLostWhileTwoVersionsComeAndGo() throws Exception {
        PlacementRequest request = Room.request(DecisionReason.DEPLOY);
        AtomicLong asked = new AtomicLong();
        AtomicInteger insideAfterLeaving = new AtomicInteger();
        Queue<PlacementOutcome> recorded = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Room room = new Room()) {
            room.placement("first-fit", Room.allOn(0));
            List<Future<?>> deciding = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                deciding.add(threads.submit(() -> {
                    while (!stop.get()) {
                        asked.incrementAndGet();
                        recorded.add(room.decide(request, Room.wish("descriptor", "mine")));
                    }
                }));
            }
            swap(room, recorded, insideAfterLeaving);
            stop.set(true);
            for (Future<?> each : deciding) {
                each.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(recorded).hasSize((int) asked.get());
        assertThat(insideAfterLeaving).hasValue(0);
        assertThat(recorded).allSatisfy(outcome -> {
            assertThat(outcome.result()).isInstanceOf(Placed.class);
            assertThat(outcome.faults()).allMatch(fault -> fault.what().equals("missing"));
        });
        assertThat(recorded.stream().map(outcome -> outcome.decidedBy().version()))
                .contains("1.0.0", "2.0.0");
    }

    private static void swap(Room room, Queue<PlacementOutcome> recorded, AtomicInteger insideAfterLeaving) {
        Membership present = version(room, "1.0.0", insideAfterLeaving);
        for (int swap = 0; swap < SWAPS; swap++) {
            int before = recorded.size();
            while (recorded.size() < before + 2 * THREADS) {
                Thread.onSpinWait();
            }
            String next = swap % 2 == 0 ? "2.0.0" : "1.0.0";
            if (swap % 3 == 0) {
                // replaced in place: for a moment there is none
                present.close();
                present = version(room, next, insideAfterLeaving);
            } else {
                Membership successor = version(room, next, insideAfterLeaving);
                present.close();
                present = successor;
            }
        }
    }

    private static Membership version(Room room, String version, AtomicInteger insideAfterLeaving) {
        AtomicBoolean left = new AtomicBoolean();
        Membership membership = room.placement("mine", version, (request, context) -> {
            if (left.get()) {
                insideAfterLeaving.incrementAndGet();
            }
            return Room.placed(request, 1);
        });
        return () -> {
            membership.close();
            left.set(true);
        };
    }
}
