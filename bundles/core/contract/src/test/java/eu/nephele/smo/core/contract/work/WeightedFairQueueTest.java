// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key in a short queue is soon through, and none starves. */
class WeightedFairQueueTest {

    private static final int ALL_SHARES = 19;

    private final WeightedFairQueue<String> weightedFairQueue = new WeightedFairQueue<>();

    @Test
    void insideAPriorityLevelTheOldestKeyIsFirst() {
        List.of("c", "a", "b").forEach(key -> weightedFairQueue.add(key, PriorityLevel.CHANGE, 0));
        assertThat(rest()).containsExactly("c", "a", "b");
        assertThat(weightedFairQueue.take()).isEmpty();
    }

    @Test
    void eachPriorityLevelHasItsShareWhileAllHaveKeys() {
        for (PriorityLevel priorityLevel : PriorityLevel.values()) {
            fill(priorityLevel, 1000);
        }
        Map<PriorityLevel, Integer> taken = new EnumMap<>(PriorityLevel.class);
        for (int i = 0; i < ALL_SHARES * 10; i++) {
            taken.merge(weightedFairQueue.take().orElseThrow().lane(), 1, Integer::sum);
        }
        for (PriorityLevel priorityLevel : PriorityLevel.values()) {
            assertThat(taken).containsEntry(priorityLevel, priorityLevel.shares() * 10);
        }
    }

    @ParameterizedTest
    @EnumSource(PriorityLevel.class)
    void theOnlyPriorityLevelWithKeysHasEveryTurn(PriorityLevel priorityLevel) {
        fill(priorityLevel, 100);
        assertThat(rest()).hasSize(100);
        assertThat(weightedFairQueue.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(PriorityLevel.class)
    void aKeyAtAnEmptyPriorityLevelIsTakenWithinARoundHoweverLongTheOtherLevelsAre(PriorityLevel priorityLevel) {
        for (PriorityLevel other : PriorityLevel.values()) {
            if (other != priorityLevel) {
                fill(other, 10_000);
            }
        }
        for (int i = 0; i < 1000; i++) {
            weightedFairQueue.take();
        }
        weightedFairQueue.add("late", priorityLevel, 0);
        int turns = 1;
        while (!weightedFairQueue.take().orElseThrow().key().equals("late")) {
            turns++;
        }
        assertThat(turns).isLessThanOrEqualTo(ALL_SHARES);
    }

    @Test
    void aPriorityLevelThatWasEmptyHasNoCredit() {
        fill(PriorityLevel.ROUTINE, 1000);
        for (int i = 0; i < 500; i++) {
            weightedFairQueue.take();
        }
        fill(PriorityLevel.CHANGE, 100);
        List<PriorityLevel> next = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            next.add(weightedFairQueue.take().orElseThrow().lane());
        }
        assertThat(next).filteredOn(PriorityLevel.ROUTINE::equals).hasSize(2);
    }

    @Test
    void aBetterReasonMovesAKeyAndAWorseOneDoesNot() {
        weightedFairQueue.add("a", PriorityLevel.ROUTINE, 1);
        assertThat(weightedFairQueue.add("a", PriorityLevel.CHANGE, 2))
                .as("queued anew")
                .isFalse();
        assertThat(weightedFairQueue.size(PriorityLevel.ROUTINE)).isZero();
        assertThat(weightedFairQueue.oldest(PriorityLevel.CHANGE)).hasValue(2);
        weightedFairQueue.add("a", PriorityLevel.PROGRESS, 3);
        assertThat(weightedFairQueue.oldest(PriorityLevel.CHANGE)).hasValue(2);
        assertThat(weightedFairQueue.size()).isEqualTo(1);
        assertThat(weightedFairQueue.take().orElseThrow())
                .isEqualTo(new WeightedFairQueue.Queued<>("a", PriorityLevel.CHANGE, 2));
    }

    private void fill(PriorityLevel priorityLevel, int keys) {
        for (int i = 0; i < keys; i++) {
            weightedFairQueue.add(priorityLevel + "-" + i, priorityLevel, i);
        }
    }

    private List<String> rest() {
        List<String> taken = new ArrayList<>();
        while (weightedFairQueue.size() > 0) {
            taken.add(weightedFairQueue.take().orElseThrow().key());
        }
        return taken;
    }
}
