// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.contexts;

import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.work.CoalescingListeners;
import eu.nephele.smo.adapters.karmada.work.KnownWorkloads;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.Beside;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs workloads on independent clusters: each has its own release. A cluster that is not ready is left out of
 * observations: the state of its workloads is unknown.
 */
final class ContextsRuntime implements WorkloadRuntime {

    private static final int LONGEST = 500;

    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    private final String source;
    private final List<ContextCluster> clusters;
    private final KnownWorkloads known;
    private final CoalescingListeners<WorkloadRef> listeners;

    ContextsRuntime(
            String source,
            List<ContextCluster> clusters,
            KnownWorkloads known,
            CoalescingListeners<WorkloadRef> listeners) {
        this.source = source;
        this.clusters = clusters;
        this.known = known;
        this.listeners = listeners;
    }

    /**
     * Named clusters come first: a failing cluster that shall run nothing does not delay the others. Clusters
     * that are not named lose their replicas if they can be reached; else drift shows it when they are back.
     */
    @Override
    public void ensureShares(StepKey key, List<Share> shares) {
        WorkloadRef ref = key.workload();
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("Run %s: no share given, expected at least one".formatted(ref));
        }
        known.learn(List.of(ref));
        Map<ClusterId, Integer> wanted = new HashMap<>();
        shares.forEach(share -> wanted.merge(share.cluster(), share.replicas(), Math::max));
        wanted.keySet().forEach(this::cluster);
        clusters.forEach(cluster ->
                Optional.ofNullable(wanted.get(cluster.id())).ifPresent(replicas -> run(cluster, key, replicas)));
        clusters.stream()
                .filter(cluster -> !wanted.containsKey(cluster.id()) && cluster.isReady())
                .filter(cluster -> cluster.workloads().last(ref).isPresent())
                .forEach(cluster -> cluster.workloads().now(ref).ifPresent(seen -> cluster.scaling()
                        .scale(seen, 0)));
    }

    private static void run(ContextCluster cluster, StepKey key, int replicas) {
        Optional<ObservedWorkload> present = cluster.workloads().now(key.workload());
        if (present.isEmpty() && replicas > 0) {
            throw new AdapterException(
                    Kind.NOT_FOUND,
                    cluster.id().source(),
                    "Run %s on %s: no Deployment, StatefulSet, DaemonSet or Job of that name exists; install its release there first"
                            .formatted(key.workload(), cluster.id().name()));
        }
        present.ifPresent(seen -> {
            cluster.scaling().requireScalable(key, seen, replicas);
            cluster.changing(seen);
            cluster.scaling().scale(seen, replicas);
            cluster.scaling().mark(seen, key);
        });
    }

    /** A release placed by its chart is never judged by states from before its installation or update. */
    @Override
    public void ensureMarked(StepKey key) {
        WorkloadRef ref = key.workload();
        known.learn(List.of(ref));
        clusters.stream().filter(ContextCluster::isReady).forEach(cluster -> cluster.workloads()
                .last(ref)
                .flatMap(any -> cluster.workloads().now(ref))
                .ifPresent(cluster::changing));
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> asked) {
        long deadline = System.nanoTime() + FIRST_LOOK.toNanos();
        clusters.stream().filter(ContextCluster::isStarting).forEach(starting -> starting.awaitFirst(deadline));
        clusters.stream().filter(ContextCluster::isStarting).findFirst().ifPresent(starting -> {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    source,
                    "Observe workloads: %s has not reported them yet; retry"
                            .formatted(starting.id().name()));
        });
        known.learn(asked);
        List<ContextCluster> told =
                clusters.stream().filter(ContextCluster::isReady).toList();
        Map<WorkloadRef, WorkloadObservation> seen = new HashMap<>();
        for (WorkloadRef ref : asked) {
            observe(ref, told).ifPresent(observation -> seen.put(ref, observation));
        }
        return seen;
    }

    /** On an unavailable cluster the release stays, too; it is not desired when the cluster is back, and is removed then. */
    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> asked, Set<ClusterId> where) {
        Map<WorkloadRef, WorkloadObservation> present = observe(asked);
        Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
        for (WorkloadRef ref : asked) {
            String key = ref.graph().project() + "/" + ref.service();
            Map<ClusterId, OnCluster> there = new TreeMap<>(Optional.ofNullable(present.get(ref))
                    .map(WorkloadObservation::byCluster)
                    .orElse(Map.of()));
            Map<ClusterId, String> unseen = new TreeMap<>();
            for (ContextCluster cluster : clusters) {
                int pods = cluster.isReady() ? cluster.podsLeftOf(key) : 0;
                if (pods > 0) {
                    there.putIfAbsent(cluster.id(), new OnCluster(0, pods, 0, 0, 0, false, cluster.requested(key)));
                } else if (!cluster.isReady() && where.contains(cluster.id())) {
                    unseen.put(
                            cluster.id(),
                            "removal on cluster %s, which is not ready, is left until it is back"
                                    .formatted(cluster.id().name()));
                }
            }
            if (!there.isEmpty() || !unseen.isEmpty()) {
                left.put(ref, new WorkloadObservation(ref, there, "", Optional.empty(), unseen));
            }
        }
        return left;
    }

    private static Optional<WorkloadObservation> observe(WorkloadRef ref, List<ContextCluster> told) {
        Map<ClusterId, OnCluster> byCluster = new TreeMap<>();
        List<String> messages = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Map<ClusterId, List<Beside>> beside = new TreeMap<>();
        for (ContextCluster cluster : told) {
            String name = cluster.id().name();
            cluster.workloads().last(ref).map(cluster::current).ifPresent(seen -> {
                byCluster.put(
                        cluster.id(),
                        seen.onCluster(
                                seen.counts(),
                                seen.what().isScaled() ? seen.desired() : 1,
                                cluster.requested(seen.path())));
                if (!seen.counts().isRolledOut()) {
                    messages.add(message(cluster, seen));
                }
                seen.failure().ifPresent(why -> failures.add(name + ": " + why));
                if (seen.desired() > 0 || !seen.what().isScaled()) {
                    List<Beside> lacking = lacking(cluster, cluster.workloads().beside(seen));
                    if (!lacking.isEmpty()) {
                        beside.put(cluster.id(), lacking);
                    }
                }
            });
        }
        messages.removeIf(String::isEmpty);
        String message = String.join("; ", messages);
        return byCluster.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkloadObservation(
                        ref,
                        byCluster,
                        AnswerLimits.cut(message, LONGEST),
                        failures.stream().findFirst(),
                        Map.of(),
                        beside));
    }

    /** Other workloads of its release that are not rolled out. */
    private static List<Beside> lacking(ContextCluster cluster, List<ObservedWorkload> others) {
        return others.stream()
                .map(cluster::current)
                .flatMap(other -> other
                        .lacks(
                                other.counts(),
                                other.failure(),
                                cluster.troubles().describe("", other),
                                cluster.nodesAway())
                        .stream())
                .toList();
    }

    private static String message(ContextCluster cluster, ObservedWorkload seen) {
        List<String> parts = new ArrayList<>(List.of(
                seen.what().isScaled() ? "" : seen.waitsFor(seen.counts()).orElse(""),
                seen.trouble(),
                cluster.troubles().describe("", seen)));
        parts.removeIf(String::isBlank);
        return parts.isEmpty() ? "" : cluster.id().name() + ": " + String.join("; ", parts);
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return listeners.subscribe(onChange);
    }

    private void cluster(ClusterId id) {
        if (clusters.stream().noneMatch(cluster -> cluster.id().equals(id))) {
            throw new AdapterException(Kind.REFUSED, source, "Cluster %s has no context; configure one".formatted(id));
        }
    }
}
