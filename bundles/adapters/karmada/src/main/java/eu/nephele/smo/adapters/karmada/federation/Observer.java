// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.BindingSeen.There;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Pulse;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.PodTroubles;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts together how a workload runs: what it asks for, where Karmada has put it, and how it is there. */
final class Observer {

    private static final int MOST_ASKED = 3;
    private static final int LONGEST = 500;

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final String source;
    private final List<Mirror<?, ?>> all;
    private final List<Mirror<?, BindingSeen>> bindings;
    private final List<Mirror<?, Map<String, Integer>>> overrides;
    private final PodTroubles troubles;
    private final Pulse pulse;
    private final Duration stale;

    /**
     * @param all everything that has to be current
     * @param pulse whether the control plane answers
     * @param stale how long what is known may not have been confirmed
     */
    Observer(
            String source,
            List<Mirror<?, ?>> all,
            List<Mirror<?, BindingSeen>> bindings,
            List<Mirror<?, Map<String, Integer>>> overrides,
            PodTroubles troubles,
            Pulse pulse,
            Duration stale) {
        this.source = source;
        this.all = List.copyOf(all);
        this.bindings = List.copyOf(bindings);
        this.overrides = List.copyOf(overrides);
        this.troubles = troubles;
        this.pulse = pulse;
        this.stale = stale;
    }

    /** @throws AdapterException nothing is known yet, or what is known is too old */
    void requireCurrent() {
        long deadline = System.nanoTime() + FIRST_LOOK.toNanos();
        all.forEach(mirror -> mirror.awaitFirst(deadline));
        for (Mirror<?, ?> mirror : all) {
            Optional<Duration> old = mirror.failingFor().filter(age -> age.compareTo(stale) > 0);
            if (!mirror.isComplete() || old.isPresent()) {
                throw unavailable(mirror.failure());
            }
        }
        if (pulse.isSilent()) {
            throw unavailable(pulse.failure());
        }
    }

    private AdapterException unavailable(Optional<AdapterException> why) {
        return new AdapterException(
                AdapterException.Kind.UNAVAILABLE,
                source,
                "Observe workloads: "
                        + why.map(AdapterException::getMessage)
                                .orElse("Karmada has not told them yet, it is asked all the time"));
    }

    WorkloadObservation observe(WorkloadRef ref, WorkloadSeen workload) {
        String key = workload.namespace() + "/" + workload.name();
        Optional<BindingSeen> binding = first(bindings, BindingSeen.nameOf(key, workload.kind()))
                .filter(it -> it.workload().equals(key));
        Map<String, Integer> different = first(
                        overrides, workload.namespace() + "/" + Affinity.ourName(workload.name()))
                .orElse(Map.of());
        if (binding.isEmpty()) {
            return new WorkloadObservation(
                    ref, Map.of(), bounded(join(List.of("Karmada has not scheduled it", workload.trouble()))));
        }
        Map<ClusterId, OnCluster> byCluster = new TreeMap<>();
        Set<String> waiting = new TreeSet<>();
        for (String cluster : clusters(binding.get())) {
            There there =
                    Optional.ofNullable(binding.get().there().get(cluster)).orElse(new There(0, 0, ""));
            int desired = desired(workload, binding.get(), different, cluster);
            byCluster.put(
                    new ClusterId(source, cluster),
                    new OnCluster(desired, there.ready(), workload.perReplica().times(there.replicas())));
            if (there.ready() < desired) {
                waiting.add(cluster);
            }
        }
        return new WorkloadObservation(ref, byCluster, message(workload, binding.get(), waiting));
    }

    private static Set<String> clusters(BindingSeen binding) {
        Set<String> clusters = new TreeSet<>(binding.scheduled().keySet());
        clusters.addAll(binding.there().keySet());
        return clusters;
    }

    private static int desired(
            WorkloadSeen workload, BindingSeen binding, Map<String, Integer> different, String cluster) {
        Optional<Integer> scheduled = binding.scheduled().getOrDefault(cluster, Optional.of(0));
        if (!binding.scheduled().containsKey(cluster)) {
            return 0;
        }
        return Optional.ofNullable(different.get(cluster)).or(() -> scheduled).orElse(workload.desired());
    }

    private String message(WorkloadSeen workload, BindingSeen binding, Set<String> waiting) {
        boolean nowhere = binding.scheduled().isEmpty() && workload.desired() > 0;
        if (waiting.isEmpty() && !nowhere) {
            return "";
        }
        List<String> parts = new ArrayList<>(List.of(binding.trouble(), workload.trouble()));
        waiting.stream().limit(MOST_ASKED).forEach(cluster -> {
            String applied = Optional.ofNullable(binding.there().get(cluster))
                    .map(There::trouble)
                    .orElse("");
            String pods = troubles.of(proxy(cluster), workload);
            String both = join(List.of(applied, pods));
            parts.add(both.isEmpty() ? "" : cluster + ": " + both);
        });
        return bounded(join(parts));
    }

    static String proxy(String cluster) {
        return "/apis/cluster.karmada.io/v1alpha1/clusters/%s/proxy".formatted(cluster);
    }

    private static String join(List<String> parts) {
        return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("; "));
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static <R> Optional<R> first(List<Mirror<?, R>> mirrors, String key) {
        return mirrors.stream()
                .flatMap(mirror -> Optional.ofNullable(mirror.kept().get(key)).stream())
                .findFirst();
    }
}
