// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.read.PodReader;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for what is left of workloads that were removed at the control plane: their ResourceBindings and Works, which outlive them
 * until Karmada has taken everything away, and pods on the clusters, which end after that.
 */
final class Remains {

    private static final List<String> KINDS = List.of("Deployment", "StatefulSet");
    private static final int PAGE = 500;

    private final Connection connection;
    private final List<Mirror<?, BindingSeen>> bindings;
    private final Works works;
    private final Predicate<String> ready;
    private final Function<String, Way> way;

    /**
     * @param ready whether a cluster is ready: of others nobody knows what they run
     * @param way whether there is a way to a cluster
     */
    Remains(
            Connection connection,
            List<Mirror<?, BindingSeen>> bindings,
            Works works,
            Predicate<String> ready,
            Function<String, Way> way) {
        this.connection = connection;
        this.bindings = bindings;
        this.works = works;
        this.ready = ready;
        this.way = way;
    }

    private record Place(String cluster, String namespace) {}

    /**
     * @param byWorkload how many pods there are; empty: nobody may look, or can
     * @param silence why there is no answer, "" when there is one: that of one cluster is no failure of the others
     */
    private record Pods(Optional<Map<String, Integer>> byWorkload, String silence) {}

    /**
     * @param gone workloads that the control plane does not have any more
     * @param clusters where they ran
     * @throws AdapterException the control plane cannot be asked now
     */
    Map<WorkloadRef, WorkloadObservation> of(Collection<WorkloadRef> gone, Set<ClusterId> clusters) {
        works.unreadable()
                .filter(why -> why.kind() != Kind.REFUSED && why.kind() != Kind.NOT_FOUND)
                .ifPresent(why -> {
                    throw why;
                });
        Map<Place, Pods> pods = new HashMap<>();
        Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
        gone.forEach(ref -> of(ref, clusters, pods).ifPresent(seen -> left.put(ref, seen)));
        return left;
    }

    /** What was seen of a workload, with its pods on clusters that it has left: they end after everything that is seen has gone. */
    WorkloadObservation with(WorkloadObservation seen, Set<ClusterId> clusters) {
        String key = seen.workload().graph().project() + "/" + seen.workload().service();
        Map<ClusterId, OnCluster> there = new TreeMap<>(seen.byCluster());
        Map<ClusterId, String> unseen = new TreeMap<>(seen.unseen());
        for (ClusterId cluster : clusters) {
            if (!there.containsKey(cluster) && ready.test(cluster.name())) {
                Pods found =
                        pods(new Place(cluster.name(), seen.workload().graph().project()));
                int count =
                        found.byWorkload().map(all -> all.getOrDefault(key, 0)).orElse(0);
                if (count > 0 || !found.silence().isEmpty()) {
                    there.put(cluster, ending(count));
                } else if (found.byWorkload().isEmpty()) {
                    unseen.put(cluster, unlisted(cluster.name()));
                }
            }
        }
        return new WorkloadObservation(seen.workload(), there, seen.message(), seen.failure(), unseen);
    }

    private static OnCluster ending(int pods) {
        return new OnCluster(0, pods, 0, 0, 0, false, Resources.NONE);
    }

    private static String unlisted(String cluster) {
        return "whether its pods on cluster %s have ended could not be seen (right to list pods through clusters/proxy, or a way to its API server)"
                .formatted(cluster);
    }

    private Optional<WorkloadObservation> of(WorkloadRef ref, Set<ClusterId> clusters, Map<Place, Pods> pods) {
        String key = ref.graph().project() + "/" + ref.service();
        Map<String, WorkSeen> kept = new TreeMap<>();
        works.of(key).forEach(work -> kept.put(work.cluster(), work));
        List<String> names = bindings(key);
        Set<String> places = new TreeSet<>(kept.keySet());
        clusters.forEach(cluster -> places.add(cluster.name()));
        Map<ClusterId, OnCluster> there = new TreeMap<>();
        Map<ClusterId, String> unseen = new TreeMap<>();
        List<String> silent = new ArrayList<>();
        for (String cluster : places) {
            ClusterId id = new ClusterId(connection.system(), cluster);
            Optional<WorkSeen> work = Optional.ofNullable(kept.get(cluster));
            if (!ready.test(cluster)) {
                if (work.isPresent() || !works.isReadable() || !names.isEmpty()) {
                    unseen.put(id, "removal on cluster %s, which is not ready, is left to Karmada".formatted(cluster));
                }
                continue;
            }
            Pods found = pods.computeIfAbsent(new Place(cluster, ref.graph().project()), this::pods);
            int count = found.byWorkload().map(all -> all.getOrDefault(key, 0)).orElse(0);
            if (!found.silence().isEmpty()) {
                silent.add("cluster %s does not answer: %s".formatted(cluster, found.silence()));
            }
            if (count > 0 || work.isPresent() || !found.silence().isEmpty()) {
                there.put(id, ending(count));
            } else if (found.byWorkload().isEmpty()) {
                unseen.put(id, unlisted(cluster));
            }
        }
        List<String> waits = new ArrayList<>(names);
        kept.values().stream()
                .filter(work -> ready.test(work.cluster()))
                .forEach(work -> waits.add("Work " + work.name()));
        if (!waits.isEmpty()) {
            silent.add(0, "Karmada is still taking away " + String.join(", ", waits));
        }
        String message = String.join("; ", silent);
        if (!names.isEmpty()) {
            // as long as its binding is there Karmada has not begun on the clusters
            unseen.clear();
        }
        return there.isEmpty() && unseen.isEmpty() && names.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkloadObservation(ref, there, message, Optional.empty(), unseen));
    }

    private List<String> bindings(String key) {
        return KINDS.stream()
                .map(kind -> BindingSeen.nameOf(key, kind))
                .filter(name -> bindings.stream()
                        .anyMatch(mirror -> Optional.ofNullable(mirror.kept().get(name))
                                .filter(binding -> binding.workload().equals(key))
                                .isPresent()))
                .map(name -> "ResourceBinding " + name)
                .toList();
    }

    /** The pods of a namespace on a cluster, counted by workload. */
    private Pods pods(Place place) {
        if (way.apply(place.cluster()) == Way.NONE) {
            return new Pods(Optional.empty(), "");
        }
        try {
            return new Pods(
                    connection.relayed(
                            "Look for pods of %s on %s".formatted(place.namespace(), place.cluster()),
                            client -> pods(client, place)),
                    "");
        } catch (AdapterException e) {
            return switch (e.kind()) {
                case REFUSED -> new Pods(Optional.empty(), "");
                case UNAVAILABLE, TIMED_OUT -> new Pods(Optional.empty(), e.getMessage());
                default -> throw e;
            };
        }
    }

    /** No answer at all is that of a server without this way to its members. */
    private static Optional<Map<String, Integer>> pods(KubernetesClient client, Place place) {
        Map<String, Integer> found = new HashMap<>();
        String from = "";
        do {
            String path = "%s/api/v1/namespaces/%s/pods?limit=%d%s"
                    .formatted(
                            Observer.proxy(place.cluster()),
                            place.namespace(),
                            PAGE,
                            from.isEmpty() ? "" : "&continue=" + URLEncoder.encode(from, StandardCharsets.UTF_8));
            Optional<PodList> page = Optional.ofNullable(client.raw(path))
                    .map(text -> client.getKubernetesSerialization().unmarshal(text, PodList.class));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            pods(page.get()).forEach(pod -> found.merge(PodReader.workload(pod), 1, Integer::sum));
            from = Optional.ofNullable(page.get().getMetadata())
                    .flatMap(metadata -> Optional.ofNullable(metadata.getContinue()))
                    .orElse("");
        } while (!from.isEmpty());
        return Optional.of(found);
    }

    private static Stream<Pod> pods(PodList page) {
        return page.getItems().stream().filter(pod -> !PodReader.isOver(pod));
    }
}
