// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.LoadProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Load of services, now and in the past. Guarded by the lock of the world. */
final class LoadHistory {

    private static final String ALL_OTHERS = "*";
    private static final int REMEMBERED_CHANGES = 1000;

    private final Map<String, TreeMap<Instant, LoadProfile>> bySelector = new HashMap<>();

    void set(String selector, LoadProfile profile, Instant from) {
        TreeMap<Instant, LoadProfile> changes = bySelector.computeIfAbsent(selector, unused -> new TreeMap<>());
        changes.put(from, profile);
        if (changes.size() > REMEMBERED_CHANGES) {
            changes.pollFirstEntry();
        }
    }

    /** Requests per second at the service at that time; the most specific selector counts. Empty when none was set. */
    OptionalDouble rateOf(WorkloadRef ref, Instant at) {
        String project = ref.graph().project();
        return Stream.of(ref.toString(), project + "/" + ref.service(), ref.service(), ALL_OTHERS)
                .map(selector -> rateBy(selector, at))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    Map<String, Double> ratesAt(Instant now) {
        Map<String, Double> rates = new TreeMap<>();
        bySelector.keySet().forEach(selector -> rateBy(selector, now).ifPresent(rate -> rates.put(selector, rate)));
        return rates;
    }

    private OptionalDouble rateBy(String selector, Instant at) {
        TreeMap<Instant, LoadProfile> changes = bySelector.get(selector);
        Map.Entry<Instant, LoadProfile> current = changes == null ? null : changes.floorEntry(at);
        return current == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(current.getValue().requestsPerSecond(Duration.between(current.getKey(), at)));
    }
}
