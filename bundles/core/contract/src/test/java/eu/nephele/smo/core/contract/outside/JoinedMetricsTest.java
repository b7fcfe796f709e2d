// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.outside.JoinedMetrics.JoinedAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class JoinedMetricsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final MetricQuery WEB = query("web");
    private static final MetricQuery DB = query("db");
    private static final MetricQuery LOG = query("log");

    /** Has one value per service that it knows, now and a while ago. */
    private static final class Known implements MetricsSource {

        private final Map<MetricQuery, Double> values;
        private final Optional<String> failing;
        private final List<Set<MetricQuery>> calls = new ArrayList<>();

        Known(Map<MetricQuery, Double> values) {
            this(values, Optional.empty());
        }

        Known(Map<MetricQuery, Double> values, Optional<String> failing) {
            this.values = values;
            this.failing = failing;
        }

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            calls.add(Set.copyOf(queries));
            failing.ifPresent(system -> {
                throw new AdapterException(Kind.UNAVAILABLE, system, "is away");
            });
            return values;
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            Map<MetricQuery, List<LoadPoint>> points = new HashMap<>();
            queries.forEach(query -> points.put(query, List.of()));
            instant(queries).forEach((query, value) -> points.put(query, List.of(new LoadPoint(Instant.EPOCH, value))));
            return points;
        }
    }

    @Test
    void aLaterSourceIsAskedOnceForWhatTheFormerHasNoDataFor() {
        Known first = new Known(Map.of(WEB, 1.0));
        Known second = new Known(Map.of(WEB, 20.0, DB, 2.0));
        JoinedMetrics joined = new JoinedMetrics(List.of(first, second));

        assertThat(joined.instant(List.of(WEB, DB, LOG))).isEqualTo(Map.of(WEB, 1.0, DB, 2.0));
        assertThat(first.calls).containsExactly(Set.of(WEB, DB, LOG));
        assertThat(second.calls).containsExactly(Set.of(DB, LOG));
    }

    @Test
    void whereTheFirstKnowsEverythingNobodyElseIsAsked() {
        Known second = new Known(Map.of());
        JoinedMetrics joined = new JoinedMetrics(List.of(new Known(Map.of(WEB, 0.0)), second));

        assertThat(joined.instant(List.of(WEB))).isEqualTo(Map.of(WEB, 0.0));
        assertThat(second.calls).isEmpty();
    }

    @Test
    void noPointsAreNoData() {
        JoinedMetrics joined = new JoinedMetrics(List.of(new Known(Map.of(WEB, 1.0)), new Known(Map.of(DB, 2.0))));

        assertThat(joined.range(List.of(WEB, DB, LOG), MINUTE, MINUTE)).containsOnlyKeys(WEB, DB);
        assertThat(joined.range(List.of(DB), MINUTE, MINUTE).get(DB))
                .containsExactly(new LoadPoint(Instant.EPOCH, 2.0));
    }

    @Test
    void aSourceThatFailsTakesAwayNothingOfTheOthers() {
        Known failing = new Known(Map.of(), Optional.of("first"));
        JoinedMetrics joined = new JoinedMetrics(List.of(failing, new Known(Map.of(DB, 2.0))));

        assertThat(joined.instant(List.of(WEB, DB))).isEqualTo(Map.of(DB, 2.0));
        JoinedAnswer<Double> answer = joined.present(List.of(WEB, DB));
        assertThat(answer.failure(DB)).isEmpty();
        assertThat(answer.failure(WEB))
                .get()
                .extracting(AdapterException::system)
                .isEqualTo("first");
        assertThat(answer.failures()).hasSize(1);
    }

    @Test
    void theWindowOfASourceGoesWithItsValuesOnly() {
        MetricsSource counters = new MetricsSource() {
            @Override
            public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
                return Map.of(WEB, 1.0);
            }

            @Override
            public Map<MetricQuery, List<LoadPoint>> range(
                    Collection<MetricQuery> queries, Duration range, Duration step) {
                return Map.of();
            }

            @Override
            public Optional<Duration> ownWindow() {
                return Optional.of(Duration.ZERO);
            }
        };
        JoinedMetrics joined = new JoinedMetrics(List.of(counters, new Known(Map.of(DB, 2.0))));

        assertThat(joined.present(List.of(WEB, DB, LOG)).ownWindows()).isEqualTo(Map.of(WEB, Duration.ZERO));
    }

    @Test
    void whatNobodyKnowsFailsWithTheFirstThatFailed() {
        JoinedMetrics joined = new JoinedMetrics(List.of(
                new Known(Map.of(), Optional.of("first")),
                new Known(Map.of()),
                new Known(Map.of(), Optional.of("third"))));

        assertThatThrownBy(() -> joined.instant(List.of(WEB)))
                .isInstanceOfSatisfying(AdapterException.class, failure -> {
                    assertThat(failure.system()).isEqualTo("first");
                    assertThat(failure.getSuppressed()).hasSize(1);
                });
        assertThatThrownBy(() -> joined.range(List.of(WEB), MINUTE, MINUTE)).isInstanceOf(AdapterException.class);
    }

    @Test
    void withoutDataAndWithoutFailureThereIsJustNone() {
        assertThat(new JoinedMetrics(List.of(new Known(Map.of()))).instant(List.of(WEB)))
                .isEmpty();
        assertThat(new JoinedMetrics(List.of()).instant(List.of(WEB))).isEmpty();
    }

    @Test
    void theOrderIsThatOfTheRankingsAndOfEqualsTheLastComesFirst() {
        List<Map.Entry<Map<String, Object>, String>> services = List.of(
                Map.entry(Map.of(Constants.SERVICE_RANKING, 0, Constants.SERVICE_ID, 1L), "old"),
                Map.entry(Map.of(Constants.SERVICE_RANKING, 10, Constants.SERVICE_ID, 2L), "partner"),
                Map.entry(Map.of(Constants.SERVICE_ID, 3L), "new"));

        assertThat(HighestRanked.inOrder(services))
                .extracting(Map.Entry::getValue)
                .containsExactly("partner", "new", "old");
    }

    private static MetricQuery query(String service) {
        return new MetricQuery(
                MetricQuery.CPU_CORES, new WorkloadRef(new GraphId("p", "g"), service), MINUTE, Optional.empty());
    }
}
