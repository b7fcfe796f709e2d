// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DayRhythmTest {

    private static final int DAY = 96;

    /** Else forecasts of the past would be examined that nobody could have made. */
    @Test
    void whatComesLaterChangesNothingBefore() {
        LoadSeries constant = Histories.sampled(Duration.ofMinutes(15), 14 * DAY, hours -> 100 + hours / 100);
        double[] grown = constant.values();
        int change = 9 * DAY;
        for (int bin = change; bin < grown.length; bin++) {
            grown[bin] *= Math.exp(0.1 * (bin - change) / DAY);
        }
        QuarterSeries calm = QuarterSeries.of(constant);
        QuarterSeries growing = QuarterSeries.of(LoadSeries.of(constant.at(0), constant.step(), grown));
        DayRhythm before = new DayRhythm(calm, 7 * DAY, 1);
        DayRhythm after = new DayRhythm(growing, 7 * DAY, 1);

        for (int bin = 7 * DAY; bin < change; bin++) {
            assertThat(after.at(bin)).isEqualTo(before.at(bin));
        }
        assertThat(new DailyGrowth(growing).asOf(growing.size())).isGreaterThan(0);
        assertThat(after.at(growing.size())).isGreaterThan(1.05 * before.at(calm.size()));
    }
}
