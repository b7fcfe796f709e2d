// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.Neighbours;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.SharedLabel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Services that must share a value of a label, whichever it is: a choice that no strategy knows. Each value is a problem of its own, in
 * which the others are forbidden.
 */
final class LabelChoices {

    /** Problems that are looked at for one decision, each with a call of the strategy. */
    static final int MOST = 32;

    private LabelChoices() {}

    /** @return the intents for each choice, that of the present placement first; only themselves where there is no choice */
    static List<TranslatedIntents> list(TranslatedIntents intents, List<ClusterState> clusters, Placement current) {
        List<TranslatedIntents> choices = List.of(intents);
        double all = 1;
        for (SharedLabel shared : intents.neighbours().shared()) {
            if (shared.services().size() == 1 && !isDivided(shared, intents)) {
                // it is on one cluster, with one value
                continue;
            }
            List<String> values = values(shared, clusters, current);
            all *= values.size();
            choices = choices.stream()
                    .flatMap(before -> values.stream().map(value -> chosen(before, shared, value, clusters)))
                    .limit(MOST)
                    .toList();
        }
        if (all <= MOST) {
            return choices;
        }
        String warning = String.format(
                Locale.ROOT, "%d of %.0f choices of places with the same labels were looked at", MOST, all);
        return choices.stream().map(choice -> choice.warned(warning)).toList();
    }

    /** "" stands for clusters without the label. */
    private static List<String> values(SharedLabel shared, List<ClusterState> clusters, Placement current) {
        Set<ClusterId> present = shared.services().stream()
                .flatMap(service -> current.clustersOf(service).stream())
                .collect(Collectors.toSet());
        Set<String> ready = new TreeSet<>();
        clusters.stream().filter(ClusterState::ready).forEach(cluster -> ready.add(value(shared, cluster)));
        List<String> values = new ArrayList<>(new TreeSet<>(clusters.stream()
                .filter(cluster -> present.contains(cluster.id()))
                .map(cluster -> value(shared, cluster))
                .filter(ready::contains)
                .toList()));
        ready.removeAll(values);
        values.addAll(ready);
        return values.isEmpty() ? List.of("") : values;
    }

    private static TranslatedIntents chosen(
            TranslatedIntents intents, SharedLabel shared, String value, List<ClusterState> clusters) {
        Map<String, Map<ClusterId, String>> forbidden = new LinkedHashMap<>(intents.forbidden());
        for (String service : shared.services()) {
            Map<ClusterId, String> own = new LinkedHashMap<>(forbidden.getOrDefault(service, Map.of()));
            clusters.stream()
                    .filter(cluster -> !value(shared, cluster).equals(value) || isTorn(shared, value, intents))
                    .forEach(cluster -> own.putIfAbsent(cluster.id(), why(shared, value)));
            forbidden.put(service, own);
        }
        Neighbours neighbours = intents.neighbours();
        List<Set<String>> together = new ArrayList<>(neighbours.together());
        if (value.isEmpty() && shared.services().size() > 1) {
            together.add(shared.services());
        }
        return intents.restricted(forbidden, new Neighbours(together, neighbours.apart(), neighbours.shared()));
    }

    private static boolean isDivided(SharedLabel shared, TranslatedIntents intents) {
        return shared.services().stream().anyMatch(service -> !intents.divisions()
                .getOrDefault(service, ReplicaDivision.WHOLE)
                .equals(ReplicaDivision.WHOLE));
    }

    /** Clusters without the label have nothing in common, and shares of a service are on several of them. */
    private static boolean isTorn(SharedLabel shared, String value, TranslatedIntents intents) {
        return value.isEmpty() && isDivided(shared, intents);
    }

    private static String why(SharedLabel shared, String value) {
        return value.isEmpty()
                ? "%s: looked at with all of them on one cluster without %s".formatted(shared.why(), shared.label())
                : "%s: looked at with all of them where %s is %s".formatted(shared.why(), shared.label(), value);
    }

    private static String value(SharedLabel shared, ClusterState cluster) {
        return cluster.labels().getOrDefault(shared.label(), "");
    }
}
