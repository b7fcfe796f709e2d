// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Measurements in memory, by name and labels. */
public final class Counted implements MetricsRecorder {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    private static String key(String name, Map<String, String> labels) {
        return name + new TreeMap<>(labels);
    }

    @Override
    public void count(String name, Map<String, String> labels) {
        counts.merge(key(name, labels), 1, Integer::sum);
    }

    @Override
    public void time(String name, Map<String, String> labels, Duration duration) {
        throw new UnsupportedOperationException("nothing is timed here");
    }

    @Override
    public <T> void gauge(String name, Map<String, String> labels, T owner, ToDoubleFunction<T> value) {
        gauges.put(key(name, labels), () -> value.applyAsDouble(owner));
    }

    /** @param key name and labels, as in {@code smo_x_total{outcome=dead}} */
    public int count(String key) {
        return counts.getOrDefault(key, 0);
    }

    public double gauge(String key) {
        return gauges.get(key).getAsDouble();
    }
}
