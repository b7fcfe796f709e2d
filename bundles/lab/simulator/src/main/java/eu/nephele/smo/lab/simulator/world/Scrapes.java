// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import eu.nephele.smo.lab.simulator.promql.Sample;
import eu.nephele.smo.lab.simulator.promql.Series.History;
import eu.nephele.smo.lab.simulator.promql.Series.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The measured past, as far back as some rule looks. Guarded by the lock of the world. */
final class Scrapes {

    private final Map<String, Map<Map<String, String>, Deque<Point>>> byMetric = new TreeMap<>();

    /**
     * Measures what rules look back for, and forgets the rest.
     *
     * @param ranges what rules look for
     */
    void measure(WorldSeries series, List<Selector> ranges) {
        Map<String, Duration> retention = new HashMap<>();
        for (Selector selector : ranges) {
            Duration range = selector.range().orElse(Duration.ZERO);
            selector.name()
                    .map(List::of)
                    .orElseGet(() -> List.copyOf(series.metrics()))
                    .forEach(metric -> retention.merge(metric, range, (a, b) -> a.compareTo(b) > 0 ? a : b));
        }
        byMetric.keySet().retainAll(retention.keySet());
        retention.forEach((metric, range) -> measure(series, metric, series.at().minus(range)));
    }

    private void measure(WorldSeries series, String metric, Instant oldest) {
        Map<Map<String, String>, Deque<Point>> histories = byMetric.computeIfAbsent(metric, unused -> new HashMap<>());
        for (Sample sample : series.samples(metric)) {
            histories
                    .computeIfAbsent(sample.labels(), unused -> new ArrayDeque<>())
                    .add(new Point(series.at(), sample.value()));
        }
        histories.values().forEach(points -> {
            while (!points.isEmpty() && !points.getFirst().at().isAfter(oldest)) {
                points.removeFirst();
            }
        });
        histories.values().removeIf(Deque::isEmpty);
    }

    /** Points after the beginning of the range of the selector. */
    List<History> past(Selector selector, Instant now) {
        Instant from = now.minus(selector.range().orElse(Duration.ZERO));
        List<History> found = new ArrayList<>();
        selector.name()
                .map(metric -> List.of(byMetric.getOrDefault(metric, Map.of())))
                .orElseGet(() -> List.copyOf(byMetric.values()))
                .forEach(histories -> histories.forEach((labels, points) -> {
                    if (selector.accepts(labels)) {
                        found.add(new History(
                                labels,
                                points.stream()
                                        .filter(point -> point.at().isAfter(from))
                                        .toList()));
                    }
                }));
        return found;
    }
}
