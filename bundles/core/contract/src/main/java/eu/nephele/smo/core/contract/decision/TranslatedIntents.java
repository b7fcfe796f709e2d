// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.ReplicaDivision;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Result of translating the intents of a graph.
 *
 * @param perReplica needs by service id; a service without a compute intent is missing
 * @param forbidden service → cluster → reason; only requested clusters
 * @param together groups that must share a cluster
 * @param apart pairs that must not
 * @param maxLatencyMillis limits by link
 * @param divisions services whose replicas must be divided over clusters
 * @param replicas bounds by service
 * @param totalReplicas bounds over the graph
 * @param keepPlacement the reason why optimisation must not move the graph, "" when it may
 */
public record TranslatedIntents(
        Map<String, Resources> perReplica,
        Map<String, Map<ClusterId, String>> forbidden,
        List<Set<String>> together,
        List<ServicePair> apart,
        Map<ServicePair, Double> maxLatencyMillis,
        Map<String, ReplicaDivision> divisions,
        Map<String, ReplicaBounds> replicas,
        ReplicaBounds totalReplicas,
        Map<String, ObjectiveWeight> weights,
        String keepPlacement,
        List<String> warnings) {

    /** Two services, in order. */
    public record ServicePair(String one, String other) {}

    /** Bounds of replicas. */
    public record ReplicaBounds(OptionalInt min, OptionalInt max) {
        public static final ReplicaBounds NONE = new ReplicaBounds(OptionalInt.empty(), OptionalInt.empty());
    }
}
