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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Past measurements within the longest range of any rule. Guarded by the lock of the world. */
final class ScrapeHistory {

    private final Map<String, SeriesIndex<Deque<Point>>> byMetric = new TreeMap<>();

    /**
     * Measures the series that rules have ranges over, and forgets the others.
     *
     * @param ranges selectors with a range of all rules
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
        SeriesIndex<Deque<Point>> before = byMetric.getOrDefault(metric, new SeriesIndex<>(Map.of()));
        Map<Map<String, String>, Deque<Point>> histories = new HashMap<>(before.all());
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
        byMetric.put(metric, new SeriesIndex<>(histories));
    }

    /** Points after the beginning of the range of the selector. */
    List<History> past(Selector selector, Instant now) {
        Instant from = now.minus(selector.range().orElse(Duration.ZERO));
        List<History> found = new ArrayList<>();
        for (String metric : selector.name().map(Set::of).orElseGet(byMetric::keySet)) {
            Optional.ofNullable(byMetric.get(metric))
                    .ifPresent(index -> index.find(
                            selector, (labels, points) -> found.add(new History(labels, after(from, points)))));
        }
        return found;
    }

    private static List<Point> after(Instant from, Deque<Point> points) {
        return points.stream().filter(point -> point.at().isAfter(from)).toList();
    }
}
