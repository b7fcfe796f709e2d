// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class DailyLoadTest {

    private static final Instant NOW = SimpleContext.unlimited().now();
    private static final Duration STEP = Duration.ofMinutes(15);
    private static final int STEPS_PER_DAY = 96;

    /** At any time of day, of demand that is high for some hours and low for the others. */
    @Property(tries = 200)
    void foreseesTheHoursOfADay(
            @ForAll @IntRange(max = 23) int begin,
            @ForAll @IntRange(min = 1, max = 12) int length,
            @ForAll @DoubleRange(min = 1, max = 200) double low,
            @ForAll @DoubleRange(min = 2, max = 10) double factor) {
        double[] past = hours(7, begin, length, low, low * factor);
        DemandForecast forecast = forecast(past).orElseThrow();

        assertThat(forecast.quality().usable()).as(forecast.quality().reason()).isTrue();
        for (int hour = 0; hour < 6; hour++) {
            boolean high = Math.floorMod(hour - begin, 24) < length;
            double expected = high ? low * factor : low;
            assertThat(forecast.quantile(0.5, NOW.plus(Duration.ofMinutes(60L * hour + 30))))
                    .isCloseTo(expected, within(0.001 * expected));
        }
    }

    @Example
    void oneNightOfFailureDoesNotCount() {
        double[] past = hours(7, 0, 12, 100, 100);
        Arrays.fill(past, 0, STEPS_PER_DAY, 0);

        assertThat(forecast(past).orElseThrow().quantile(0.5, NOW.plusSeconds(600)))
                .isEqualTo(100);
    }

    @Example
    void aDayIsTooLittle() {
        assertThat(forecast(hours(1, 0, 12, 10, 100))).isEmpty();
        assertThat(forecast(new double[0])).isEmpty();
    }

    @Example
    void doesNotRelyOnItselfWhereDemandJustWanders() {
        double[] past = hours(7, 0, 12, 0, 0);
        for (int i = 0; i < past.length; i++) {
            past[i] = 100 + i;
        }
        assertThat(forecast(past).orElseThrow().quality().usable()).isFalse();
    }

    /** The median of two days fits these two days, whatever comes next. */
    @Example
    void twoDaysAreForecastButNotReliedOn() {
        DemandForecast forecast = forecast(hours(2, 0, 12, 10, 100)).orElseThrow();

        assertThat(forecast.quality().usable()).isFalse();
        assertThat(forecast.quality().reason()).contains("not two days");
        assertThat(forecast(hours(3, 0, 12, 10, 100)).orElseThrow().quality().usable())
                .isTrue();
    }

    private static double[] hours(int days, int begin, int length, double low, double high) {
        double[] values = new double[days * STEPS_PER_DAY];
        for (int i = 0; i < values.length; i++) {
            // the last value ends now, at midnight
            int hour = i / 4 % 24;
            values[i] = Math.floorMod(hour - begin, 24) < length ? high : low;
        }
        return values;
    }

    private static Optional<DemandForecast> forecast(double[] past) {
        LoadSeries seasons = past.length == 0
                ? LoadSeries.EMPTY
                : LoadSeries.of(NOW.minus(STEP.multipliedBy(past.length - 1L)), STEP, past);
        ServiceHistory history =
                new ServiceHistory(new GraphId("demo", "shop"), "web", LoadSeries.EMPTY, seasons, List.of());
        return new DailyForecaster()
                .forecast(ForecastRequest.of(List.of(history), Duration.ofHours(6)), SimpleContext.unlimited())
                .get(0);
    }
}
