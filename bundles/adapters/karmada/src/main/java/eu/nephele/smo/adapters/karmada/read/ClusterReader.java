// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * Reads Cluster objects of Karmada.
 *
 * <p>Allocated is what pods there ask for, those that wait for a node too: they exist, and ours that wait are counted as ours.
 * The last summary of a cluster that is not ready stays in the object for ever; it is not used. A cluster with a taint that keeps
 * new work away is shown as full: what is there stays, and nothing new fits.
 */
public final class ClusterReader {

    private static final String MULTI_CLUSTER = "multicluster.x-k8s.io/v1alpha1";
    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Quantities quantities;

    public ClusterReader(Quantities quantities) {
        this.quantities = quantities;
    }

    /** @throws IllegalArgumentException something in it makes no sense */
    public ClusterSeen read(GenericKubernetesResource cluster) {
        Tree tree = Tree.of(cluster);
        Map<String, String> annotations =
                Optional.ofNullable(cluster.getMetadata().getAnnotations()).orElse(Map.of());
        Map<String, String> labels = labels(cluster, tree);
        boolean ready = isReady(cluster, tree);
        Tree summary = tree.at("status", "resourceSummary");
        Resources allocatable =
                ready ? quantities.offered(summary.at("allocatable").map()) : Resources.NONE;
        Resources allocated = ready
                ? quantities
                        .taken(summary.at("allocated").map())
                        .plus(quantities.taken(summary.at("allocating").map()))
                : Resources.NONE;
        return new ClusterSeen(
                cluster.getMetadata().getName(),
                ready,
                nodesAway(tree.at("status", "nodeSummary")),
                allocatable,
                isClosed(tree) ? allocated.max(allocatable) : allocated,
                Optional.ofNullable(labels.get(REGION))
                        .or(() -> Optional.ofNullable(labels.get(ZONE)))
                        .orElse(""),
                labels,
                energy(annotations),
                signals(annotations),
                tree.at("spec", "syncMode").text().equals(Optional.of("Pull")),
                new NetworkSeen(
                        annotations.getOrDefault(Marks.POD_CIDR, ""),
                        annotations.getOrDefault(Marks.SERVICE_CIDR, ""),
                        multiCluster(tree.at("status", "apiEnablements").list())));
    }

    private static int nodesAway(Tree summary) {
        int ready = summary.at("readyNum").number().orElse(0);
        return Math.max(0, summary.at("totalNum").number().orElse(ready) - ready);
    }

    private static Optional<Set<String>> multiCluster(List<Tree> enablements) {
        return enablements.isEmpty()
                ? Optional.empty()
                : Optional.of(enablements.stream()
                        .filter(group -> group.at("groupVersion").text().equals(Optional.of(MULTI_CLUSTER)))
                        .flatMap(group -> group.at("resources").list().stream())
                        .flatMap(resource -> resource.at("kind").text().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isReady(GenericKubernetesResource cluster, Tree tree) {
        boolean leaving = cluster.getMetadata().getDeletionTimestamp() != null;
        boolean evicts = taints(tree).contains("NoExecute");
        boolean says = tree.at("status", "conditions").list().stream()
                .filter(condition ->
                        condition.at("type").text().filter("Ready"::equals).isPresent())
                .anyMatch(condition ->
                        condition.at("status").text().filter("True"::equals).isPresent());
        return says && !leaving && !evicts;
    }

    private static boolean isClosed(Tree tree) {
        return taints(tree).contains("NoSchedule");
    }

    private static List<String> taints(Tree tree) {
        return tree.at("spec", "taints").list().stream()
                .flatMap(taint -> taint.at("effect").text().stream())
                .toList();
    }

    private static Map<String, String> labels(GenericKubernetesResource cluster, Tree tree) {
        Map<String, String> labels = new TreeMap<>(
                Optional.ofNullable(cluster.getMetadata().getLabels()).orElse(Map.of()));
        tree.at("spec", "region").text().ifPresent(region -> labels.putIfAbsent(REGION, region));
        List<String> zones = tree.at("spec", "zones").texts();
        Optional<String> zone = zones.size() == 1
                ? Optional.of(zones.get(0))
                : tree.at("spec", "zone").text();
        zone.ifPresent(only -> labels.putIfAbsent(ZONE, only));
        tree.at("spec", "provider").text().ifPresent(provider -> labels.putIfAbsent(Marks.PROVIDER, provider));
        labels.values().removeIf(String::isBlank);
        return labels;
    }

    private static EnergyProfile energy(Map<String, String> annotations) {
        OptionalDouble idle = number(annotations, Marks.IDLE_WATTS, watts -> watts >= 0);
        OptionalDouble peak = number(annotations, Marks.PEAK_WATTS, watts -> watts >= idle.orElse(0));
        return peak.isPresent() ? new EnergyProfile(idle.orElse(0), peak.getAsDouble()) : EnergyProfile.UNKNOWN;
    }

    private static ClusterSignals signals(Map<String, String> annotations) {
        return new ClusterSignals(
                number(annotations, Marks.CARBON, grams -> grams >= 0),
                number(annotations, Marks.RENEWABLE, share -> share >= 0 && share <= 1),
                number(annotations, Marks.PRICE, price -> price >= 0),
                List.of());
    }

    /** A number that makes no sense says nothing; the cluster is none the worse for it. */
    private static OptionalDouble number(Map<String, String> annotations, String name, DoublePredicate sensible) {
        String text = annotations.getOrDefault(name, "");
        if (!text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(text);
        return sensible.test(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
