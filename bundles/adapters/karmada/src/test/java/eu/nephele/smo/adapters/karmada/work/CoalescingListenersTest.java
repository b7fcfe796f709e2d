// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CoalescingListenersTest {

    private static final int MOMENT = 100;

    private final ByHand scheduler = new ByHand();
    private final List<String> told = new ArrayList<>();
    private final CoalescingListeners<String> pods = new CoalescingListeners<>(scheduler);
    private final CoalescingListeners<String> clusters = new CoalescingListeners<>(scheduler, pods);

    @BeforeEach
    void listen() {
        pods.subscribe(told::add);
        clusters.subscribe(told::add);
    }

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    @Test
    void whatHasChangedThereFirstIsToldFirstHoweverLateItWas() {
        clusters.changed("earlier");
        scheduler.pass(60);
        pods.changed("pods");
        pods.changed("pods");
        clusters.changed("cluster");
        scheduler.pass(10 * MOMENT);
        assertThat(told).as("each once").containsExactlyInAnyOrder("pods", "earlier", "cluster");
        assertThat(told.get(0)).isEqualTo("pods");
    }

    @Test
    void whatChangesAfterTheOthersHaveMadeItToldIsToldAsPlannedBefore() {
        clusters.changed("cluster");
        scheduler.pass(60);
        pods.changed("early");
        scheduler.pass(40);
        assertThat(told).containsExactly("early", "cluster");
        scheduler.pass(20);
        pods.changed("late");
        scheduler.pass(10);
        clusters.changed("after");
        scheduler.pass(30);
        assertThat(told).as("100 ms after the early one").containsExactly("early", "cluster", "late");
        scheduler.pass(MOMENT);
        assertThat(told).containsExactly("early", "cluster", "late", "after");
        assertThat(scheduler.pending()).isZero();
    }

    /** Each has at most one scheduled notification: else they grow to one per change. */
    @Test
    void whatChangesAllTheTimeIsToldOnceInAMomentAndOnceMoreBeforeTheOthers() {
        int moments = 30;
        int most = 0;
        for (int ms = 0; ms < moments * MOMENT; ms++) {
            pods.changed("pods");
            if (ms % 7 == 6) {
                clusters.changed("cluster"); // so that it is published at other times than the pods
            }
            most = Math.max(most, scheduler.pending());
            scheduler.pass(1);
        }
        assertThat(Collections.frequency(told, "pods")).isBetween(moments, 2 * moments);
        assertThat(Collections.frequency(told, "cluster")).isBetween(moments - 5, moments);
        assertThat(most).as("planned at a time").isEqualTo(2);

        pods.changed("last");
        clusters.changed("last of all");
        scheduler.pass(2 * MOMENT);
        assertThat(told).containsSubsequence("last", "last of all").containsOnlyOnce("last", "last of all");
        assertThat(scheduler.pending()).isZero();
    }

    /** A scheduler whose clock the test advances, on the test's own thread. */
    private static final class ByHand extends ScheduledThreadPoolExecutor {

        private record Planned(long due, Runnable task) {}

        private final List<Planned> plan = new ArrayList<>();
        private long now;

        ByHand() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            plan.add(new Planned(now + unit.toMillis(delay), task));
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        int pending() {
            return plan.size();
        }

        void pass(int ms) {
            long until = now + ms;
            for (Optional<Planned> next = next(until); next.isPresent(); next = next(until)) {
                plan.remove(next.get());
                now = next.get().due();
                next.get().task().run();
            }
            now = until;
        }

        private Optional<Planned> next(long until) {
            return plan.stream().filter(it -> it.due() <= until).min(Comparator.comparingLong(Planned::due));
        }
    }
}
