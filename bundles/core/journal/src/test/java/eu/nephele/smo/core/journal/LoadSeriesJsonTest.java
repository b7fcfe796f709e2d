// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoadSeriesJsonTest {

    private static final DemandForecast FORECAST = new DemandForecast(
            Instant.parse("2026-01-05T00:00:00Z"),
            Duration.ofMinutes(1),
            new double[] {0.5, 0.9},
            new float[][] {{1, 2.5f}, {3, 4}},
            new Quality(true, Double.NaN, 2, "made up"),
            List.of(new CallerShare("front", 1.25)),
            7.5);

    @Test
    void aForecastComesBackWithAllThatItSays() {
        DemandForecast read = LoadSeriesJson.forecast(LoadSeriesJson.forecast(FORECAST));

        assertThat(read.first()).isEqualTo(FORECAST.first());
        assertThat(read.step()).isEqualTo(FORECAST.step());
        assertThat(read.levels()).isEqualTo(FORECAST.levels());
        assertThat(List.of(read.value(0, 1), read.value(1, 0))).containsExactly(2.5, 3.0);
        assertThat(read.quality()).isEqualTo(FORECAST.quality());
        assertThat(read.callers()).isEqualTo(FORECAST.callers());
        assertThat(read.elsewhere()).isEqualTo(7.5);
    }

    /** Records of before knew of nothing that comes from elsewhere. */
    @Test
    void aForecastWithoutDemandFromElsewhereHasNone() {
        Map<String, JsonValue> members =
                new TreeMap<>(LoadSeriesJson.forecast(FORECAST).members());
        members.remove("elsewhere");
        JsonObject before = new JsonObject(members);

        assertThat(LoadSeriesJson.forecast(before).elsewhere()).isZero();
    }
}
