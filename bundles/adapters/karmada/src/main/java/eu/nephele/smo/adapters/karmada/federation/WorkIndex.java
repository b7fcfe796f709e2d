// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.api.port.AdapterException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The Works of workloads, by workload. The right to read them is optional: without it they are unknown. */
final class WorkIndex {

    private final String source;
    private final Supplier<ResourceCache<?, ObservedWork>> resourceCache;
    private final Duration stale;
    private final Consumer<String> onChange;
    private final Map<String, Map<String, ObservedWork>> byWorkload = new HashMap<>();
    private final Map<String, Map<String, ObservedWork>> byRelease = new HashMap<>();

    /**
     * @param stale how long the cached state may be unconfirmed
     * @param onChange receives {@code namespace/name} of a workload whose Works have changed, and of its release
     */
    WorkIndex(
            String source,
            Supplier<ResourceCache<?, ObservedWork>> resourceCache,
            Duration stale,
            Consumer<String> onChange) {
        this.source = source;
        this.resourceCache = resourceCache;
        this.stale = stale;
        this.onChange = onChange;
    }

    void changed(String name, Optional<ObservedWork> before, Optional<ObservedWork> now) {
        synchronized (this) {
            before.ifPresent(work -> {
                remove(byWorkload, work.workload(), name);
                remove(byRelease, work.release(), name);
            });
            now.ifPresent(work -> {
                byWorkload
                        .computeIfAbsent(work.workload(), any -> new TreeMap<>())
                        .put(name, work);
                byRelease
                        .computeIfAbsent(work.release(), any -> new TreeMap<>())
                        .put(name, work);
            });
        }
        Stream.concat(before.stream(), now.stream())
                .flatMap(work -> Stream.of(work.workload(), work.release()))
                .filter(key -> !key.isEmpty())
                .distinct()
                .forEach(onChange);
    }

    private static void remove(Map<String, Map<String, ObservedWork>> from, String key, String name) {
        Map<String, ObservedWork> works = from.computeIfAbsent(key, any -> new TreeMap<>());
        works.remove(name);
        if (works.isEmpty()) {
            from.remove(key);
        }
    }

    /** Returns the Works of a workload, {@code namespace/name}. */
    synchronized List<ObservedWork> find(String workload) {
        return List.copyOf(byWorkload.getOrDefault(workload, Map.of()).values());
    }

    /** Returns the Works of the workloads of a release, {@code namespace/name}. */
    synchronized List<ObservedWork> ofRelease(String release) {
        return List.copyOf(byRelease.getOrDefault(release, Map.of()).values());
    }

    /** Empty: unknown. */
    Optional<List<ObservedWork>> known(String workload) {
        return isReadable() ? Optional.of(find(workload)) : Optional.empty();
    }

    Optional<AdapterException> unreadable() {
        ResourceCache<?, ObservedWork> works = resourceCache.get();
        boolean old = works.failingFor().filter(age -> age.compareTo(stale) > 0).isPresent();
        return works.isComplete() && !old
                ? Optional.empty()
                : works.failure()
                        .or(() -> Optional.of(new AdapterException(
                                AdapterException.Kind.UNAVAILABLE, source, "Works are not listed yet; retry")));
    }

    /** Returns whether the cached Works are known to be current. */
    boolean isReadable() {
        return unreadable().isEmpty();
    }
}
