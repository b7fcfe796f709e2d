// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two weeks and three hours of 50,000 services are at most 200 MB: 4 KB for each. */
class DemandHistorySizeTest {

    private static final int GRAPHS = 1000;
    private static final int SERVICES = 5;
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration SEASONS = Duration.ofDays(14);
    private static final Duration RECENT = Duration.ofHours(3);

    @Test
    void theWholePastOfAServiceTakesFourKilobytes() throws InterruptedException {
        List<MetricQuery> queries = IntStream.range(0, GRAPHS * SERVICES)
                .mapToObj(DemandHistorySizeTest::rate)
                .toList();
        DemandHistory history = new DemandHistory(RECENT, Duration.ofMinutes(1));
        long before = used();

        queries.forEach(query -> fill(history, query));
        while (!history.takeMissing(1000).isEmpty()) {
            // what is asked for once only
        }
        long bytes = (used() - before) / queries.size();

        MetricQuery last = queries.get(queries.size() - 1);
        Instant end = BEGIN.plus(SEASONS);
        assertThat(history.seasons(last, end).size()).isGreaterThan(14 * 96 - 3);
        assertThat(history.recent(last, end).size()).isGreaterThan(178);
        assertThat(bytes).as("bytes for each service").isBetween(2000L, 4000L);
    }

    private static MetricQuery rate(int number) {
        return new MetricQuery(
                MetricQuery.REQUEST_RATE,
                new WorkloadRef(new GraphId("p", "g" + number / SERVICES), "s" + number % SERVICES),
                Duration.ofMinutes(1),
                Optional.empty());
    }

    private static void fill(DemandHistory history, MetricQuery query) {
        history.observe(query, 1, Optional.empty(), BEGIN);
        history.keepSeasons(query, BEGIN);
        Instant end = BEGIN.plus(SEASONS);
        Instant recent = end.minus(RECENT);
        for (Instant at = BEGIN.plusSeconds(900); at.isBefore(recent); at = at.plusSeconds(900)) {
            history.observe(query, 100.0 + at.getEpochSecond() % 3600, Optional.empty(), at);
        }
        for (Instant at = recent; !at.isAfter(end); at = at.plusSeconds(60)) {
            history.observe(query, 100.0 + at.getEpochSecond() % 3600, Optional.empty(), at);
        }
    }

    /** After collections: a weak reference to a new object is cleared by the next one. */
    private static long used() throws InterruptedException {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) {
            System.gc();
            Thread.sleep(10);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
