// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CompactSeriesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final CompactSeries series = new CompactSeries(MINUTE, 10);

    private void put(int minute, double value) {
        series.put(series.slotOf(NOON.plus(MINUTE.multipliedBy(minute))), value);
    }

    private LoadSeries since(int minutes, int nowMinute) {
        return series.since(Duration.ofMinutes(minutes), NOON.plus(MINUTE.multipliedBy(nowMinute)));
    }

    @Test
    void keepsTheLastValuesWithTheirTimesAndGaps() {
        for (int minute = 0; minute < 15; minute++) {
            if (minute != 12) {
                put(minute, minute);
            }
        }
        LoadSeries all = since(100, 14);
        assertThat(all.values()).containsExactly(5, 6, 7, 8, 9, 10, 11, Double.NaN, 13, 14);
        assertThat(all.at(0)).isEqualTo(NOON.plus(MINUTE.multipliedBy(5)));
        assertThat(since(2, 14).values()).as("it begins with what is known").containsExactly(13, 14);
        assertThat(all.points()).hasSize(9);
    }

    @Test
    void theLatestValueOfASlotCounts() {
        put(0, 1);
        put(0, 2);
        assertThat(since(5, 0).values()).containsExactly(2);
    }

    @Test
    void theLargestValueOfASlotCountsWhereItIsWanted() {
        long slot = series.slotOf(NOON);
        series.raise(slot, 1);
        series.raise(slot, 3);
        series.raise(slot, 2);
        assertThat(since(5, 0).values()).containsExactly(3);
        series.raise(slot + 1, 1);
        assertThat(since(5, 1).values()).containsExactly(3, 1);
    }

    @Test
    void aJumpOfTheClockAheadLeavesAGapAndALongOneEverything() {
        put(0, 1);
        put(3, 2);
        assertThat(since(100, 3).values()).containsExactly(1, Double.NaN, Double.NaN, 2);
        put(300, 3);
        assertThat(since(100, 300).values()).containsExactly(3);
    }

    @Test
    void aClockThatIsSetBackALittleChangesNothingThatIsKnown() {
        for (int minute = 0; minute < 10; minute++) {
            put(minute, minute);
        }
        put(7, 99);
        put(-5, 99);
        assertThat(since(100, 9).values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(since(100, 5).values()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void aClockThatIsSetBackFarBeginsAnew() {
        put(0, 1);
        put(-500, 2);
        put(-499, 3);
        assertThat(since(100, -499).values()).containsExactly(2, 3);
    }

    @Test
    void aGapCanBeFilledLaterAndAKnownValueStays() {
        put(0, 1);
        put(3, 4);
        put(1, 2);
        put(0, 9);
        assertThat(since(100, 3).values()).containsExactly(1, 2, Double.NaN, 4);
    }
}
