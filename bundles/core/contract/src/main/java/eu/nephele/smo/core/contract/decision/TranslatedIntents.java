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
import java.util.stream.Stream;

/**
 * Result of translating the intents of a graph.
 *
 * @param perReplica needs by service id; a service without a compute intent is missing
 * @param forbidden service → cluster → reason; only requested clusters
 * @param neighbours which services must or must not be near each other
 * @param latencies limits and assumptions
 * @param divisions services whose replicas must be divided over clusters
 * @param replicas bounds by service
 * @param totalReplicas bounds over the graph
 * @param preferences that may be given up
 * @param keepPlacement the reason why optimisation must not move the graph, "" when it may
 */
public record TranslatedIntents(
        Map<String, Resources> perReplica,
        Map<String, Map<ClusterId, String>> forbidden,
        Neighbours neighbours,
        Latencies latencies,
        Map<String, ReplicaDivision> divisions,
        Map<String, ReplicaBounds> replicas,
        ReplicaBounds totalReplicas,
        Map<String, ObjectiveWeight> weights,
        List<ServicePreference> preferences,
        String keepPlacement,
        List<String> warnings) {

    /** The same, with other restrictions of places. */
    public TranslatedIntents restricted(Map<String, Map<ClusterId, String>> otherForbidden, Neighbours others) {
        return new TranslatedIntents(
                perReplica,
                otherForbidden,
                others,
                latencies,
                divisions,
                replicas,
                totalReplicas,
                weights,
                preferences,
                keepPlacement,
                warnings);
    }

    /** The same, with one more warning. */
    public TranslatedIntents warned(String warning) {
        return new TranslatedIntents(
                perReplica,
                forbidden,
                neighbours,
                latencies,
                divisions,
                replicas,
                totalReplicas,
                weights,
                preferences,
                keepPlacement,
                Stream.concat(warnings.stream(), Stream.of(warning)).toList());
    }

    /**
     * Which services must or must not be near each other.
     *
     * @param together groups that must share a cluster
     * @param apart pairs that must not
     * @param shared groups that must share a value of a label
     */
    public record Neighbours(List<Set<String>> together, List<ServicePair> apart, List<SharedLabel> shared) {
        public static final Neighbours NONE = new Neighbours(List.of(), List.of(), List.of());
    }

    /** Services on clusters with one value of a label; on clusters without it they share one cluster. */
    public record SharedLabel(Set<String> services, String label, String why) {}

    /**
     * What is to be known about latencies.
     *
     * @param maxMillis limits by link
     * @param assumedMillis by label: between two clusters with the same value of it where nobody knows the latency
     */
    public record Latencies(Map<ServicePair, Double> maxMillis, Map<String, Double> assumedMillis) {
        public static final Latencies NONE = new Latencies(Map.of(), Map.of());
    }

    /**
     * A preference that may be given up.
     *
     * @param against clusters that do not fulfil it
     */
    public record ServicePreference(String service, double weight, String why, Set<ClusterId> against) {}

    /** Two services, in order. */
    public record ServicePair(String one, String other) {}

    /** Bounds of replicas. */
    public record ReplicaBounds(OptionalInt min, OptionalInt max) {
        public static final ReplicaBounds NONE = new ReplicaBounds(OptionalInt.empty(), OptionalInt.empty());
    }
}
