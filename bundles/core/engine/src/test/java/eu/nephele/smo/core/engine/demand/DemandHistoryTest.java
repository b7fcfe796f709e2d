// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.engine.demand.DemandHistory.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemandHistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final GraphId GRAPH = new GraphId("p", "web");

    private final DemandHistory history = new DemandHistory(Duration.ofHours(3), Duration.ofMinutes(1));

    private static MetricQuery rate(String service) {
        return new MetricQuery(
                MetricQuery.REQUEST_RATE, new WorkloadRef(GRAPH, service), Duration.ofMinutes(1), Optional.empty());
    }

    @Test
    void whatNobodyAsksForWhileTheGraphIsDecidedIsForgotten() {
        history.observe(rate("removed"), 1, Optional.empty(), NOON);
        history.observe(rate("stays"), 1, Optional.empty(), NOON);
        history.prune(NOON);
        assertThat(history.find(rate("removed"))).isPresent();
        history.observe(rate("stays"), 1, Optional.empty(), NOON.plusSeconds(3601));
        history.prune(NOON.plusSeconds(3601));
        assertThat(history.find(rate("removed"))).isEmpty();
        assertThat(history.find(rate("stays"))).isPresent();
    }

    @Test
    void afterAClockWasSetBackWhatIsAskedForStays() {
        Instant back = NOON.minus(Duration.ofHours(2));
        history.observe(rate("removed"), 1, Optional.empty(), NOON);
        history.observe(rate("stays"), 1, Optional.empty(), back);
        history.prune(back);
        assertThat(history.find(rate("stays"))).isPresent();
        history.observe(rate("stays"), 1, Optional.empty(), back.plusSeconds(3601));
        history.prune(back.plusSeconds(3601));
        assertThat(history.find(rate("removed"))).isEmpty();
        assertThat(history.find(rate("stays"))).isPresent();
    }

    @Test
    void aGraphThatIsNotDecidedForAWhileKeepsItsPast() {
        history.observe(rate("front"), 1, Optional.empty(), NOON);
        history.prune(NOON);
        assertThat(history.graphs()).containsExactly(GRAPH);
        assertThat(history.find(rate("front"))).isPresent();
        history.forget(GRAPH);
        assertThat(history.find(rate("front"))).isEmpty();
    }

    @Test
    void ofTheLastHoursThePeaksAreToldAndOfTwoWeeksTheMeans() {
        history.observe(rate("front"), 1, Optional.empty(), NOON);
        history.observe(rate("front"), 3, Optional.empty(), NOON.plusSeconds(5));
        history.observe(rate("front"), 2, Optional.empty(), NOON.plusSeconds(10));
        assertThat(history.past(rate("front"), Duration.ofHours(1), NOON.plusSeconds(10))
                        .values())
                .containsExactly(3);
        assertThat(history.recent(rate("front"), NOON.plusSeconds(10)).values()).containsExactly(2);
        assertThat(history.past(rate("front"), Duration.ZERO, NOON).size()).isZero();
        assertThat(history.past(rate("front"), Duration.ofDays(7), NOON).size()).isZero();
    }

    @Test
    void thePastIsAskedForOnceAndInCallsOfOneKind() {
        history.observe(rate("a"), 1, Optional.empty(), NOON);
        history.keepSeasons(rate("a"), NOON);
        history.keepSeasons(rate("a"), NOON);
        history.observe(rate("b"), 1, Optional.empty(), NOON);
        assertThat(history.takeMissing(10))
                .containsExactly(new Missing(rate("a"), false, false), new Missing(rate("b"), false, false));
        assertThat(history.isMissing()).isTrue();
        assertThat(history.takeMissing(10)).containsExactly(new Missing(rate("a"), true, false));
        assertThat(history.takeMissing(10)).isEmpty();
    }
}
