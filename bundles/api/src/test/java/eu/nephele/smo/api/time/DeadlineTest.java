// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    private static final int ENDING_THREADS = 2_000;

    private final PlayedThread thread = new PlayedThread();
    private final UsedTime used = new UsedTime(() -> thread);
    private final Deadline deadline = Deadline.of(used, 500, 5_000);

    private void waitsAndIsLookedAt(long millis) {
        for (long left = millis; left > 0; left -= 20) {
            thread.waits(Math.min(20, left));
            used.look();
        }
    }

    @Test
    void whatRunsIsOverWhenItsBudgetIs() {
        used.begin();
        thread.runs(499);
        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.remainingMillis()).isEqualTo(1);
        thread.runs(1);
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.isUsedUp()).isTrue();
        assertThat(deadline.remainingMillis()).isZero();
    }

    @Test
    void whatWaitsIsOverWhenItsBudgetIs() {
        used.begin();
        thread.runs(100);
        used.look();
        waitsAndIsLookedAt(399);
        assertThat(deadline.passed()).isFalse();
        waitsAndIsLookedAt(1);
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.isUsedUp()).isTrue();
        used.look();
        assertThat(used.text()).isEqualTo("it ran 100 ms and waited 400 ms");
    }

    @Test
    void timeWithoutACoreIsNotCounted() {
        used.begin();
        for (int i = 0; i < 400; i++) {
            thread.runs(1);
            thread.hasNoCore(9);
            assertThat(deadline.passed()).as("%d0 ms", i).isFalse();
            assertThat(deadline.remainingMillis()).isPositive();
        }
        thread.runs(100);
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.isUsedUp()).isTrue();
    }

    @Test
    void aProcessThatStandsStillWhileACallWaitsUsesNothing() {
        used.begin();
        waitsAndIsLookedAt(100);
        thread.waits(4_000);
        used.look();
        assertThat(deadline.passed()).isFalse();
        assertThat(used.stalledNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(3_950));
        waitsAndIsLookedAt(349);
        assertThat(deadline.passed()).isFalse();
        waitsAndIsLookedAt(1);
        assertThat(deadline.passed()).isTrue();
    }

    @Test
    void whatNeitherRunsNorWaitsIsOverAtTheWallClockLimit() {
        used.begin();
        thread.hasNoCore(4_999);
        used.look();
        assertThat(deadline.passed()).isFalse();
        assertThat(deadline.remainingMillis()).isEqualTo(1);
        thread.hasNoCore(1);
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.isUsedUp()).isFalse();
    }

    @Test
    void whereNobodyCanTellTheWallClockDecides() {
        thread.isMute();
        used.begin();
        thread.hasNoCore(499);
        assertThat(deadline.passed()).isFalse();
        thread.hasNoCore(1);
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.isUsedUp()).isTrue();
        used.look();
        assertThat(used.isMeasured()).isFalse();
        assertThat(used.text()).isEqualTo("it took 500 ms, and nobody can tell how long of that it ran");
    }

    /** As when its answer came between two looks. */
    @Test
    void aThreadThatHasEndedUsesNothingAnyMore() {
        used.begin();
        thread.runs(100);
        used.look();
        thread.hasNoCore(4_000);
        thread.ends();
        used.look();
        assertThat(deadline.passed()).isFalse();
        assertThat(used.isMeasured()).isTrue();
        assertThat(used.ranNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        thread.hasNoCore(900);
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.isUsedUp()).isFalse();
    }

    @Test
    void aThreadOfThisProcessThatHasEndedUsesNothingAnyMore() throws InterruptedException {
        UsedTime time = new UsedTime();
        Thread ending = new Thread(time::begin);
        ending.start();
        ending.join();
        Thread.sleep(20);
        time.look();
        assertThat(time.ranNanos()).isZero();
        assertThat(time.isMeasured()).isTrue();
    }

    /** Its processor time is gone shortly before its state is that of an ended one. */
    @Test
    void aThreadThatEndsWhileItIsLookedAtStaysMeasured() throws InterruptedException {
        for (int i = 0; i < ENDING_THREADS; i++) {
            UsedTime time = new UsedTime();
            Thread ending = new Thread(time::begin);
            ending.start();
            while (ending.isAlive()) {
                assertThat(time.isMeasured()).isTrue();
            }
            ending.join();
        }
    }

    @Test
    void whatHasPassedStaysPassed() {
        used.begin();
        thread.hasNoCore(5_000);
        assertThat(deadline.passed()).isTrue();
        used.begin();
        assertThat(deadline.passed()).isTrue();
    }

    /** A search that is told to stop and then not to stop cannot be repeated by the work that it did. */
    @Test
    void noTimeIsLeftOnlyOnceItHasPassed() {
        used.begin();
        thread.hasNoCore(499);
        thread.hasNoCoreForMicros(500);
        assertThat(deadline.remainingMillis()).isEqualTo(1);
        thread.hasNoCore(1);
        assertThat(deadline.remainingMillis()).isEqualTo(500);
    }

    @Test
    void nothingIsUsedBeforeTheBeginning() {
        thread.runs(10_000);
        assertThat(deadline.remainingMillis()).isEqualTo(500);
        used.begin();
        assertThat(deadline.remainingMillis()).isEqualTo(500);
    }

    @Test
    void oneWithinACallCountsFromNow() {
        used.begin();
        thread.runs(300);
        Deadline later = Deadline.fromNow(used, 500);
        thread.runs(499);
        assertThat(later.passed()).isFalse();
        thread.runs(1);
        assertThat(later.passed()).isTrue();
        Deadline hanging = Deadline.fromNow(used, 100);
        thread.hasNoCore(1_999);
        assertThat(hanging.passed()).isFalse();
        thread.hasNoCore(1);
        assertThat(hanging.passed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2000",
        "100, 2000",
        "200, 2000",
        "201, 2010",
        "500, 5000",
        "9223372036854775807, 9223372036854775807"
    })
    void theWallClockLimitIsTenBudgetsAndTwoSecondsAtLeast(long budgetMillis, long wallMillis) {
        assertThat(Deadline.wallMillis(budgetMillis)).isEqualTo(wallMillis);
    }

    @Test
    void untilTheBudgetMayBeUsedUpOnlyTheClockIsRead() {
        used.begin();
        int before = thread.asked();
        for (int i = 0; i < 4_990; i++) {
            thread.hasNoCore(i % 10 == 0 ? 1 : 0);
            assertThat(deadline.passed()).isFalse();
        }
        assertThat(thread.asked()).isEqualTo(before);
    }

    @Test
    void withoutACoreItIsAskedAHandfulOfTimes() {
        used.begin();
        int before = thread.asked();
        for (int i = 0; i < 5_000; i++) {
            assertThat(deadline.passed()).isFalse();
            thread.hasNoCore(1);
        }
        assertThat(deadline.passed()).isTrue();
        assertThat(thread.asked() - before).isLessThan(12);
    }

    /** Whatever a thread does, and whenever somebody looks. */
    @Test
    void neverPassesBeforeTheBudgetIsUsedOrTheLimitIsReachedAndAlwaysAtTheLimit() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            PlayedThread played = new PlayedThread();
            UsedTime time = new UsedTime(() -> played);
            time.begin();
            int budget = random.nextInt(400);
            int wall = budget + random.nextInt(2_000);
            Deadline end = Deadline.of(time, budget, wall);
            long elapsed = 0;
            long own = 0;
            while (elapsed < wall && own < budget) {
                assertThat(end.passed())
                        .as("seed %d after %d ms", seed, elapsed)
                        .isFalse();
                int millis = random.nextInt(40);
                boolean waits = random.nextInt(3) == 0;
                boolean hasACore = random.nextBoolean();
                if (waits) {
                    time.look();
                    played.waits(millis);
                    time.look();
                } else if (hasACore) {
                    played.runs(millis);
                } else {
                    played.hasNoCore(millis);
                }
                if (random.nextBoolean()) {
                    time.look();
                }
                elapsed += millis;
                own += waits || hasACore ? millis : 0;
            }
            assertThat(end.passed()).as("seed %d", seed).isTrue();
            assertThat(end.isUsedUp()).as("seed %d", seed).isEqualTo(own >= budget);
            assertThat(time.nanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(own));
            assertThat(time.elapsedNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(elapsed));
        }
    }
}
