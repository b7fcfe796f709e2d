// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.federation.ObservedGenerationCheck.Judged;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.work.PodDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Clusters on which Karmada has placed a workload, with desired replicas and state. */
final class WorkloadPlacements {

    private static final int MOST_ASKED = 3;

    private final List<ResourceCache<?, ObservedBinding>> bindings;
    private final List<ResourceCache<?, Map<String, Integer>>> overrides;
    private final ObservedGenerationCheck observedGenerationCheck;
    private final PodDiagnostics troubles;
    private final Function<String, ProbeRoute> way;

    WorkloadPlacements(
            List<ResourceCache<?, ObservedBinding>> bindings,
            List<ResourceCache<?, Map<String, Integer>>> overrides,
            ObservedGenerationCheck observedGenerationCheck,
            PodDiagnostics troubles,
            Function<String, ProbeRoute> way) {
        this.bindings = List.copyOf(bindings);
        this.overrides = List.copyOf(overrides);
        this.observedGenerationCheck = observedGenerationCheck;
        this.troubles = troubles;
        this.way = way;
    }

    /** @param refused reason for which the cluster refuses its copy, "" for none */
    record There(int desired, Judged judged, String refused) {

        Optional<String> waitsFor(ObservedWorkload workload) {
            return workload.waitsFor(judged.counts().withDesired(asked(workload)));
        }

        int asked(ObservedWorkload workload) {
            return workload.what().isScaled() || desired == 0
                    ? desired
                    : judged.counts().desired();
        }
    }

    /** @param missing reason for the lack of a binding, "" if it exists */
    record PlacedWorkload(
            ObservedWorkload workload,
            Optional<ObservedBinding> binding,
            String missing,
            Map<String, There> byCluster) {}

    PlacedWorkload find(ObservedWorkload workload) {
        String name = ObservedBinding.nameOf(workload.path(), workload.kind());
        Optional<ObservedBinding> found = first(bindings, name);
        Optional<ObservedBinding> binding = found.filter(it -> it.isOf(workload));
        if (binding.isEmpty()) {
            String why = found.isPresent()
                    ? "ResourceBinding %s of a former workload of that name is still being deleted".formatted(name)
                    : "Karmada has not scheduled it: ResourceBinding %s does not exist".formatted(name);
            return new PlacedWorkload(workload, binding, why, Map.of());
        }
        Map<String, Integer> different = first(
                        overrides, workload.namespace() + "/" + PropagationPolicies.ourName(workload.name()))
                .filter(any -> workload.what().isScaled())
                .orElse(Map.of());
        Map<String, There> byCluster = new TreeMap<>();
        for (String cluster : clusters(binding.get())) {
            int desired = desired(workload, binding.get(), different, cluster);
            ObservedBinding.There told = binding.get().there().getOrDefault(cluster, ObservedBinding.There.NOTHING);
            Judged judged = observedGenerationCheck.on(cluster, workload, told.withDesired(workload, desired));
            byCluster.put(cluster, new There(desired, judged, told.trouble()));
        }
        return new PlacedWorkload(workload, binding, "", byCluster);
    }

    private static Set<String> clusters(ObservedBinding binding) {
        Set<String> clusters = new TreeSet<>(binding.scheduled().keySet());
        clusters.addAll(binding.there().keySet());
        return clusters;
    }

    /** A workload whose controller determines its pods has one desired replica. */
    private static int desired(
            ObservedWorkload workload, ObservedBinding binding, Map<String, Integer> different, String cluster) {
        if (!binding.scheduled().containsKey(cluster)) {
            return 0;
        } else if (!workload.what().isScaled()) {
            return 1;
        }
        Optional<Integer> scheduled = binding.scheduled().getOrDefault(cluster, Optional.of(0));
        return Optional.ofNullable(different.get(cluster)).or(() -> scheduled).orElse(workload.desired());
    }

    /** The difference to its desired state in words for people. */
    String message(PlacedWorkload placed) {
        ObservedWorkload workload = placed.workload();
        if (placed.binding().isEmpty()) {
            return join(List.of(placed.missing(), workload.trouble()));
        }
        String ofBinding = placed.binding().get().trouble();
        Map<String, String> waiting = new TreeMap<>();
        placed.byCluster().forEach((cluster, there) -> there.waitsFor(workload)
                .ifPresent(what -> waiting.put(cluster, workload.what().isScaled() ? "" : what)));
        boolean nowhere = placed.binding().get().scheduled().isEmpty() && workload.desired() > 0;
        if (waiting.isEmpty() && !nowhere) {
            return ofBinding;
        }
        List<String> parts = new ArrayList<>(List.of(ofBinding, workload.trouble()));
        waiting.entrySet().stream().limit(MOST_ASKED).forEach(entry -> {
            String both = join(List.of(entry.getValue(), trouble(placed, entry.getKey())));
            parts.add(both.isEmpty() ? "" : entry.getKey() + ": " + both);
        });
        return join(parts);
    }

    /** Returns its problem on a cluster, "" for none. */
    String trouble(PlacedWorkload placed, String cluster) {
        String ofPods = way.apply(cluster) == ProbeRoute.NONE
                ? ""
                : troubles.describe(WorkloadObserver.proxy(cluster), placed.workload());
        return Optional.ofNullable(placed.byCluster().get(cluster))
                .map(there -> join(List.of(there.judged().trouble(), there.refused(), ofPods)))
                .orElse("");
    }

    static String join(List<String> parts) {
        return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("; "));
    }

    private static <R> Optional<R> first(List<ResourceCache<?, R>> caches, String key) {
        return caches.stream()
                .flatMap(resourceCache ->
                        Optional.ofNullable(resourceCache.kept().get(key)).stream())
                .findFirst();
    }
}
