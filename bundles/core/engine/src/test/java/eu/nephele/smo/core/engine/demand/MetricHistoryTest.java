// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricHistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MetricHistory history = new MetricHistory(
            Duration.ofHours(3), Duration.ofMinutes(1), Duration.ofSeconds(30), NOON.minusSeconds(60));

    private double observe(int second, double value) {
        return history.observe(value, Optional.empty(), NOON.plusSeconds(second));
    }

    @Test
    void oneReadingFarAboveAllOthersCountsAsTwiceTheHighest() {
        for (int second = 0; second < 300; second += 30) {
            assertThat(observe(second, 100 + second / 30)).isEqualTo(100 + second / 30);
        }
        assertThat(observe(300, 1050)).isCloseTo(218, within(1.0));
        assertThat(observe(330, 110)).isEqualTo(110);
        // the error is forgotten: the next one is alone again
        assertThat(observe(360, 1050)).isLessThan(450);
    }

    @Test
    void aLoadThatReallyJumpsCountsInFullWithTheNextReading() {
        for (int second = 0; second < 300; second += 30) {
            observe(second, 100);
        }
        assertThat(observe(300, 1000)).isCloseTo(200, within(1.0));
        assertThat(observe(330, 1200)).isEqualTo(1200);
        assertThat(observe(360, 1300)).isEqualTo(1300);
    }

    @Test
    void aSourceWithAWindowOfItsOwnConfirmsAfterThat() {
        Optional<Duration> own = Optional.of(Duration.ofSeconds(5));
        history.observe(100, own, NOON);
        assertThat(history.observe(1000, own, NOON.plusSeconds(1))).isCloseTo(200, within(1.0));
        assertThat(history.observe(1000, own, NOON.plusSeconds(5))).isCloseTo(200, within(1.0));
        assertThat(history.observe(1000, own, NOON.plusSeconds(6))).isEqualTo(1000);
        assertThat(history.observe(9000, Optional.of(Duration.ZERO), NOON.plusSeconds(7)))
                .as("of a source that does not err")
                .isEqualTo(9000);
    }

    @Test
    void theSameSamplesReadAgainConfirmNothing() {
        for (int second = 0; second < 300; second += 30) {
            observe(second, 100);
        }
        for (int second = 300; second < 330; second += 5) {
            assertThat(observe(second, 1000)).as("after %d s", second).isCloseTo(200, within(1.0));
        }
        assertThat(observe(330, 1000)).isEqualTo(1000);
    }

    @Test
    void ofTwoDoubtfulReadingsTheLowerOneIsBelieved() {
        observe(0, 100);
        observe(30, 1000);
        assertThat(observe(60, 9000)).isCloseTo(2000, within(1.0));
        assertThat(observe(90, 9000)).isEqualTo(9000);
    }

    @Test
    void aMinuteHasItsPeakForReplicasAndItsLastReadingForForecasts() {
        observe(0, 100);
        observe(5, 300);
        observe(10, 120);
        assertThat(history.peaks(Duration.ofMinutes(5), NOON.plusSeconds(10)).value(0))
                .isCloseTo(300, within(1.0));
        assertThat(history.recent(Duration.ofMinutes(5), NOON.plusSeconds(10)).value(0))
                .isCloseTo(120, within(1.0));
    }

    @Test
    void whatWasBeforeFillsGapsOnly() {
        observe(60, 100);
        history.fillRecent(NOON, 50);
        history.fillRecent(NOON.plusSeconds(60), 700);
        assertThat(history.peaks(Duration.ofMinutes(5), NOON.plusSeconds(60)).values())
                .containsExactly(new double[] {50, 100}, within(0.1));
    }

    @Test
    void whatComesFromNothingIsBelieved() {
        assertThat(observe(0, 0)).isZero();
        assertThat(observe(30, 500)).isEqualTo(500);
    }

    @Test
    void aQuarterOfAnHourIsTheMeanOfItsReadings() {
        assertThat(history.keepSeasons()).isTrue();
        assertThat(history.keepSeasons()).isFalse();
        for (int second = 0; second < 2 * 900; second += 30) {
            observe(second, second < 900 ? second % 60 == 0 ? 100 : 200 : 300);
        }
        LoadSeries first = history.seasons(Duration.ofDays(14), NOON.plusSeconds(1800));
        assertThat(first.size()).isEqualTo(1);
        assertThat(first.value(0)).isCloseTo(150, within(0.1));
        observe(1800, 300);
        assertThat(history.seasons(Duration.ofDays(14), NOON.plusSeconds(1800)).at(1))
                .isEqualTo(NOON.plusSeconds(1800));
    }

    @Test
    void theLatestReadingIsNoneWhenItIsOld() {
        assertThat(history.measuredAt()).as("asked since").isEqualTo(NOON.minusSeconds(60));
        observe(0, 7);
        Duration minute = Duration.ofMinutes(1);
        assertThat(history.latest(minute, NOON.plusSeconds(60))).hasValue(7);
        assertThat(history.latest(minute, NOON.plusSeconds(61))).isEmpty();
        assertThat(history.measuredAt()).isEqualTo(NOON);
    }

    @Test
    void afterAClockWasSetBackTheNextReadingIsTheLatest() {
        observe(600, 7);
        assertThat(history.latest(Duration.ofMinutes(2), NOON))
                .as("of the future")
                .isEmpty();
        observe(0, 9);
        assertThat(history.latest(Duration.ofMinutes(2), NOON)).hasValue(9);
    }

    /** Else a number that is safe without data would wait until the clock has caught up. */
    @Test
    void afterAClockWasSetBackTheTimeWithoutDataBeginsAtOnce() {
        observe(3600, 7);
        history.asked(NOON);
        history.asked(NOON.plusSeconds(30));
        assertThat(history.measuredAt()).isEqualTo(NOON);
    }

    /** A queue may be empty for hours, and long in the next moment. */
    @Test
    void whatIsCountedAtOneMomentIsBelievedAtOnce() {
        Instant begin = Instant.parse("2026-11-20T12:00:00Z");
        MetricHistory queue = new MetricHistory(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ZERO, begin);
        assertThat(queue.observe(1, Optional.empty(), begin)).isEqualTo(1);
        assertThat(queue.observe(47, Optional.empty(), begin.plusSeconds(1))).isEqualTo(47);
    }
}
