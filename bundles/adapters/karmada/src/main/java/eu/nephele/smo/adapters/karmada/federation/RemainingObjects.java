// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.MemberPods.Pods;
import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import eu.nephele.smo.adapters.karmada.read.WorkloadId;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
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
 * Finds the remains of workloads that were removed at the control plane: their ResourceBindings and Works, which outlive them
 * until Karmada has deleted everything, and pods on the clusters, which end after that.
 */
final class RemainingObjects {

    private final ApiServerConnection connection;
    private final List<ResourceCache<?, ObservedBinding>> bindings;
    private final WorkIndex works;
    private final Predicate<String> ready;
    private final MemberPods pods;
    private final Predicate<WorkloadId> present;

    /**
     * @param ready whether a cluster is ready: the pods of others are unknown
     * @param present whether the control plane has a workload, or may have: its objects are not remains
     */
    RemainingObjects(
            ApiServerConnection connection,
            List<ResourceCache<?, ObservedBinding>> bindings,
            WorkIndex works,
            Predicate<String> ready,
            Function<String, ProbeRoute> way,
            Predicate<WorkloadId> present) {
        this.connection = connection;
        this.bindings = bindings;
        this.works = works;
        this.ready = ready;
        this.pods = new MemberPods(connection, way);
        this.present = present;
    }

    private record NamespaceKey(String cluster, String namespace) {}

    /** @param gone workloads that the control plane no longer has */
    Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> gone, Set<ClusterId> clusters) {
        works.unreadable()
                .filter(why -> why.kind() != Kind.REFUSED && why.kind() != Kind.NOT_FOUND)
                .ifPresent(why -> {
                    throw why;
                });
        Map<NamespaceKey, Pods> listed = new HashMap<>();
        Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
        gone.forEach(ref -> find(ref, clusters, listed).ifPresent(seen -> left.put(ref, seen)));
        return left;
    }

    /** With pods on clusters that the workload has left: they end after everything visible has gone. */
    WorkloadObservation with(WorkloadObservation seen, WorkloadId workload, Set<ClusterId> clusters) {
        String key = seen.workload().graph().project() + "/" + seen.workload().service();
        Map<ClusterId, OnCluster> there = new TreeMap<>(seen.byCluster());
        Map<ClusterId, String> unseen = new TreeMap<>(seen.unseen());
        for (ClusterId cluster : clusters) {
            if (!there.containsKey(cluster) && ready.test(cluster.name())) {
                Pods found = pods.list(cluster.name(), seen.workload().graph().project());
                int count = found.leftOf(key, it -> !it.equals(workload) && present.test(it));
                if (count > 0 || !found.silence().isEmpty()) {
                    there.put(cluster, ending(count));
                } else if (found.isUnlisted()) {
                    unseen.put(cluster, unlisted(cluster.name()));
                }
            }
        }
        return new WorkloadObservation(seen.workload(), there, seen.message(), seen.failure(), unseen, seen.beside());
    }

    private static OnCluster ending(int pods) {
        return new OnCluster(0, pods, 0, 0, 0, false, Resources.NONE);
    }

    private static String unlisted(String cluster) {
        return "the end of its pods on cluster %s could not be seen (needs the right to list pods through clusters/proxy, or a way to its API server)"
                .formatted(cluster);
    }

    private Optional<WorkloadObservation> find(
            WorkloadRef ref, Set<ClusterId> clusters, Map<NamespaceKey, Pods> listed) {
        String key = ref.graph().project() + "/" + ref.service();
        Map<String, List<ObservedWork>> kept = new TreeMap<>();
        works(key).forEach(work -> kept.computeIfAbsent(work.cluster(), any -> new ArrayList<>())
                .add(work));
        List<String> names = bindings(key);
        Set<String> places = new TreeSet<>(kept.keySet());
        clusters.forEach(cluster -> places.add(cluster.name()));
        Map<ClusterId, OnCluster> there = new TreeMap<>();
        Map<ClusterId, String> unseen = new TreeMap<>();
        List<String> silent = new ArrayList<>();
        for (String cluster : places) {
            ClusterId id = new ClusterId(connection.system(), cluster);
            boolean worked = kept.containsKey(cluster);
            if (!ready.test(cluster)) {
                if (worked || !works.isReadable() || !names.isEmpty()) {
                    unseen.put(id, "removal on cluster %s, which is not ready, is left to Karmada".formatted(cluster));
                }
                continue;
            }
            Pods found = listed.computeIfAbsent(
                    new NamespaceKey(cluster, ref.graph().project()),
                    namespaceKey -> pods.list(namespaceKey.cluster(), namespaceKey.namespace()));
            int count = found.leftOf(key, present);
            if (!found.silence().isEmpty()) {
                silent.add("cluster %s does not answer: %s".formatted(cluster, found.silence()));
            }
            if (count > 0 || worked || !found.silence().isEmpty()) {
                there.put(id, ending(count));
            } else if (found.isUnlisted()) {
                unseen.put(id, unlisted(cluster));
            }
        }
        List<String> waits = new ArrayList<>(names);
        kept.values().stream()
                .flatMap(List::stream)
                .filter(work -> ready.test(work.cluster()))
                .forEach(work -> waits.add("Work " + work.name()));
        if (!waits.isEmpty()) {
            silent.add(0, "Karmada is still deleting " + String.join(", ", waits));
        }
        String message = String.join("; ", silent);
        if (!names.isEmpty()) {
            // while the binding exists, Karmada has not begun on the clusters
            unseen.clear();
        }
        return there.isEmpty() && unseen.isEmpty() && names.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkloadObservation(ref, there, message, Optional.empty(), unseen));
    }

    /** Remains of the workload and of its siblings in the release; neither existing nor foreign objects. */
    private List<ObservedWork> works(String key) {
        return Stream.concat(works.find(key).stream(), works.ofRelease(key).stream())
                .filter(work -> !present.test(work.id()))
                .distinct()
                .toList();
    }

    private List<String> bindings(String key) {
        return Stream.of(WorkloadKind.values())
                .filter(kind -> !present.test(new WorkloadId(kind, key)))
                .map(kind -> ObservedBinding.nameOf(key, kind.object()))
                .filter(name -> bindings.stream().anyMatch(resourceCache -> Optional.ofNullable(
                                resourceCache.kept().get(name))
                        .filter(binding -> binding.workload().equals(key))
                        .isPresent()))
                .map(name -> "ResourceBinding " + name)
                .toList();
    }
}
