// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.Latencies;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ReplicaBounds;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePair;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePreference;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.SharedLabel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;

/** Adds up what all intents of a graph come to; a constraint once made is never taken back. */
final class CollectedRequirements {
    /** The constraint counts all the same. */
    /** Objective that makes preferences a cost. */
    private static final String PREFERENCES = "preferences";

    static final String NOT_KEPT = "an intent; its reason is not kept, all of them are too long";

    private final Map<String, Resources> perReplica = new LinkedHashMap<>();
    private final Map<String, Map<ClusterId, String>> forbidden = new LinkedHashMap<>();
    private final NeighbourRules neighbours = new NeighbourRules();
    private final List<ServicePreference> preferences = new ArrayList<>();
    private final Map<ServicePair, Double> maxLatencyMillis = new LinkedHashMap<>();
    private final Map<String, Double> assumedMillis = new TreeMap<>();
    private final Map<String, ReplicaDivision> divisions = new LinkedHashMap<>();
    private final Map<String, ReplicaBounds> replicas = new LinkedHashMap<>();
    private final Map<String, ObjectiveWeight> weights = new TreeMap<>();
    private final Set<String> keepPlacement = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private ReplicaBounds totalReplicas = ReplicaBounds.NONE;
    private long reasonCharacters;

    void resources(String service, Resources amount) {
        perReplica.put(service, amount);
    }

    void forbid(String service, ClusterId cluster, String why) {
        Map<ClusterId, String> clusters = forbidden.computeIfAbsent(service, key -> new LinkedHashMap<>());
        if (!clusters.containsKey(cluster)) {
            reasonCharacters += why.length();
            clusters.put(cluster, reasonCharacters <= AnswerLimits.REASONS_CHARACTERS ? why : NOT_KEPT);
        }
    }

    /** @throws IllegalArgumentException if two of them have to be apart */
    void together(Set<String> services) {
        neighbours.together(services);
    }

    /** @throws IllegalArgumentException if they have to be together */
    void apart(String one, String other) {
        neighbours.apart(one, other);
    }

    void shareLabel(SharedLabel group) {
        neighbours.shareLabel(group);
    }

    void prefer(ServicePreference preference) {
        preferences.add(preference);
    }

    void assumeLatency(String label, double millis) {
        assumedMillis.merge(label, millis, Math::max);
    }

    void maxLatency(String from, String to, double millis) {
        maxLatencyMillis.merge(new ServicePair(from, to), millis, Math::min);
    }

    void spread(String service, ReplicaDivision division) {
        divisions.merge(service, division, ReplicaDivision::and);
    }

    void replicas(String service, OptionalInt min, OptionalInt max) {
        replicas.merge(
                service,
                consistent("service '%s'".formatted(service), new ReplicaBounds(min, max)),
                (one, other) -> narrower("service '%s'".formatted(service), one, other));
    }

    void totalReplicas(OptionalInt min, OptionalInt max) {
        totalReplicas = narrower("the graph", totalReplicas, new ReplicaBounds(min, max));
    }

    /** Two intents with the same objective make it count twice, on the more important of their levels. */
    void weight(String objective, ObjectiveWeight weight) {
        weights.merge(
                objective,
                weight,
                (one, other) ->
                        new ObjectiveWeight(one.weight() + other.weight(), Math.min(one.level(), other.level())));
    }

    void keepPlacement(String why) {
        keepPlacement.add(why);
    }

    void warn(String message) {
        warnings.add(message);
    }

    TranslatedIntents translated() {
        if (!preferences.isEmpty()) {
            weights.putIfAbsent(PREFERENCES, ObjectiveWeight.of(1));
        }
        return new TranslatedIntents(
                perReplica,
                forbidden,
                neighbours.translated(),
                new Latencies(maxLatencyMillis, assumedMillis),
                divisions,
                replicas,
                totalReplicas,
                weights,
                List.copyOf(preferences),
                String.join("; ", keepPlacement),
                new ArrayList<>(warnings));
    }

    private static ReplicaBounds narrower(String whose, ReplicaBounds one, ReplicaBounds other) {
        return consistent(
                whose,
                new ReplicaBounds(both(one.min(), other.min(), Math::max), both(one.max(), other.max(), Math::min)));
    }

    private static ReplicaBounds consistent(String whose, ReplicaBounds bounds) {
        if (bounds.min().isPresent()
                && bounds.max().isPresent()
                && bounds.min().getAsInt() > bounds.max().getAsInt()) {
            throw new IllegalArgumentException("replicas of %s: at least %d and at most %d cannot both hold"
                    .formatted(whose, bounds.min().getAsInt(), bounds.max().getAsInt()));
        }
        return bounds;
    }

    private static OptionalInt both(OptionalInt one, OptionalInt other, IntBinaryOperator operator) {
        if (one.isPresent() && other.isPresent()) {
            return OptionalInt.of(operator.applyAsInt(one.getAsInt(), other.getAsInt()));
        }
        return one.isPresent() ? one : other;
    }
}
