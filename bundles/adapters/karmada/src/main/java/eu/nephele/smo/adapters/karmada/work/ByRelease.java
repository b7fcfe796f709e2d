// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.WorkloadId;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Workloads by their release, so that those of one release are found without a scan. */
final class ByRelease {

    private final Map<WorkloadId, String> releases = new HashMap<>();
    private final Map<String, Map<String, ObservedWorkload>> workloads = new HashMap<>();

    /**
     * @param path its {@code namespace/name}
     * @return {@code namespace/name} of its present and former releases
     */
    synchronized Set<String> changed(WorkloadKind kind, String path, Optional<ObservedWorkload> now) {
        WorkloadId id = new WorkloadId(kind, path);
        Set<String> touched = new TreeSet<>();
        Optional.ofNullable(releases.remove(id)).ifPresent(before -> {
            touched.add(before);
            Map<String, ObservedWorkload> those = workloads.computeIfAbsent(before, any -> new TreeMap<>());
            those.remove(id.toString());
            if (those.isEmpty()) {
                workloads.remove(before);
            }
        });
        now.filter(seen -> !seen.observedLabels().release().isEmpty()).ifPresent(seen -> {
            touched.add(seen.releasePath());
            releases.put(id, seen.releasePath());
            workloads
                    .computeIfAbsent(seen.releasePath(), any -> new TreeMap<>())
                    .put(id.toString(), seen);
        });
        return touched;
    }

    synchronized void forget(Predicate<WorkloadId> gone) {
        List.copyOf(releases.keySet()).stream()
                .filter(gone)
                .forEach(id -> changed(id.kind(), id.path(), Optional.empty()));
    }

    /** In a stable order. */
    synchronized List<ObservedWorkload> find(String release) {
        return List.copyOf(workloads.getOrDefault(release, Map.of()).values());
    }
}
