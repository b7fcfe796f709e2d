// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryBackfillTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration RECENT = Duration.ofHours(3);

    private final VirtualClock time = new VirtualClock(NOON);
    private final DemandHistory history = new DemandHistory(RECENT, STEP);
    private final Played played = new Played();
    private Optional<JoinedMetrics> source = Optional.of(new JoinedMetrics(List.of(played)));
    private final HistoryBackfill backfill =
            new HistoryBackfill(history, () -> source, RECENT, STEP, new FollowingClock(time));

    /** Knows one value, two steps ago, and refuses calls in which a service is bad. */
    private static class Played implements MetricsSource {

        private final List<Collection<MetricQuery>> calls = new ArrayList<>();
        private boolean down;

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            return Map.of();
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            calls.add(List.copyOf(queries));
            if (down) {
                throw new AdapterException(Kind.UNAVAILABLE, "played", "is down");
            }
            if (queries.stream().anyMatch(query -> query.workload().service().startsWith("bad"))) {
                throw new AdapterException(Kind.REFUSED, "played", "no");
            }
            Map<MetricQuery, List<LoadPoint>> answer = new HashMap<>();
            queries.forEach(query -> answer.put(query, List.of(new LoadPoint(NOON.minus(step.multipliedBy(2)), 8))));
            return answer;
        }
    }

    private static MetricQuery rate(String service) {
        return new MetricQuery(
                MetricQuery.REQUEST_RATE,
                new WorkloadRef(new GraphId("p", "web"), service),
                Duration.ofSeconds(30),
                Optional.empty());
    }

    private void read(String service) {
        history.observe(rate(service), 4, Optional.empty(), NOON);
    }

    private double oldest(String service) {
        return history.past(rate(service), RECENT, NOON).value(0);
    }

    @Test
    void whatWasBeforeTheFirstReadingIsFilledIn() {
        read("front");
        history.keepSeasons(rate("front"), NOON);
        assertThat(backfill.run()).isFalse();
        assertThat(oldest("front")).isCloseTo(8, within(0.01));
        assertThat(history.seasons(rate("front"), NOON).at(0)).isEqualTo(NOON.minus(Duration.ofMinutes(30)));
        assertThat(played.calls.get(1))
                .as("means of quarters of an hour")
                .allSatisfy(query -> assertThat(query.window()).isEqualTo(Duration.ofMinutes(15)));
        backfill.run();
        assertThat(played.calls).hasSize(2);
    }

    @Test
    void afterAFailureItWaitsLongerEachTime() {
        read("front");
        played.down = true;
        for (int second = 0; second < 3600; second++) {
            assertThat(backfill.run()).as("a failure holds nobody up").isFalse();
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(played.calls).hasSizeBetween(15, 22);
        played.down = false;
        time.advance(Duration.ofMinutes(5));
        backfill.run();
        assertThat(oldest("front")).isCloseTo(8, within(0.01));
    }

    @Test
    void aSourceThatIsDownKeepsNothingOfAnotherBack() {
        Played other = new Played();
        source = Optional.of(new JoinedMetrics(List.of(played, other)));
        played.down = true;
        read("front");
        backfill.run();
        assertThat(oldest("front")).isCloseTo(8, within(0.01));
        assertThat(other.calls).hasSize(1);
    }

    @Test
    void whatNobodyKnowsWhileASourceIsDownIsAskedForAgain() {
        Played empty = new Played() {
            @Override
            public Map<MetricQuery, List<LoadPoint>> range(
                    Collection<MetricQuery> queries, Duration range, Duration step) {
                return Map.of();
            }
        };
        source = Optional.of(new JoinedMetrics(List.of(played, empty)));
        played.down = true;
        read("front");
        backfill.run();
        played.down = false;
        time.advance(Duration.ofSeconds(2));
        backfill.run();
        assertThat(oldest("front")).isCloseTo(8, within(0.01));
    }

    @Test
    void whatIsRefusedIsAskedOnceMoreAlone() {
        read("front");
        read("bad");
        read("back");
        for (int run = 0; run < 10; run++) {
            backfill.run();
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(played.calls).hasSize(4);
        assertThat(oldest("front")).isCloseTo(8, within(0.01));
        assertThat(oldest("back")).isCloseTo(8, within(0.01));
        assertThat(oldest("bad")).isCloseTo(4, within(0.01));
    }

    @Test
    void aRunHasFewCallsAndSaysWhatIsLeft() {
        IntStream.range(0, 1500).forEach(i -> read("s" + i));
        assertThat(backfill.run()).isTrue();
        assertThat(played.calls).hasSize(10);
        assertThat(backfill.run()).isFalse();
        assertThat(played.calls).hasSize(15);
    }

    @Test
    void withoutASourceNothingIsLost() {
        read("front");
        source = Optional.empty();
        assertThat(backfill.run()).isFalse();
        source = Optional.of(new JoinedMetrics(List.of(played)));
        backfill.run();
        assertThat(oldest("front")).isCloseTo(8, within(0.01));
    }
}
