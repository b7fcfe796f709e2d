// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The adapters that are available now, of all ports: by port and by name. */
final class AdapterRegistry {

    /** Begins anew with each start, because adapters register when they come. */
    private final Map<Class<?>, Map<String, RankedAdapters<Object>>> byPort = new ConcurrentHashMap<>();

    <T> void add(Class<T> port, String which, T adapter, int ranking) {
        byProperty(port).compute(which, (any, known) -> {
            RankedAdapters<Object> ranked = known == null ? new RankedAdapters<>() : known;
            ranked.add(adapter, ranking);
            return ranked;
        });
    }

    <T> void remove(Class<T> port, String which, T adapter) {
        byProperty(port).computeIfPresent(which, (any, ranked) -> without(ranked, adapter));
    }

    /** Returns the other adapters for one thing; null, as the map requires it, if none is left. */
    private static @Nullable RankedAdapters<Object> without(RankedAdapters<Object> ranked, Object adapter) {
        ranked.remove(adapter);
        return ranked.best().isEmpty() ? null : ranked;
    }

    <T> Optional<T> best(Class<T> port, String which) {
        return Optional.ofNullable(byProperty(port).get(which))
                .flatMap(RankedAdapters::best)
                .map(port::cast);
    }

    /** The adapter that is called for each name, in order. */
    <T> Map<String, T> best(Class<T> port) {
        Map<String, T> best = new TreeMap<>();
        byProperty(port)
                .forEach((which, ranked) -> ranked.best().ifPresent(adapter -> best.put(which, port.cast(adapter))));
        return best;
    }

    /** All adapters of one name, the most important one first. */
    <T> List<T> all(Class<T> port, String which) {
        return Optional.ofNullable(byProperty(port).get(which)).map(RankedAdapters::all).orElse(List.of()).stream()
                .<T>map(port::cast)
                .toList();
    }

    /** The names with an adapter now; follows arrivals and departures. */
    Set<String> which(Class<?> port) {
        return byProperty(port).keySet();
    }

    private Map<String, RankedAdapters<Object>> byProperty(Class<?> port) {
        return byPort.computeIfAbsent(port, any -> new ConcurrentHashMap<>());
    }
}
