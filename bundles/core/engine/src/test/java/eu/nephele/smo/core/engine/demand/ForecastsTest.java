// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.core.contract.decision.DemandOutlook;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.outside.JoinedMetrics;
import eu.nephele.smo.core.engine.FollowingClock;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final MetricQuery RATE = new MetricQuery(
            MetricQuery.REQUEST_RATE, new WorkloadRef(GRAPH, "front"), Duration.ofMinutes(1), Optional.empty());

    private final VirtualClock time = new VirtualClock(NOON);
    private final FollowingClock clock = new FollowingClock(time);
    private final DemandHistory history = new DemandHistory(Duration.ofHours(3), Duration.ofMinutes(1));
    private final Asked asked = new Asked();
    private final Forecasts forecasts =
            new Forecasts(history, asked, graph -> List.of(new GraphDemand("front", RATE, List.of())), clock);

    /** Forecasts nothing and remembers what it was asked. */
    private static final class Asked implements ScalingDecider {

        private final List<ForecastRequest> requests = new ArrayList<>();

        @Override
        public boolean scales(String project, List<SourcedSelection> wishes) {
            return true;
        }

        @Override
        public ScalingInputs inputs(String project, List<SourcedSelection> wishes, Duration usualHistory) {
            return ScalingInputs.NONE;
        }

        @Override
        public List<ScalingOutcome> decide(
                List<ScalingItem> items, List<ClusterCapacity> clusters, DemandOutlook outlook) {
            return List.of();
        }

        @Override
        public List<Optional<DemandForecast>> forecast(String forecaster, ForecastRequest request) {
            requests.add(request);
            return request.services().stream()
                    .map(service -> Optional.<DemandForecast>empty())
                    .toList();
        }
    }

    /** Two weeks of ten requests per second. */
    private record Steady() implements MetricsSource {

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            return Map.of();
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            List<LoadPoint> points = new ArrayList<>();
            for (Instant at = NOON.minus(range); !at.isAfter(NOON); at = at.plus(step)) {
                points.add(new LoadPoint(at, 10));
            }
            return Map.of(queries.iterator().next(), points);
        }
    }

    /** Whenever the first one is made, and whatever the moment of the graph within the quarter of an hour. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200, 449, 450, 899})
    void aForecastReachesAQuarterOfAnHourAheadUntilTheNextOneIsThere(int second) {
        time.advance(Duration.ofSeconds(second));
        for (int i = 0; i < 40; i++) {
            forecasts.of(new GraphId("p", "web" + i), "seasonal");
        }
        time.advance(Duration.ofSeconds(5));
        forecasts.refresh(Duration.ofSeconds(1));
        Map<GraphId, Instant> reach = new HashMap<>();
        for (int step = 0; step < 2 * 3600; step += 5) {
            int known = asked.requests.size();
            forecasts.refresh(Duration.ofSeconds(1));
            asked.requests.subList(step == 0 ? 0 : known, asked.requests.size()).forEach(request -> request.services()
                    .forEach(service ->
                            reach.put(service.graph(), clock.instant().plus(request.horizon()))));
            Instant wanted = clock.instant().plus(Duration.ofMinutes(15));
            assertThat(reach).hasSize(40);
            assertThat(reach.values()).allSatisfy(until -> assertThat(until).isAfterOrEqualTo(wanted));
            time.advance(Duration.ofSeconds(5));
        }
    }

    @Test
    void theFirstForecastIsMadeOfAllThatTheMetricsSourceKnows() {
        history.observe(RATE, 10, Optional.empty(), NOON);
        forecasts.of(GRAPH, "seasonal");
        new HistoryBackfill(
                        history,
                        () -> Optional.of(new JoinedMetrics(List.of(new Steady()))),
                        Duration.ofHours(3),
                        Duration.ofMinutes(1),
                        clock)
                .run();
        time.advance(Duration.ofSeconds(5));
        forecasts.refresh(Duration.ofSeconds(1));
        assertThat(asked.requests).singleElement().satisfies(request -> {
            assertThat(request.services().get(0).recent().size()).isEqualTo(181);
            assertThat(request.services().get(0).seasons().size()).isEqualTo(14 * 96);
        });
    }
}
