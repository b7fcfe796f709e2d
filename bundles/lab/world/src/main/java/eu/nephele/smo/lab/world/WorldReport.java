// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.world;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import java.util.List;
import java.util.Map;

/**
 * The world as it is, with everything that a judge of an orchestrator wants to know.
 *
 * @param clusters in name order
 * @param releases in order of project, graph, service
 * @param rules alert rules that are there
 * @param writes how often it was written to
 */
public record WorldReport(
        List<ClusterReport> clusters, List<ReleaseReport> releases, List<RuleRecord> rules, WriteReport writes) {

    public WorldReport {
        clusters = List.copyOf(clusters);
        releases = List.copyOf(releases);
        rules = List.copyOf(rules);
    }

    /**
     * @param overbookedEver by how much an order ever asked for more than there was room for; nothing when never
     */
    public record ClusterReport(String name, boolean ready, Resources overbookedEver) {}

    /**
     * @param revision counts its changes
     * @param key text of the step key of the last write, "" when it has been changed by others since
     * @param artifact reference of the chart
     * @param values as they were written last
     * @param replicas cluster → pods that are wanted there
     * @param readyReplicas over all clusters
     * @param message what keeps it from being ready, "" when nothing does
     */
    public record ReleaseReport(
            WorkloadRef workload,
            int revision,
            String key,
            String artifact,
            JsonObject values,
            Map<String, Integer> replicas,
            int readyReplicas,
            String message) {
        public ReleaseReport {
            replicas = Map.copyOf(replicas);
        }
    }

    /** Returns whether an order ever asked for more than a cluster had room for. */
    public boolean overbookedEver() {
        return clusters.stream().anyMatch(cluster -> !cluster.overbookedEver().isZero());
    }
}
