// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ReleaseState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The world at one moment, as it is rather than as anybody believes it to be.
 *
 * @param now time in the world
 * @param clusters in name order
 * @param releases in order of project, graph, service
 * @param pods in order of their creation
 * @param requestsPerSecond present load by selector
 * @param outages what is failing
 */
public record WorldSnapshot(
        Instant now,
        List<Cluster> clusters,
        List<Release> releases,
        List<Pod> pods,
        Map<String, Double> requestsPerSecond,
        Set<Outage> outages) {

    public WorldSnapshot {
        clusters = List.copyOf(clusters);
        releases = List.copyOf(releases);
        pods = List.copyOf(pods);
        requestsPerSecond = Map.copyOf(requestsPerSecond);
        outages = Set.copyOf(outages);
    }

    /**
     * @param allocatable what is offered now, after a drain
     * @param allocated requests of all scheduled pods, ours and foreign; never above {@code allocatable}
     * @param foreign the foreign part of it
     * @param requested requests of all our pods there, waiting ones included
     * @param overbookedEver by how much an order of ours ever asked for more than the capacity had room for; nothing when never
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
     * @param chart reference of what was installed
     * @param replicas wanted replicas by cluster
     * @param readyReplicas over all clusters
     * @param message what keeps it from being ready, "" when nothing does
     */
    public record Release(
            ReleaseState state, String chart, Map<String, Integer> replicas, int readyReplicas, String message) {
        public Release {
            replicas = Map.copyOf(replicas);
        }
    }

    /**
     * @param name unique in the world
     * @param release {@code project/graph/service}
     */
    public record Pod(String name, String release, String cluster, PodPhase phase) {}

    /** How far a pod is. */
    public enum PodPhase {
        /** waits for room or for its cluster */
        PENDING,
        /** has its place, is not ready yet */
        STARTING,
        READY,
        /** its cluster is down */
        UNREACHABLE
    }

    /** Whether an order of ours ever asked for more than a cluster had room for. */
    public boolean overbookedEver() {
        return clusters.stream().anyMatch(cluster -> !cluster.overbookedEver().isZero());
    }
}
