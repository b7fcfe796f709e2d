// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.MetricSeries;
import eu.nephele.smo.lab.simulator.promql.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Series whose value was set by hand. Guarded by the lock of the world. */
final class SeriesBook {

    private final Map<MetricSeries, Double> values;

    SeriesBook(Map<MetricSeries, Double> values) {
        this.values = new LinkedHashMap<>(values);
    }

    void set(MetricSeries series, double value) {
        values.put(series, value);
    }

    /** Forgets series of that name that have at least these labels. */
    void drop(MetricSeries like) {
        values.keySet()
                .removeIf(series -> series.name().equals(like.name())
                        && series.labels().entrySet().containsAll(like.labels().entrySet()));
    }

    Map<MetricSeries, Double> all() {
        return Map.copyOf(values);
    }

    Set<String> metrics() {
        return values.keySet().stream().map(MetricSeries::name).collect(Collectors.toSet());
    }

    List<Sample> samples(String metric) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(metric))
                .map(entry -> new Sample(Sample.named(metric, entry.getKey().labels()), entry.getValue()))
                .toList();
    }
}
