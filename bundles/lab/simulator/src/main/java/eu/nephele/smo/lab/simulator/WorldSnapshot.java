// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The world at one moment: its real state, not the state that observers believe.
 *
 * @param now time in the world
 * @param clusters in name order
 * @param releases in order of project, graph, service
 * @param pods in order of their creation
 * @param requestsPerSecond present load by selector
 * @param outages parts that are failing
 * @param series measurements that were set, with their value
 * @param rules in order of project, graph, service, event
 * @param writes writes of clients by workload, deleted workloads included
 */
public record WorldSnapshot(
        Instant now,
        List<Cluster> clusters,
        List<ReleaseSnapshot> releases,
        List<PodSnapshot> pods,
        Map<String, Double> requestsPerSecond,
        Set<Outage> outages,
        Map<MetricSeries, Double> series,
        List<RuleSnapshot> rules,
        Map<WorkloadRef, Writes> writes) {

    public WorldSnapshot {
        clusters = List.copyOf(clusters);
        releases = List.copyOf(releases);
        pods = List.copyOf(pods);
        requestsPerSecond = Map.copyOf(requestsPerSecond);
        outages = Set.copyOf(outages);
        series = Map.copyOf(series);
        rules = List.copyOf(rules);
        writes = Collections.unmodifiableMap(new TreeMap<>(writes));
    }

    /**
     * @param allocatable capacity on offer now, after a drain
     * @param allocated requests of all scheduled pods, ours and foreign; never above {@code allocatable}
     * @param foreign the foreign part of it
     * @param requested requests of all our pods there, waiting ones included
     * @param overbookedEver largest excess of an order of ours over the capacity; nothing when none exceeded it
     */
    public record Cluster(
            String name,
            boolean ready,
            Resources allocatable,
            Resources allocated,
            Resources foreign,
            Resources requested,
            Resources overbookedEver) {}

    /**
     * @param state as the deployer reports it
     * @param replicas wanted replicas by cluster
     * @param readyReplicas over all clusters
     * @param message reason why it is not ready, "" when it is
     */
    public record ReleaseSnapshot(
            ReleaseState state, String chart, Map<String, Integer> replicas, int readyReplicas, String message) {
        public ReleaseSnapshot {
            replicas = Map.copyOf(replicas);
        }
    }

    /**
     * @param name unique in the world
     * @param release {@code project/graph/service}
     */
    public record PodSnapshot(String name, String release, String cluster, PodPhase phase) {}

    public enum PodPhase {
        /** waits for capacity or for its cluster */
        PENDING,
        /** is scheduled, not ready yet */
        STARTING,
        READY,
        /** its cluster is down */
        UNREACHABLE
    }

    /**
     * @param expression in PromQL
     * @param gracePeriod how long the expression must hold before the alert fires
     * @param owner id of the installation that owns it
     * @param state of its alert; of several the furthest
     * @param message reason why its last evaluation failed, "" when it succeeded
     */
    public record RuleSnapshot(
            WorkloadRef workload,
            String event,
            String expression,
            Duration gracePeriod,
            String owner,
            RuleState state,
            String message) {}

    public enum RuleState {
        /** the expression does not hold */
        INACTIVE,
        /** it holds, the grace period runs */
        PENDING,
        FIRING
    }

    /**
     * Writes of clients to one workload. Injected faults are not counted.
     *
     * @param release changes of the release and its replicas, removals included
     * @param repeatedRelease of these, writes of the release whose digest, targets and step are those that were there
     * @param rules changes of alert rules, removals included
     * @param repeatedRules of these, writes of a rule that was there exactly like that
     */
    public record Writes(long release, long repeatedRelease, long rules, long repeatedRules) {
        public static final Writes NONE = new Writes(0, 0, 0, 0);
    }

    /** Number of writes that changed nothing. */
    public long repeatedWrites() {
        return writes.values().stream()
                .mapToLong(each -> each.repeatedRelease() + each.repeatedRules())
                .sum();
    }

    /** Returns whether an order of ours ever exceeded the capacity of a cluster. */
    public boolean overbookedEver() {
        return clusters.stream().anyMatch(cluster -> !cluster.overbookedEver().isZero());
    }
}
