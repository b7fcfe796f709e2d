// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The sums of the ledger in memory, beside a table that the test plays. */
class ReservedSumsTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final CapacityKey CPU1 = new CapacityKey(C1, Resources.CPU);
    private static final CapacityKey GPU1 = new CapacityKey(C1, Resources.GPU);
    private static final CapacityKey CPU2 = new CapacityKey(C2, Resources.CPU);

    private final Map<CapacityKey, CapacitySum> table = new HashMap<>(Map.of(CPU1, CapacitySum.of(2000)));
    private final ReservedSums sums = new ReservedSums(() -> true);
    private int read;

    @Test
    void theTableIsReadOnceAndChangesAreAddedUp() {
        assertThat(get()).isEqualTo(Map.of(C1, cores(2)));
        change(CPU1, CapacitySum.of(500));
        change(CPU2, CapacitySum.of(4000));
        assertThat(get()).isEqualTo(Map.of(C1, new Resources(2500, 0, 0, 0), C2, cores(4)));
        change(CPU1, CapacitySum.NOTHING.minus(CapacitySum.of(2500)));
        assertThat(get()).as("a cluster without reservations is missing").isEqualTo(Map.of(C2, cores(4)));
        assertThat(read).isEqualTo(1);
    }

    @Test
    void theAnswerIsACopy() {
        get().clear();
        assertThat(get()).isEqualTo(Map.of(C1, cores(2)));
        get().clear();
        assertThat(get()).isEqualTo(Map.of(C1, cores(2)));
    }

    @Test
    void anUnlimitedReservationHidesAllLimitedOnesUntilItEnds() {
        table.put(GPU1, CapacitySum.of(3));
        get();
        change(GPU1, CapacitySum.of(Resources.UNLIMITED));
        assertThat(get()).isEqualTo(Map.of(C1, new Resources(2000, 0, 0, Resources.UNLIMITED)));
        change(GPU1, CapacitySum.NOTHING.minus(CapacitySum.of(Resources.UNLIMITED)));
        assertThat(get()).isEqualTo(Map.of(C1, new Resources(2000, 0, 0, 3)));
    }

    @Test
    void aChangeOfUnknownOutcomeIsReadAgain() {
        get();
        assertThatThrownBy(() -> sums.change(
                        () -> {
                            table.put(CPU1, CapacitySum.of(7000));
                            throw new IllegalStateException("connection lost");
                        },
                        any -> Map.of()))
                .hasMessage("connection lost");
        assertThat(get()).isEqualTo(Map.of(C1, cores(7)));
        assertThat(read).isEqualTo(2);
    }

    @Test
    void aChangeReturnsTheAnswerOfItsWork() {
        assertThat(sums.<String>change(() -> "stored", any -> Map.of())).isEqualTo("stored");
    }

    @Test
    void aRebuildIsReadAgain() {
        get();
        String answer = sums.rebuild(() -> {
            table.put(CPU1, CapacitySum.of(1000));
            return "rebuilt";
        });
        assertThat(answer).isEqualTo("rebuilt");
        assertThat(get()).isEqualTo(Map.of(C1, cores(1)));
    }

    @Test
    void besideAnotherServerTheTableIsReadEachTime() {
        ReservedSums shared = new ReservedSums(() -> false);
        assertThat(shared.get(this::load)).isEqualTo(Map.of(C1, cores(2)));
        table.put(CPU1, CapacitySum.of(3000));
        assertThat(shared.get(this::load)).isEqualTo(Map.of(C1, cores(3)));
        assertThat(read).isEqualTo(2);
    }

    @Test
    void theTableIsNotReadDuringAChange() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<String> change = CompletableFuture.supplyAsync(() -> sums.change(
                () -> {
                    begun.countDown();
                    await(mayEnd);
                    table.put(CPU1, CapacitySum.of(5000));
                    return "stored";
                },
                any -> Map.of(CPU1, CapacitySum.of(3000))));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Map<ClusterId, Resources>> reader = new CompletableFuture<>();
        Thread thread = new Thread(() -> reader.complete(get()));
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(reader).as("it waits for the change").isNotDone();
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        change.get(10, TimeUnit.SECONDS);
        assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(Map.of(C1, cores(5)));
    }

    /** Afterwards others can change and read; a lock that is kept would hold them up. */
    @Test
    void everyCallGivesItsLockBack() throws Exception {
        get();
        change(CPU1, CapacitySum.of(1000));
        sums.rebuild(() -> "rebuilt");
        CompletableFuture<Map<ClusterId, Resources>> other = CompletableFuture.supplyAsync(() -> {
            change(CPU2, CapacitySum.of(1000));
            return get();
        });
        assertThat(other.get(10, TimeUnit.SECONDS)).containsKey(C1);
        change(CPU2, CapacitySum.of(1000));
        CompletableFuture<String> rebuild = CompletableFuture.supplyAsync(() -> sums.rebuild(() -> "again"));
        assertThat(rebuild.get(10, TimeUnit.SECONDS)).isEqualTo("again");
    }

    @Test
    void rowsAreInTheOrderOfClusterNamesThenResources() {
        CapacityKey elsewhere = new CapacityKey(new ClusterId("other", "c0"), Resources.GPU);
        assertThat(new TreeSet<>(List.of(CPU2, GPU1, elsewhere, CPU1))).containsExactly(elsewhere, CPU1, GPU1, CPU2);
    }

    @Test
    void aSumIsNothingOnlyWithoutLimitedAndUnlimitedAmounts() {
        assertThat(CapacitySum.NOTHING.isNothing()).isTrue();
        assertThat(CapacitySum.of(1).isNothing()).isFalse();
        assertThat(CapacitySum.of(Resources.UNLIMITED).isNothing()).isFalse();
        assertThat(CapacitySum.of(3).minus(CapacitySum.of(3))).isEqualTo(CapacitySum.NOTHING);
        assertThat(CapacitySum.of(3).plus(CapacitySum.of(Resources.UNLIMITED))).isEqualTo(new CapacitySum(3, 1));
        assertThat(CapacitySum.of(3).amount()).isEqualTo(3);
    }

    private Map<ClusterId, Resources> get() {
        return sums.get(this::load);
    }

    private Map<CapacityKey, CapacitySum> load() {
        read++;
        return Map.copyOf(table);
    }

    private void change(CapacityKey key, CapacitySum amount) {
        sums.change(
                () -> {
                    table.merge(key, amount, CapacitySum::plus);
                    return "stored";
                },
                any -> Map.of(key, amount));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }
}
