// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import static eu.nephele.smo.scaling.predictive.Histories.NOW;
import static eu.nephele.smo.scaling.predictive.Histories.forecast;
import static eu.nephele.smo.scaling.predictive.Histories.forecasts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonalForecasterTest {

    private static final double MEDIAN = 0.5;

    /** 40/s, and 160/s for ten hours from half an hour after the time of the forecast on. */
    private static double shift(double hours) {
        double ofDay = (hours + 240_000) % 24;
        return ofDay >= 0.5 && ofDay < 10.5 ? 160 : 40;
    }

    private static double wave(double hours) {
        return 100 + 60 * Math.sin(hours);
    }

    private static double noisy(DoubleUnaryOperator demand, double hours) {
        return demand.applyAsDouble(hours) * (1 + 0.05 * new SplittableRandom((long) (hours * 3600)).nextGaussian());
    }

    @Test
    void foreseesTheBeginningOfTheDay() {
        DemandForecast forecast =
                forecast(Histories.of("a", 5, SeasonalForecasterTest::shift)).orElseThrow();

        assertThat(forecast.quality().usable()).as(forecast.quality().reason()).isTrue();
        assertThat(forecast.quality().meanError()).isLessThan(forecast.quality().reactiveError());
        assertThat(forecast.quantile(MEDIAN, NOW.plus(Duration.ofMinutes(10)))).isCloseTo(40, within(1.0));
        assertThat(forecast.quantile(MEDIAN, NOW.plus(Duration.ofMinutes(45)))).isCloseTo(160, within(1.0));
        assertThat(forecast.until()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    /** A step may be anywhere in its quarter of an hour, so the upper quantile has it early and the lower one late. */
    @Test
    void isUncertainWhereAStepComes() {
        DemandForecast forecast =
                forecast(Histories.of("a", 5, SeasonalForecasterTest::shift)).orElseThrow();

        assertThat(forecast.quantile(0.95, NOW.plus(Duration.ofMinutes(31)))).isGreaterThan(145);
        assertThat(forecast.quantile(0.05, NOW.plus(Duration.ofMinutes(31)))).isLessThan(60);
    }

    /** It came some minutes later than usual, so that the minutes about it were far off. */
    @Test
    void isAsCertainAsEverAfterAStep() {
        DoubleUnaryOperator demand = hours -> {
            long day = (long) Math.floor(hours / 24);
            double late = new SplittableRandom(day).nextDouble() * 0.1;
            return noisy(each -> shift(each + 2 - late), hours);
        };
        DoubleUnaryOperator fourHoursLater = hours -> demand.applyAsDouble(hours + 4);
        DemandForecast after = forecast(Histories.of("a", 12, demand)).orElseThrow();
        DemandForecast longAfter =
                forecast(Histories.of("a", 12, fourHoursLater)).orElseThrow();

        assertThat(width(after)).isCloseTo(width(longAfter), within(0.25 * width(longAfter)));
    }

    private static double width(DemandForecast forecast) {
        return forecast.quantile(0.95, NOW.plusSeconds(600)) - forecast.quantile(0.05, NOW.plusSeconds(600));
    }

    /** A forecast for a minute later does not know much less. */
    @Test
    void certaintyDecreasesWithoutJumps() {
        DemandForecast forecast = forecast(Histories.of("a", 12, hours -> noisy(SeasonalForecasterTest::wave, hours)))
                .orElseThrow();

        for (int minute = 1; minute < 60; minute++) {
            double before = forecast.quantile(0.95, NOW.plusSeconds(60L * (minute - 1)));
            double after = forecast.quantile(0.95, NOW.plusSeconds(60L * minute));
            assertThat(after).as("minute " + minute).isCloseTo(before, within(0.03 * before));
        }
    }

    @Test
    void followsWhatIsDifferentToday() {
        DoubleUnaryOperator demand = hours -> shift(hours) * (hours > -8 ? 1.5 : 1);
        DoubleUnaryOperator calm = hours -> (hours > -8 ? 1.5 : 1) * (100 + 20 * Math.sin(hours * Math.PI / 12));

        assertThat(forecast(Histories.of("a", 5, demand)).orElseThrow().quantile(MEDIAN, NOW.plusSeconds(300)))
                .isCloseTo(60, within(6.0));
        assertThat(forecast(Histories.of("a", 5, calm)).orElseThrow().quantile(MEDIAN, NOW.plusSeconds(300)))
                .isCloseTo(150, within(8.0));
    }

    @Test
    void knowsWeekendsAfterAWeek() {
        // now is an hour before a Monday's beginning; the last two days were free
        DoubleUnaryOperator demand =
                hours -> Math.floorMod((long) Math.floor((hours + 48) / 24), 7L) < 2 ? 40 : shift(hours);

        DemandForecast monday = forecast(Histories.of("a", 13, demand)).orElseThrow();
        assertThat(monday.quantile(MEDIAN, NOW.plus(Duration.ofMinutes(45)))).isCloseTo(160, within(2.0));
        // the same history two days earlier: the first free day begins
        DemandForecast free = forecast(Histories.of("a", 13, hours -> demand.applyAsDouble(hours - 48)))
                .orElseThrow();
        assertThat(free.quantile(MEDIAN, NOW.plus(Duration.ofMinutes(45)))).isCloseTo(40, within(2.0));
    }

    @Test
    void followsATrend() {
        DoubleUnaryOperator growing = hours -> shift(hours) * Math.exp(0.1 * hours / 24);
        double expected = growing.applyAsDouble(0.75);

        assertThat(forecast(Histories.of("a", 10, growing))
                        .orElseThrow()
                        .quantile(MEDIAN, NOW.plus(Duration.ofMinutes(45))))
                .isCloseTo(expected, within(0.03 * expected));
    }

    @Test
    void aCrowdOfOneDayDoesNotComeAgain() {
        DoubleUnaryOperator crowd = hours -> shift(hours) + (hours > -24 && hours < -23 ? 2000 : 0);

        assertThat(forecast(Histories.of("a", 6, crowd)).orElseThrow().quantile(0.9, NOW.plus(Duration.ofMinutes(15))))
                .isLessThan(100);
    }

    /** One sample ten times too high, as a source sends after a restart. */
    @Test
    void oneWrongValueChangesNothing() {
        ServiceHistory right = Histories.of("a", 5, hours -> noisy(SeasonalForecasterTest::shift, hours));
        double[] minutes = right.recent().values();
        minutes[minutes.length - 1] *= 10;
        ServiceHistory wrong = new ServiceHistory(
                right.graph(),
                "a",
                LoadSeries.of(right.recent().at(0), right.recent().step(), minutes),
                right.seasons(),
                List.of());

        double expected = forecast(right).orElseThrow().quantile(MEDIAN, NOW.plusSeconds(120));
        assertThat(forecast(wrong).orElseThrow().quantile(MEDIAN, NOW.plusSeconds(120)))
                .isCloseTo(expected, within(0.05 * expected));
    }

    @Test
    void demandWithoutARhythmIsNotForecast() {
        DemandForecast steady = forecast(Histories.of("a", 10, hours -> noisy(each -> 100, hours)))
                .orElseThrow();
        DemandForecast constant = forecast(Histories.of("a", 10, hours -> 100)).orElseThrow();
        DemandForecast idle = forecast(Histories.of("a", 10, hours -> 0)).orElseThrow();

        assertThat(List.of(steady, constant, idle)).allSatisfy(forecast -> {
            assertThat(forecast.quality().usable()).isFalse();
            assertThat(forecast.quality().reason()).startsWith("no rhythm that helps");
        });
        assertThat(constant.quantile(0.95, NOW.plusSeconds(600))).isCloseTo(100, within(0.01));
        assertThat(idle.quantile(0.95, NOW.plusSeconds(600))).isZero();
    }

    /** Nothing for days, and somebody comes: a share of nothing is no number. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 3, 100})
    void demandAfterNoneAtAllIsANumber(double demand) {
        ServiceHistory idle = Histories.of("a", 5, hours -> 0);
        LoadSeries now = Histories.sampled(
                Duration.ofMinutes(1), 180, hours -> hours > -0.25 ? demand * (1 + 0.3 * Math.sin(100 * hours)) : 0);
        DemandForecast forecast = forecast(new ServiceHistory(Histories.GRAPH, "a", now, idle.seasons(), List.of()))
                .orElseThrow();

        for (int level = 0; level < forecast.levels().length; level++) {
            for (int point = 0; point < forecast.points(); point++) {
                assertThat(forecast.value(level, point)).isBetween(0.0, 10 * demand);
            }
        }
    }

    @Test
    void tenMinutesAreTooLittleAndItSaysSo() {
        DemandForecast young =
                forecast(Histories.of("a", 10.0 / 1440, hours -> 100)).orElseThrow();

        assertThat(young.quality().usable()).isFalse();
        assertThat(young.quality().reason()).contains("too little history", "2 days");
        assertThat(young.quantile(MEDIAN, NOW.plusSeconds(300))).isCloseTo(100, within(0.01));
    }

    @Test
    void nothingKnownIsNoForecast() {
        assertThat(forecast(new ServiceHistory(Histories.GRAPH, "a", LoadSeries.EMPTY, LoadSeries.EMPTY, List.of())))
                .isEmpty();
        double[] gaps = new double[180];
        Arrays.fill(gaps, Double.NaN);
        assertThat(forecast(new ServiceHistory(
                        Histories.GRAPH,
                        "a",
                        LoadSeries.of(NOW.minusSeconds(180 * 60), Duration.ofMinutes(1), gaps),
                        LoadSeries.EMPTY,
                        List.of())))
                .isEmpty();
    }

    @Test
    void gapsAreNoDemandOfZero() {
        ServiceHistory whole = Histories.of("a", 8, SeasonalForecasterTest::shift);
        double[] quarters = whole.seasons().values();
        Arrays.fill(quarters, quarters.length - 96, quarters.length - 40, Double.NaN);
        Arrays.fill(quarters, 96, 192, Double.NaN);
        DemandForecast forecast = forecast(new ServiceHistory(
                        whole.graph(),
                        "a",
                        whole.recent(),
                        LoadSeries.of(whole.seasons().at(0), whole.seasons().step(), quarters),
                        List.of()))
                .orElseThrow();

        assertThat(forecast.quantile(MEDIAN, NOW.plus(Duration.ofMinutes(45)))).isCloseTo(160, within(2.0));
    }

    /** The bins after a day without data have no day before to compare with. */
    @Test
    void aGapOfMoreThanADayDoesNotSpoilTheExamination() {
        ServiceHistory whole = Histories.of("a", 8, SeasonalForecasterTest::shift);
        double[] quarters = whole.seasons().values();
        Arrays.fill(quarters, quarters.length - 250, quarters.length - 100, Double.NaN);
        DemandForecast forecast = forecast(new ServiceHistory(
                        whole.graph(),
                        "a",
                        whole.recent(),
                        LoadSeries.of(whole.seasons().at(0), whole.seasons().step(), quarters),
                        List.of()))
                .orElseThrow();

        assertThat(forecast.quality().usable()).as(forecast.quality().reason()).isTrue();
    }

    /** What the source measures in another unit after a change is a level, and known after some minutes. */
    @Test
    void followsAnotherUnit() {
        DoubleUnaryOperator scaled = hours -> shift(hours) * (hours > -20 ? 60 : 1);
        DemandForecast forecast = forecast(Histories.of("a", 6, scaled)).orElseThrow();

        assertThat(forecast.quantile(MEDIAN, NOW.plusSeconds(120))).isCloseTo(2400, within(24.0));
    }

    /** The clocks go forward, and everything comes an hour earlier in UTC. */
    @Test
    void steepDemandIsNotForecastForAWeekAfterTheClocksChange() {
        for (int days : List.of(0, 10, 13)) {
            assertThat(afterTheClocksChange(days, SeasonalForecasterTest::shift)
                            .quality()
                            .usable())
                    .as("after %d days", days)
                    .isTrue();
        }
        for (int days = 1; days <= 8; days++) {
            assertThat(afterTheClocksChange(days, SeasonalForecasterTest::shift)
                            .quality()
                            .usable())
                    .as("after %d days", days)
                    .isFalse();
        }
    }

    /** How far demand is off now shifts the whole forecast. */
    @Test
    void smoothDemandIsForecastOnWhenTheClocksChange() {
        DoubleUnaryOperator smooth = hours -> 100 + 60 * Math.sin(hours * Math.PI / 12);
        for (int days = 0; days <= 13; days++) {
            DemandForecast forecast = afterTheClocksChange(days, smooth);
            double expected = smooth.applyAsDouble(1 + 5 / 60.0);

            assertThat(forecast.quality().usable()).isTrue();
            assertThat(forecast.quantile(MEDIAN, NOW.plusSeconds(300))).isCloseTo(expected, within(0.12 * expected));
        }
    }

    /** Some hours more than the given days after the change, with noise, 14 days of history. */
    private static DemandForecast afterTheClocksChange(int days, DoubleUnaryOperator demand) {
        return forecast(Histories.of(
                        "a",
                        14,
                        hours -> noisy(by -> demand.applyAsDouble(by > -24.0 * days - 3 ? by + 1 : by), hours)))
                .orElseThrow();
    }

    @Test
    void aClockThatJumpedBackOrFarAheadIsNoFault() {
        for (Duration jump : List.of(Duration.ofHours(-5), Duration.ofHours(3), Duration.ofDays(40))) {
            ServiceHistory history = Histories.of("a", 5, SeasonalForecasterTest::shift);
            ServiceHistory jumped = new ServiceHistory(
                    history.graph(), "a", moved(history.recent(), jump), moved(history.seasons(), jump), List.of());
            assertThat(forecast(jumped)).hasValueSatisfying(forecast -> {
                for (int point = 0; point < forecast.points(); point++) {
                    assertThat(forecast.value(7, point)).isBetween(0.0, 500.0);
                }
            });
        }
    }

    private static LoadSeries moved(LoadSeries series, Duration by) {
        return LoadSeries.of(series.at(0).minus(by), series.step(), series.values());
    }

    @Test
    void learnsWhatCallersSendOn() {
        DoubleUnaryOperator front = hours -> noisy(SeasonalForecasterTest::shift, hours);
        DoubleUnaryOperator other = hours -> 50 + 30 * Math.sin(hours);
        DemandForecast back = forecasts(
                        Histories.of(
                                "back",
                                3,
                                hours -> 2.5 * front.applyAsDouble(hours) + 0.5 * other.applyAsDouble(hours) + 7,
                                "front",
                                "other",
                                "silent"),
                        Histories.of("front", 3, front),
                        Histories.of("other", 3, other),
                        Histories.of("silent", 3, hours -> 0))
                .get(0)
                .orElseThrow();

        assertThat(back.callers()).extracting(CallerShare::caller).containsExactly("front", "other");
        assertThat(back.callers().get(0).requestsPerRequest()).isCloseTo(2.5, within(0.05));
        assertThat(back.callers().get(1).requestsPerRequest()).isCloseTo(0.5, within(0.15));
        assertThat(back.elsewhere()).isCloseTo(7, within(6.0));
    }

    @Test
    void learnsWhatComesFromElsewhere() {
        DemandForecast back = forecasts(
                        Histories.of("back", 3, hours -> 2 * wave(hours) + 50, "front"),
                        Histories.of("front", 3, SeasonalForecasterTest::wave))
                .get(0)
                .orElseThrow();

        assertThat(back.callers().get(0).requestsPerRequest()).isCloseTo(2, within(0.01));
        assertThat(back.elsewhere()).isCloseTo(50, within(1.0));
    }

    /** A new one, say, or one that has no metrics. */
    @Test
    void aCallerOfWhichNothingIsKnownDoesNotHideTheOthers() {
        ServiceHistory unknown =
                new ServiceHistory(Histories.GRAPH, "unknown", LoadSeries.EMPTY, LoadSeries.EMPTY, List.of());
        DemandForecast back = forecasts(
                        Histories.of("back", 3, hours -> 2 * wave(hours), "front", "unknown", "young"),
                        Histories.of("front", 3, SeasonalForecasterTest::wave),
                        unknown,
                        Histories.of("young", 20.0 / 1440, hours -> 5))
                .get(0)
                .orElseThrow();

        assertThat(back.callers()).extracting(CallerShare::caller).containsExactly("front");
        assertThat(back.callers().get(0).requestsPerRequest()).isCloseTo(2, within(0.01));
    }

    /** Three hours of minutes do; in a tenth of them the caller was overloaded and passed on half. */
    @Test
    void learnsSharesFromMinutesAndInSpiteOfOverload() {
        DoubleUnaryOperator front = hours -> 100 + 40 * Math.sin(3 * hours);
        DoubleUnaryOperator passed = hours -> (hours > -0.5 && hours < -0.2 ? 0.5 : 1) * 2 * front.applyAsDouble(hours);
        DemandForecast back = forecasts(
                        Histories.of("back", 0.125, passed, "front"), Histories.of("front", 0.125, front))
                .get(0)
                .orElseThrow();

        assertThat(back.callers()).singleElement().satisfies(share -> assertThat(share.requestsPerRequest())
                .isCloseTo(2, within(0.1)));
    }

    @Test
    void doesNotTellSharesThatDoNotExplain() {
        DoubleUnaryOperator unrelated = hours -> 200 + 150 * Math.sin(17 * hours);
        assertThat(forecasts(
                                Histories.of("back", 3, unrelated, "front", "gone", "back"),
                                Histories.of("front", 3, hours -> 100 + 60 * Math.sin(hours / 3)))
                        .get(0)
                        .orElseThrow()
                        .callers())
                .isEmpty();
        assertThat(forecasts(Histories.of("back", 3, hours -> 200, "front"), Histories.of("front", 3, hours -> 100))
                        .get(0)
                        .orElseThrow()
                        .callers())
                .as("nothing varies")
                .isEmpty();
    }

    @Test
    void callersOfOtherGraphsDoNotCount() {
        ServiceHistory front = Histories.of("front", 3, SeasonalForecasterTest::shift);
        ServiceHistory elsewhere =
                new ServiceHistory(new GraphId("demo", "other"), "front", front.recent(), front.seasons(), List.of());

        assertThat(forecasts(Histories.of("back", 3, hours -> 2 * shift(hours), "front"), elsewhere)
                        .get(0)
                        .orElseThrow()
                        .callers())
                .isEmpty();
    }
}
