// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Use of our pods on each cluster. It is polled again only for graphs with changes, and cached for the others: a poll
 * costs as much as has happened, not as exists. Apart from {@link #track}, {@link #forget}, {@link #stir} and
 * {@link #usedBy}, for one thread at a time.
 */
final class OwnPodUsage {

    /**
     * @param requested by all of them
     * @param passing the part of pods beyond the requested ones, which are going to end
     */
    private record UsageShare(Resources requested, Resources passing) {

        private static UsageShare from(OnCluster there) {
            return new UsageShare(there.requested(), passing(there));
        }

        private UsageShare plus(UsageShare other) {
            return new UsageShare(requested.plus(other.requested), passing.plus(other.passing));
        }

        /** Returns the share for a cluster that cannot be observed: its present use is taken to stay. */
        private UsageShare unseen() {
            return new UsageShare(requested, Resources.NONE);
        }

        /** Pods are taken to be alike. */
        private static Resources passing(OnCluster there) {
            int surplus = there.replicas() - Math.min(there.desiredReplicas(), there.replicas());
            if (there.replicas() == 0) {
                return there.requested();
            }
            Map<String, Long> part = new HashMap<>();
            there.requested()
                    .byName()
                    .forEach((resource, amount) -> part.put(
                            resource, amount == Resources.UNLIMITED ? 0 : amount / there.replicas() * surplus));
            return Resources.ofNames(part);
        }
    }

    private final AdapterPorts ports;
    /** Cache of what stored graphs run, found again by reading their services at each start. */
    private final Map<GraphId, Set<WorkloadRef>> workloads = new ConcurrentHashMap<>();
    /** Cache of the stored reservations, found again by reading them at each start. */
    private final Map<GraphId, Map<ClusterId, Resources>> reservations = new ConcurrentHashMap<>();
    /** Begins anew with each start, because all graphs are polled then. */
    private final Set<GraphId> stirred = ConcurrentHashMap.newKeySet();
    /** Cache of what was seen outside, found again by looking; what is in it is not changed any more. */
    private final Map<GraphId, Map<ClusterId, UsageShare>> shares = new ConcurrentHashMap<>();
    /** Cache of the same by cluster, found again with it. */
    private final Map<ClusterId, Set<GraphId>> graphs = new HashMap<>();
    /** Cache of its sums, found again with it. */
    private final Map<ClusterId, Resources> totals = new HashMap<>();
    /** Cache of what of it is beyond the reservations, found again with both. */
    private final Map<ClusterId, Map<GraphId, Resources>> excess = new HashMap<>();
    /** Cache of what of it is going to end, found again with it. */
    private final Map<ClusterId, Map<GraphId, Resources>> passing = new HashMap<>();

    private long edition = -1;
    /** Begins anew with each start, because all sources are polled then. */
    private Set<String> told = Set.of();

    OwnPodUsage(AdapterPorts ports) {
        this.ports = ports;
    }

    boolean isNothing() {
        return workloads.values().stream().allMatch(Set::isEmpty);
    }

    /** Sources that have reported all our pods at the last poll; none when that was only about some. */
    Set<String> sources() {
        return told;
    }

    void track(GraphId graph, Set<WorkloadRef> refs, Map<ClusterId, Resources> reserved) {
        workloads.put(graph, Set.copyOf(refs));
        reservations.put(graph, Map.copyOf(reserved));
        stirred.add(graph);
    }

    void forget(GraphId graph) {
        workloads.remove(graph);
        reservations.remove(graph);
        stirred.add(graph);
    }

    void stir(GraphId graph) {
        stirred.add(graph);
    }

    void stirAll() {
        stirred.addAll(workloads.keySet());
    }

    Map<GraphId, Map<ClusterId, Resources>> reservations() {
        return reservations;
    }

    /** @return the graphs that were polled */
    Set<GraphId> poll() {
        long present = ports.edition();
        if (present != edition) {
            stirAll();
            edition = present;
        }
        Set<GraphId> concerned = new HashSet<>(stirred);
        stirred.removeAll(concerned);
        boolean seen = false;
        try {
            poll(concerned);
            seen = true;
            return concerned;
        } finally {
            if (!seen) {
                stirred.addAll(concerned);
            }
        }
    }

    /** Polls the pods of these graphs, and of those with changes since then. */
    void lookAgain(Set<GraphId> concerned) {
        stirred.addAll(concerned);
        poll();
    }

    private void poll(Set<GraphId> concerned) {
        List<WorkloadRef> refs = concerned.stream()
                .flatMap(graph -> workloads.getOrDefault(graph, Set.of()).stream())
                .toList();
        told = Set.of();
        AdapterPorts.WorkloadObservations workloadObservations = refs.isEmpty()
                ? new AdapterPorts.WorkloadObservations(Map.of(), Set.of(), Map.of())
                : ports.sight(refs);
        Map<GraphId, Map<ClusterId, UsageShare>> seen = new HashMap<>();
        workloadObservations.workloads().forEach((workload, there) -> there.byCluster()
                .forEach((cluster, on) -> seen.computeIfAbsent(workload.graph(), any -> new HashMap<>())
                        .merge(cluster, UsageShare.from(on), UsageShare::plus)));
        Set<ClusterId> changed = new HashSet<>();
        for (GraphId graph : concerned) {
            Map<ClusterId, UsageShare> now = seen.getOrDefault(graph, new HashMap<>());
            if (workloads.containsKey(graph) && !workloadObservations.failed().isEmpty()) {
                keepUnseen(graph, now, workloadObservations.failed().keySet());
            }
            replace(graph, now, changed);
        }
        changed.forEach(this::sum);
        if (concerned.containsAll(workloads.keySet())) {
            told = workloadObservations.told();
        }
    }

    /** Keeps the last observed use of workloads that cannot be observed now. */
    private void keepUnseen(GraphId graph, Map<ClusterId, UsageShare> now, Set<String> failed) {
        shares.getOrDefault(graph, Map.of()).forEach((cluster, share) -> {
            if (failed.contains(cluster.source())) {
                now.putIfAbsent(cluster, share.unseen());
            }
        });
        boolean there = Stream.concat(
                        now.keySet().stream(), reservations.getOrDefault(graph, Map.of()).keySet().stream())
                .anyMatch(cluster -> failed.contains(cluster.source()));
        if (there) {
            stirred.add(graph);
        }
    }

    private void replace(GraphId graph, Map<ClusterId, UsageShare> now, Set<ClusterId> changed) {
        shares.getOrDefault(graph, Map.of()).keySet().forEach(cluster -> {
            changed.add(cluster);
            graphs.getOrDefault(cluster, new HashSet<>()).remove(graph);
            excess.getOrDefault(cluster, new HashMap<>()).remove(graph);
            passing.getOrDefault(cluster, new HashMap<>()).remove(graph);
        });
        Map<ClusterId, Resources> reserved = reservations.getOrDefault(graph, Map.of());
        now.forEach((cluster, share) -> {
            changed.add(cluster);
            graphs.computeIfAbsent(cluster, any -> new HashSet<>()).add(graph);
            Resources beyond = share.requested().minusFloored(reserved.getOrDefault(cluster, Resources.NONE));
            record(excess, cluster, graph, beyond);
            record(passing, cluster, graph, share.passing());
        });
        if (now.isEmpty()) {
            shares.remove(graph);
        } else {
            shares.put(graph, now);
        }
    }

    private static void record(
            Map<ClusterId, Map<GraphId, Resources>> amounts, ClusterId cluster, GraphId graph, Resources amount) {
        if (!amount.isZero()) {
            amounts.computeIfAbsent(cluster, any -> new HashMap<>()).put(graph, amount);
        }
    }

    private void sum(ClusterId cluster) {
        Resources total = ClusterInventory.sum(graphs.getOrDefault(cluster, Set.of()).stream()
                .map(graph -> shares.getOrDefault(graph, Map.of()).get(cluster))
                .filter(Objects::nonNull)
                .map(UsageShare::requested)
                .toList());
        totals.put(cluster, total);
    }

    /** Returns the last observed use; some sources count pods without a node, too. */
    Resources usedBy(GraphId graph, ClusterId cluster) {
        UsageShare there = shares.getOrDefault(graph, Map.of()).get(cluster);
        return there == null ? Resources.NONE : there.requested();
    }

    Map<ClusterId, Resources> totals() {
        return new HashMap<>(totals);
    }

    /** Returns the use of graphs on a cluster beyond their reservations there. */
    Resources excessOn(ClusterId cluster) {
        return ClusterInventory.sum(excess.getOrDefault(cluster, Map.of()).values());
    }

    /** The same by cluster and graph, only where it is anything. */
    Map<ClusterId, Map<GraphId, Resources>> excess() {
        return copy(excess);
    }

    /** Returns the use of ending pods, by cluster and graph, where it is not zero. */
    Map<ClusterId, Map<GraphId, Resources>> passing() {
        return copy(passing);
    }

    private static Map<ClusterId, Map<GraphId, Resources>> copy(Map<ClusterId, Map<GraphId, Resources>> amounts) {
        Map<ClusterId, Map<GraphId, Resources>> copy = new HashMap<>();
        amounts.forEach((cluster, there) -> {
            if (!there.isEmpty()) {
                copy.put(cluster, Map.copyOf(there));
            }
        });
        return copy;
    }
}
