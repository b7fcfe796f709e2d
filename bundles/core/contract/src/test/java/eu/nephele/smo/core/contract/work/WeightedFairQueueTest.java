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

/** Whoever waits in a short queue is soon through, and nobody starves. */
class LanesTest {

    private static final int ALL_SHARES = 19;

    private final Lanes<String> lanes = new Lanes<>();

    @Test
    void insideALaneTheOldestIsFirst() {
        List.of("c", "a", "b").forEach(key -> lanes.add(key, Lane.CHANGE, 0));
        assertThat(rest()).containsExactly("c", "a", "b");
        assertThat(lanes.take()).isEmpty();
    }

    @Test
    void eachLaneHasItsShareWhileAllHaveKeys() {
        for (Lane lane : Lane.values()) {
            fill(lane, 1000);
        }
        Map<Lane, Integer> taken = new EnumMap<>(Lane.class);
        for (int i = 0; i < ALL_SHARES * 10; i++) {
            taken.merge(lanes.take().orElseThrow().lane(), 1, Integer::sum);
        }
        for (Lane lane : Lane.values()) {
            assertThat(taken).containsEntry(lane, lane.shares() * 10);
        }
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void aLaneAloneHasEveryTurn(Lane lane) {
        fill(lane, 100);
        assertThat(rest()).hasSize(100);
        assertThat(lanes.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void oneThatComesToALaneWithoutOthersIsTakenWithinARoundHoweverLongTheOthersAre(Lane lane) {
        for (Lane other : Lane.values()) {
            if (other != lane) {
                fill(other, 10_000);
            }
        }
        for (int i = 0; i < 1000; i++) {
            lanes.take();
        }
        lanes.add("late", lane, 0);
        int turns = 1;
        while (!lanes.take().orElseThrow().key().equals("late")) {
            turns++;
        }
        assertThat(turns).isLessThanOrEqualTo(ALL_SHARES);
    }

    @Test
    void aLaneThatWasEmptyHasSavedNothingUp() {
        fill(Lane.ROUTINE, 1000);
        for (int i = 0; i < 500; i++) {
            lanes.take();
        }
        fill(Lane.CHANGE, 100);
        List<Lane> next = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            next.add(lanes.take().orElseThrow().lane());
        }
        assertThat(next).filteredOn(Lane.ROUTINE::equals).hasSize(2);
    }

    @Test
    void aBetterReasonMovesAKeyAndAWorseOneDoesNot() {
        lanes.add("a", Lane.ROUTINE, 1);
        assertThat(lanes.add("a", Lane.CHANGE, 2)).as("queued anew").isFalse();
        assertThat(lanes.size(Lane.ROUTINE)).isZero();
        assertThat(lanes.oldest(Lane.CHANGE)).hasValue(2);
        lanes.add("a", Lane.PROGRESS, 3);
        assertThat(lanes.oldest(Lane.CHANGE)).hasValue(2);
        assertThat(lanes.size()).isEqualTo(1);
        assertThat(lanes.take().orElseThrow()).isEqualTo(new Lanes.Queued<>("a", Lane.CHANGE, 2));
    }

    private void fill(Lane lane, int keys) {
        for (int i = 0; i < keys; i++) {
            lanes.add(lane + "-" + i, lane, i);
        }
    }

    private List<String> rest() {
        List<String> taken = new ArrayList<>();
        while (lanes.size() > 0) {
            taken.add(lanes.take().orElseThrow().key());
        }
        return taken;
    }
}
