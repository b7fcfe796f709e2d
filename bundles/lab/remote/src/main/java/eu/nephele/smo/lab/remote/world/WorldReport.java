// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import java.util.List;
import java.util.Map;

/** The real state of the world, with everything that a judge of an orchestrator needs. */
public record WorldReport(
        List<ClusterReport> clusters, List<ReleaseReport> releases, List<RuleRecord> rules, WriteReport writes) {

    public WorldReport {
        clusters = List.copyOf(clusters);
        releases = List.copyOf(releases);
        rules = List.copyOf(rules);
    }

    /** @param overbookedEver largest excess of an order over the capacity; nothing when none exceeded it */
    public record ClusterReport(String name, boolean ready, Resources overbookedEver) {}

    /**
     * @param revision counts its changes
     * @param key text of the step key of the last write, "" when it has been changed by others since
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

    public boolean overbookedEver() {
        return clusters.stream().anyMatch(cluster -> !cluster.overbookedEver().isZero());
    }
}
