// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.ServicePair;
import eu.nephele.smo.core.contract.decision.TranslatedIntents.SharedLabel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A hard part of an intent that a placement does not keep, because it meant something else when the placement was decided. Room and
 * latencies, which change without any intent, are not looked at.
 *
 * @param services that it concerns
 * @param text for people
 */
record BrokenIntent(Set<String> services, String text) {

    static List<BrokenIntent> list(TranslatedIntents intents, Placement placement, List<ClusterState> clusters) {
        List<BrokenIntent> broken = new ArrayList<>();
        intents.forbidden().forEach((service, reasons) -> placement.clustersOf(service).stream()
                .filter(reasons::containsKey)
                .forEach(cluster -> broken.add(broken(Set.of(service), reasons.getOrDefault(cluster, ""), placement))));
        for (Set<String> group : intents.neighbours().together()) {
            if (clusters(placement, group).size() > 1) {
                broken.add(broken(group, "on one cluster", placement));
            }
        }
        for (ServicePair pair : intents.neighbours().apart()) {
            Set<ClusterId> both = new LinkedHashSet<>(placement.clustersOf(pair.one()));
            both.retainAll(placement.clustersOf(pair.other()));
            if (!both.isEmpty()) {
                broken.add(broken(new TreeSet<>(Set.of(pair.one(), pair.other())), "on no common cluster", placement));
            }
        }
        for (SharedLabel shared : intents.neighbours().shared()) {
            if (values(shared, placement, clusters).size() > 1) {
                broken.add(broken(shared.services(), shared.why(), placement));
            }
        }
        intents.divisions().forEach((service, division) -> {
            if (placement.replicasOf(service) > 0
                    && placement.clustersOf(service).size() < division.overClusters()) {
                broken.add(broken(
                        Set.of(service), "on at least %d clusters".formatted(division.overClusters()), placement));
            }
        });
        return broken;
    }

    private static BrokenIntent broken(Set<String> services, String wanted, Placement placement) {
        String where = services.stream()
                .filter(service -> !placement.clustersOf(service).isEmpty())
                .map(service -> "%s is on %s"
                        .formatted(
                                service,
                                placement.clustersOf(service).stream()
                                        .map(ClusterId::name)
                                        .collect(Collectors.joining(" and "))))
                .collect(Collectors.joining(", "));
        return new BrokenIntent(services, "not kept: %s; %s".formatted(wanted, where));
    }

    private static Set<ClusterId> clusters(Placement placement, Collection<String> services) {
        return services.stream()
                .flatMap(service -> placement.clustersOf(service).stream())
                .collect(Collectors.toSet());
    }

    /** A cluster without the label, or one that is gone, has nothing in common with others. */
    private static Set<String> values(SharedLabel shared, Placement placement, List<ClusterState> clusters) {
        Map<ClusterId, Map<String, String>> labels =
                clusters.stream().collect(Collectors.toMap(ClusterState::id, ClusterState::labels));
        return clusters(placement, shared.services()).stream()
                .map(cluster -> {
                    String value = labels.getOrDefault(cluster, Map.of()).get(shared.label());
                    return value == null ? "cluster " + cluster : "label " + value;
                })
                .collect(Collectors.toSet());
    }
}
