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
 * <p>Allocated are the requests of all pods there, pending ones included: they exist, and our pending pods are counted as ours.
 * The last summary of a cluster that is not ready stays in the object for ever; it is ignored. A cluster with a taint that keeps
 * new work away is shown as full: what is there stays, and nothing new fits.
 */
public final class ClusterReader {

    private static final String MULTI_CLUSTER = "multicluster.x-k8s.io/v1alpha1";
    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private final KubernetesQuantities quantities;

    public ClusterReader(KubernetesQuantities quantities) {
        this.quantities = quantities;
    }

    /** @throws IllegalArgumentException if a value is invalid */
    public ObservedCluster read(GenericKubernetesResource cluster) {
        UntypedObject untypedObject = UntypedObject.from(cluster);
        Map<String, String> annotations =
                Optional.ofNullable(cluster.getMetadata().getAnnotations()).orElse(Map.of());
        Map<String, String> labels = labels(cluster, untypedObject);
        boolean ready = isReady(cluster, untypedObject);
        UntypedObject summary = untypedObject.at("status", "resourceSummary");
        Resources allocatable =
                ready ? quantities.offered(summary.at("allocatable").map()) : Resources.NONE;
        Resources allocated = ready
                ? quantities
                        .taken(summary.at("allocated").map())
                        .plus(quantities.taken(summary.at("allocating").map()))
                : Resources.NONE;
        return new ObservedCluster(
                cluster.getMetadata().getName(),
                ready,
                nodesAway(untypedObject.at("status", "nodeSummary")),
                allocatable,
                isClosed(untypedObject) ? allocated.max(allocatable) : allocated,
                Optional.ofNullable(labels.get(REGION))
                        .or(() -> Optional.ofNullable(labels.get(ZONE)))
                        .orElse(""),
                labels,
                energy(annotations),
                signals(annotations),
                untypedObject.at("spec", "syncMode").text().equals(Optional.of("Pull")),
                new ObservedNetwork(
                        annotations.getOrDefault(OwnershipLabels.POD_CIDR, ""),
                        annotations.getOrDefault(OwnershipLabels.SERVICE_CIDR, ""),
                        multiCluster(
                                untypedObject.at("status", "apiEnablements").list())));
    }

    private static int nodesAway(UntypedObject summary) {
        int ready = summary.at("readyNum").number().orElse(0);
        return Math.max(0, summary.at("totalNum").number().orElse(ready) - ready);
    }

    private static Optional<Set<String>> multiCluster(List<UntypedObject> enablements) {
        return enablements.isEmpty()
                ? Optional.empty()
                : Optional.of(enablements.stream()
                        .filter(group -> group.at("groupVersion").text().equals(Optional.of(MULTI_CLUSTER)))
                        .flatMap(group -> group.at("resources").list().stream())
                        .flatMap(resource -> resource.at("kind").text().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isReady(GenericKubernetesResource cluster, UntypedObject untypedObject) {
        boolean leaving = cluster.getMetadata().getDeletionTimestamp() != null;
        boolean evicts = taints(untypedObject).contains("NoExecute");
        boolean says = untypedObject.at("status", "conditions").list().stream()
                .filter(condition ->
                        condition.at("type").text().filter("Ready"::equals).isPresent())
                .anyMatch(condition ->
                        condition.at("status").text().filter("True"::equals).isPresent());
        return says && !leaving && !evicts;
    }

    private static boolean isClosed(UntypedObject untypedObject) {
        return taints(untypedObject).contains("NoSchedule");
    }

    private static List<String> taints(UntypedObject untypedObject) {
        return untypedObject.at("spec", "taints").list().stream()
                .flatMap(taint -> taint.at("effect").text().stream())
                .toList();
    }

    private static Map<String, String> labels(GenericKubernetesResource cluster, UntypedObject untypedObject) {
        Map<String, String> labels = new TreeMap<>(
                Optional.ofNullable(cluster.getMetadata().getLabels()).orElse(Map.of()));
        untypedObject.at("spec", "region").text().ifPresent(region -> labels.putIfAbsent(REGION, region));
        List<String> zones = untypedObject.at("spec", "zones").texts();
        Optional<String> zone = zones.size() == 1
                ? Optional.of(zones.get(0))
                : untypedObject.at("spec", "zone").text();
        zone.ifPresent(only -> labels.putIfAbsent(ZONE, only));
        untypedObject
                .at("spec", "provider")
                .text()
                .ifPresent(provider -> labels.putIfAbsent(OwnershipLabels.PROVIDER, provider));
        labels.values().removeIf(String::isBlank);
        return labels;
    }

    private static EnergyProfile energy(Map<String, String> annotations) {
        OptionalDouble idle = number(annotations, OwnershipLabels.IDLE_WATTS, watts -> watts >= 0);
        OptionalDouble peak = number(annotations, OwnershipLabels.PEAK_WATTS, watts -> watts >= idle.orElse(0));
        return peak.isPresent() ? new EnergyProfile(idle.orElse(0), peak.getAsDouble()) : EnergyProfile.UNKNOWN;
    }

    private static ClusterSignals signals(Map<String, String> annotations) {
        return new ClusterSignals(
                number(annotations, OwnershipLabels.CARBON, grams -> grams >= 0),
                number(annotations, OwnershipLabels.RENEWABLE, share -> share >= 0 && share <= 1),
                number(annotations, OwnershipLabels.PRICE, price -> price >= 0),
                List.of());
    }

    /** An invalid number is ignored; the cluster stays usable. */
    private static OptionalDouble number(Map<String, String> annotations, String name, DoublePredicate sensible) {
        String text = annotations.getOrDefault(name, "");
        if (!text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(text);
        return sensible.test(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
