// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedForecastsTest {

    private final StrategyHost strategyHost = new StrategyHost();

    @AfterEach
    void close() {
        strategyHost.close();
    }

    private static Optional<DemandForecast> forecast(float... points) {
        return Optional.of(new DemandForecast(
                StrategyHost.NOW,
                Duration.ofMinutes(15),
                new double[] {0.5},
                new float[][] {points},
                new Quality(true, 1, 2, "as before"),
                List.of()));
    }

    private List<Optional<DemandForecast>> asked(String forecaster) {
        List<ServiceHistory> services = List.of("a", "b", "c").stream()
                .map(service ->
                        new ServiceHistory(StrategyHost.GRAPH, service, LoadSeries.EMPTY, LoadSeries.EMPTY, List.of()))
                .toList();
        return strategyHost
                .strategies
                .scaling()
                .forecast(forecaster, ForecastRequest.of(services, Duration.ofHours(1)));
    }

    @Test
    void oneThatIsWrongTakesNoOthersWithIt() {
        strategyHost.forecaster(
                "mixed",
                (request, context) -> List.of(forecast(1, 2), forecast(1, Float.NaN), forecast(3, Float.MAX_VALUE)));

        List<Optional<DemandForecast>> forecasts = asked("mixed");

        assertThat(forecasts).hasSize(3);
        assertThat(forecasts.get(0)).isPresent();
        assertThat(forecasts.get(1)).isEmpty();
        assertThat(forecasts.get(2)).isPresent();
        assertThat(strategyHost.standing("forecaster", "mixed", "1.0.0").faults())
                .isEqualTo(1);
    }

    @Test
    void anAnswerOfAnotherLengthIsNone() {
        strategyHost.forecaster("short", (request, context) -> List.of(forecast(1)));
        assertThat(asked("short")).hasSize(3).allMatch(Optional::isEmpty);
        assertThat(asked("missing")).hasSize(3).allMatch(Optional::isEmpty);
    }
}
