// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompactionPaceTest {

    private final CompactionPace pace = new CompactionPace(10);
    private long turns = 100;

    private int steps(int looks, boolean isUrgent, int turnsPerLook) {
        int steps = 0;
        for (int look = 0; look < looks; look++) {
            turns += turnsPerLook;
            if (pace.isDue(isUrgent, turns)) {
                steps++;
                pace.made(turns);
            }
        }
        return steps;
    }

    @Test
    void withLittleToDoAStepComesEverySoManyLooks() {
        assertThat(steps(100, false, 0)).isEqualTo(10);
    }

    @Test
    void whileOthersWriteWhatIsUrgentWaitsAsLong() {
        assertThat(steps(100, true, 1)).isEqualTo(10);
    }

    @Test
    void whatIsUrgentComesAtEachLookWhileNobodyWrites() {
        assertThat(steps(10, true, 1)).isOne();
        assertThat(steps(10, true, 0)).isEqualTo(10);
    }

    @Test
    void oneWriterIsEnoughToDelayCompaction() {
        steps(10, true, 1);
        turns++;
        assertThat(steps(9, true, 0)).isZero();
        assertThat(steps(1, true, 0)).isOne();
        assertThat(steps(1, true, 0)).isOne();
    }

    @Test
    void isCalmWhileAlmostNobodyWrites() {
        pace.made(100);
        assertThat(pace.isCalm(105)).isTrue();
        assertThat(pace.isCalm(106)).isFalse();
    }
}
