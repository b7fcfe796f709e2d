// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.Copies.Judged;
import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.PodTroubles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where Karmada has put a workload, how many of it are asked for there, and how it is there. */
final class Placements {

    private static final int MOST_ASKED = 3;

    private final List<Mirror<?, BindingSeen>> bindings;
    private final List<Mirror<?, Map<String, Integer>>> overrides;
    private final Copies copies;
    private final PodTroubles troubles;
    private final Function<String, Way> way;

    /** @param way whether there is a way to a cluster */
    Placements(
            List<Mirror<?, BindingSeen>> bindings,
            List<Mirror<?, Map<String, Integer>>> overrides,
            Copies copies,
            PodTroubles troubles,
            Function<String, Way> way) {
        this.bindings = List.copyOf(bindings);
        this.overrides = List.copyOf(overrides);
        this.copies = copies;
        this.troubles = troubles;
        this.way = way;
    }

    /**
     * A workload on one cluster.
     *
     * @param desired how many are asked for there
     * @param refused why the cluster refuses its copy, "" when it does not
     */
    record There(int desired, Judged judged, String refused) {

        /** What keeps it from being rolled out there. */
        Optional<String> waitsFor(WorkloadSeen workload) {
            return workload.waitsFor(judged.counts().withDesired(asked(workload)));
        }

        int asked(WorkloadSeen workload) {
            return workload.what().isScaled() || desired == 0
                    ? desired
                    : judged.counts().desired();
        }
    }

    /**
     * A workload on its clusters.
     *
     * @param missing why there is no binding that is its own, "" when there is
     */
    record Placed(WorkloadSeen workload, Optional<BindingSeen> binding, String missing, Map<String, There> byCluster) {}

    /** As it is known now. */
    Placed of(WorkloadSeen workload) {
        String name = BindingSeen.nameOf(workload.path(), workload.kind());
        Optional<BindingSeen> found = first(bindings, name);
        Optional<BindingSeen> binding = found.filter(it -> it.isOf(workload));
        if (binding.isEmpty()) {
            String why = found.isPresent()
                    ? "ResourceBinding %s of a former one of that name is still being taken away".formatted(name)
                    : "Karmada has not scheduled it, there is no ResourceBinding %s".formatted(name);
            return new Placed(workload, binding, why, Map.of());
        }
        Map<String, Integer> different = first(
                        overrides, workload.namespace() + "/" + Affinity.ourName(workload.name()))
                .filter(any -> workload.what().isScaled())
                .orElse(Map.of());
        Map<String, There> byCluster = new TreeMap<>();
        for (String cluster : clusters(binding.get())) {
            int desired = desired(workload, binding.get(), different, cluster);
            BindingSeen.There told = binding.get().there().getOrDefault(cluster, BindingSeen.There.NOTHING);
            Judged judged = copies.on(cluster, workload, told.of(workload, desired));
            byCluster.put(cluster, new There(desired, judged, told.trouble()));
        }
        return new Placed(workload, binding, "", byCluster);
    }

    private static Set<String> clusters(BindingSeen binding) {
        Set<String> clusters = new TreeSet<>(binding.scheduled().keySet());
        clusters.addAll(binding.there().keySet());
        return clusters;
    }

    /** Of what its controller counts out itself one is asked for. */
    private static int desired(
            WorkloadSeen workload, BindingSeen binding, Map<String, Integer> different, String cluster) {
        if (!binding.scheduled().containsKey(cluster)) {
            return 0;
        } else if (!workload.what().isScaled()) {
            return 1;
        }
        Optional<Integer> scheduled = binding.scheduled().getOrDefault(cluster, Optional.of(0));
        return Optional.ofNullable(different.get(cluster)).or(() -> scheduled).orElse(workload.desired());
    }

    /** What keeps it from being as it shall be, for people. */
    String message(Placed placed) {
        WorkloadSeen workload = placed.workload();
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

    /** What is wrong with it on a cluster, "" for nothing. */
    String trouble(Placed placed, String cluster) {
        String ofPods = way.apply(cluster) == Way.NONE ? "" : troubles.of(Observer.proxy(cluster), placed.workload());
        return Optional.ofNullable(placed.byCluster().get(cluster))
                .map(there -> join(List.of(there.judged().trouble(), there.refused(), ofPods)))
                .orElse("");
    }

    static String join(List<String> parts) {
        return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("; "));
    }

    private static <R> Optional<R> first(List<Mirror<?, R>> mirrors, String key) {
        return mirrors.stream()
                .flatMap(mirror -> Optional.ofNullable(mirror.kept().get(key)).stream())
                .findFirst();
    }
}
