// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.core.contract.decision.TranslatedIntents.Neighbours;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePair;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.SharedLabel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which services must be together and which apart; groups that overlap are one. What contradicts itself is refused. */
final class NeighbourRules {
    private final Set<Set<String>> together = new LinkedHashSet<>();
    private final Set<ServicePair> apart = new LinkedHashSet<>();
    private final List<SharedLabel> shared = new ArrayList<>();

    /** @throws IllegalArgumentException if two of them have to be apart */
    void together(Set<String> services) {
        Set<String> group = new TreeSet<>(services);
        Set<Set<String>> others = new LinkedHashSet<>();
        for (Set<String> other : together) {
            if (other.stream().anyMatch(services::contains)) {
                group.addAll(other);
            } else {
                others.add(other);
            }
        }
        apart.forEach(pair -> refuseBoth(group, pair));
        others.add(group);
        together.clear();
        together.addAll(others);
    }

    /** @throws IllegalArgumentException if they have to be together */
    void apart(String one, String other) {
        ServicePair pair = one.compareTo(other) <= 0 ? new ServicePair(one, other) : new ServicePair(other, one);
        together.forEach(group -> refuseBoth(group, pair));
        apart.add(pair);
    }

    void shareLabel(SharedLabel added) {
        SharedLabel merged = added;
        List<SharedLabel> overlapping = new ArrayList<>();
        for (SharedLabel other : shared) {
            if (other.label().equals(merged.label())
                    && other.services().stream().anyMatch(merged.services()::contains)) {
                Set<String> services = new TreeSet<>(merged.services());
                services.addAll(other.services());
                merged = new SharedLabel(services, merged.label(), other.why());
                overlapping.add(other);
            }
        }
        shared.removeAll(overlapping);
        shared.add(merged);
    }

    Neighbours translated() {
        return new Neighbours(List.copyOf(together), List.copyOf(apart), List.copyOf(shared));
    }

    private static void refuseBoth(Set<String> group, ServicePair pair) {
        if (group.contains(pair.one()) && group.contains(pair.other())) {
            throw new IllegalArgumentException(
                    "it contradicts another intent: services '%s' and '%s' would have to share a cluster and must not"
                            .formatted(pair.one(), pair.other()));
        }
    }
}
