// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.BindingSeen.There;
import eu.nephele.smo.adapters.karmada.federation.Copies.Judged;
import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Pulse;
import eu.nephele.smo.adapters.karmada.read.Counts;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.PodTroubles;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
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
import java.util.function.Function;
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
    private final Works works;
    private final Copies copies;
    private final PodTroubles troubles;
    private final Function<String, Way> way;
    private final Pulse pulse;
    private final Duration stale;

    /**
     * @param all everything that has to be current
     * @param way whether there is a way to a cluster
     * @param pulse whether the control plane answers
     * @param stale how long what is known may not have been confirmed
     */
    Observer(
            String source,
            List<Mirror<?, ?>> all,
            List<Mirror<?, BindingSeen>> bindings,
            List<Mirror<?, Map<String, Integer>>> overrides,
            Works works,
            Copies copies,
            PodTroubles troubles,
            Function<String, Way> way,
            Pulse pulse,
            Duration stale) {
        this.source = source;
        this.all = List.copyOf(all);
        this.bindings = List.copyOf(bindings);
        this.overrides = List.copyOf(overrides);
        this.works = works;
        this.copies = copies;
        this.troubles = troubles;
        this.way = way;
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
        String name = BindingSeen.nameOf(key, workload.kind());
        Optional<BindingSeen> found = first(bindings, name);
        Optional<BindingSeen> binding = found.filter(it -> it.isOf(workload));
        if (binding.isEmpty()) {
            String why = found.isPresent()
                    ? "ResourceBinding %s of a former one of that name is still being taken away".formatted(name)
                    : "Karmada has not scheduled it, there is no ResourceBinding %s".formatted(name);
            return new WorkloadObservation(
                    ref,
                    remnants(key, workload.perReplica(), Set.of()),
                    bounded(join(List.of(why, workload.trouble()))));
        }
        Map<String, Integer> different = first(
                        overrides, workload.namespace() + "/" + Affinity.ourName(workload.name()))
                .orElse(Map.of());
        Map<ClusterId, OnCluster> byCluster = new TreeMap<>();
        Map<String, String> waiting = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (String cluster : clusters(binding.get())) {
            There there =
                    Optional.ofNullable(binding.get().there().get(cluster)).orElse(There.NOTHING);
            int desired = desired(workload, binding.get(), different, cluster);
            Judged judged = copies.on(cluster, workload, there.of(workload, desired));
            OnCluster on = onCluster(desired, judged.counts(), workload.perReplica());
            byCluster.put(new ClusterId(source, cluster), on);
            on.waitsFor(desired).ifPresent(any -> waiting.put(cluster, judged.trouble()));
            judged.failure().ifPresent(why -> failures.add(cluster + ": " + why));
        }
        remnants(key, workload.perReplica(), clusters(binding.get())).forEach(byCluster::putIfAbsent);
        return new WorkloadObservation(
                ref,
                byCluster,
                message(workload, binding.get(), waiting),
                failures.stream().findFirst(),
                Map.of());
    }

    private static OnCluster onCluster(int desired, Counts counts, Resources perReplica) {
        return new OnCluster(
                desired,
                counts.replicas(),
                counts.updated(),
                counts.ready(),
                counts.available(),
                counts.observed(),
                perReplica.times(counts.replicas()));
    }

    /** Copies that Karmada is still taking away: nothing is asked for there any more. */
    private Map<ClusterId, OnCluster> remnants(String workload, Resources perReplica, Set<String> but) {
        Map<ClusterId, OnCluster> remnants = new TreeMap<>();
        works.of(workload).stream()
                .filter(work -> work.ending() && !but.contains(work.cluster()))
                .forEach(work -> remnants.put(
                        new ClusterId(source, work.cluster()),
                        new OnCluster(0, work.replicas(), 0, 0, 0, false, perReplica.times(work.replicas()))));
        return remnants;
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

    private String message(WorkloadSeen workload, BindingSeen binding, Map<String, String> waiting) {
        boolean nowhere = binding.scheduled().isEmpty() && workload.desired() > 0;
        if (waiting.isEmpty() && !nowhere) {
            return binding.trouble();
        }
        List<String> parts = new ArrayList<>(List.of(binding.trouble(), workload.trouble()));
        waiting.entrySet().stream().limit(MOST_ASKED).forEach(entry -> {
            String cluster = entry.getKey();
            String applied = Optional.ofNullable(binding.there().get(cluster))
                    .map(There::trouble)
                    .orElse("");
            String ofPods = way.apply(cluster) == Way.NONE ? "" : troubles.of(proxy(cluster), workload);
            String both = join(List.of(entry.getValue(), applied, ofPods));
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
