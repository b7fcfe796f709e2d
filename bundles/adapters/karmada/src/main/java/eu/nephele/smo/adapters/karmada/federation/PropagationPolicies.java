// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import com.fasterxml.jackson.databind.node.NullNode;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The clusters of a workload on Karmada: in the chart's PropagationPolicy where it brings one that names the workload, else in
 * one of ours that ends with the workload. The SMO decides the replicas of each cluster: a policy that divides
 * them is made one that does not.
 */
final class PropagationPolicies {

    private static final String NAME = "smo-";
    private static final String TYPE = "replicaSchedulingType";
    private static final Map<String, Object> DUPLICATED = Map.of(
            TYPE,
            "Duplicated",
            "replicaDivisionPreference",
            NullNode.getInstance(),
            "weightPreference",
            NullNode.getInstance());

    /** Other ways to choose clusters, which would exclude some of the named ones. */
    private static final List<String> SELECTORS = List.of("labelSelector", "fieldSelector", "exclude");

    private final OwnedObjects objects;
    private final String system;

    PropagationPolicies(OwnedObjects objects, String system) {
        this.objects = objects;
        this.system = system;
    }

    static String ourName(String service) {
        return NAME + service;
    }

    /** Empty without a policy of the chart; {@code REFUSED} if the way in which it gives clusters cannot change. */
    Optional<GenericKubernetesResource> ofChart(StepKey key, ObservedWorkload workload, ReplicaSpread spread) {
        if (!workload.observedLabels().clusterPolicy().isEmpty()) {
            throw refused(
                    key,
                    "the ClusterPropagationPolicy %s selects it together with other workloads; exclude this workload there"
                            .formatted(workload.observedLabels().clusterPolicy()));
        }
        Optional<GenericKubernetesResource> policy =
                among(key, workload, objects.list(KarmadaKinds.POLICY, workload.namespace()));
        policy.filter(it -> !UntypedObject.from(it)
                        .at("spec", "placement", "clusterAffinities")
                        .list()
                        .isEmpty())
                .ifPresent(it -> {
                    throw refused(
                            key,
                            "its PropagationPolicy %s has groups of clusters (clusterAffinities); give it one clusterAffinity"
                                    .formatted(it.getMetadata().getName()));
                });
        policy.ifPresent(it -> requireChangeable(key, it, spread));
        return policy;
    }

    /** The policy that has claimed the workload; before any claim, one that names it. Karmada never revokes a claim. */
    private Optional<GenericKubernetesResource> among(
            StepKey key, ObservedWorkload workload, List<GenericKubernetesResource> policies) {
        Optional<GenericKubernetesResource> claiming = policies.stream()
                .filter(it -> it.getMetadata()
                        .getName()
                        .equals(workload.observedLabels().policy()))
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
                .findFirst();
        claiming.filter(it -> !OwnedObjects.isOurs(it) && !names(it, workload)).ifPresent(it -> {
            throw refused(
                    key,
                    "its PropagationPolicy %s selects it without naming it, and may select others too; let it name %s %s, or exclude it"
                            .formatted(it.getMetadata().getName(), workload.kind(), workload.name()));
        });
        return claiming.filter(it -> !OwnedObjects.isOurs(it)).or(() -> policies.stream()
                .filter(it -> !OwnedObjects.isOurs(it) && names(it, workload))
                .findFirst());
    }

    /** Requires that the workload keeps running on the chosen clusters. */
    private void requireChangeable(StepKey key, GenericKubernetesResource policy, ReplicaSpread spread) {
        UntypedObject spec = UntypedObject.from(policy).at("spec");
        String name = policy.getMetadata().getName();
        if (spec.at("activationPreference").text().equals(Optional.of("Lazy"))) {
            throw refused(
                    key,
                    "its PropagationPolicy %s applies changes only with the workload (activationPreference: Lazy); remove that setting"
                            .formatted(name));
        }
        int wanted = spread.clusters().size();
        spec.at("placement", "spreadConstraints").list().stream()
                .flatMap(constraint -> constraint.at("maxGroups").number().stream())
                .filter(most -> most > 0 && most < wanted)
                .findFirst()
                .ifPresent(most -> {
                    throw refused(
                            key,
                            "its PropagationPolicy %s allows %d groups of clusters (spreadConstraints.maxGroups), %d are needed; remove that limit"
                                    .formatted(name, most, wanted));
                });
    }

    /** Returns whether replicas are divided over the clusters instead of duplicated on each. */
    private static boolean divides(UntypedObject placement) {
        return placement.at("replicaScheduling", TYPE).text().equals(Optional.of("Divided"));
    }

    /** On exactly these clusters; other workloads of its release without a policy of the chart go there, too. */
    void ensure(
            StepKey key,
            ObservedWorkload workload,
            List<ObservedWorkload> others,
            Optional<GenericKubernetesResource> ofChart,
            ReplicaSpread spread) {
        String ours = ourName(workload.name());
        if (ofChart.isPresent()) {
            adapt(ofChart.get(), spread);
            objects.remove(KarmadaKinds.POLICY, workload.namespace(), ours);
        } else {
            List<ObservedWorkload> together = new ArrayList<>(List.of(workload));
            together.addAll(unruled(others, ours));
            objects.ensure(KarmadaKinds.POLICY, key, ours, spec(together, spread), Optional.of(workload));
        }
    }

    private List<ObservedWorkload> unruled(List<ObservedWorkload> others, String ours) {
        List<ObservedWorkload> unclaimed = others.stream()
                .filter(it -> it.observedLabels().areFreeFor(ours))
                .toList();
        if (unclaimed.isEmpty()) {
            return unclaimed;
        }
        List<GenericKubernetesResource> policies =
                objects.list(KarmadaKinds.POLICY, unclaimed.get(0).namespace());
        return unclaimed.stream()
                .filter(it -> policies.stream().noneMatch(policy -> !OwnedObjects.isOurs(policy) && names(policy, it)))
                .toList();
    }

    private void adapt(GenericKubernetesResource policy, ReplicaSpread spread) {
        UntypedObject placement = UntypedObject.from(policy).at("spec", "placement");
        Map<String, Object> wanted = new LinkedHashMap<>();
        List<String> present = placement.at("clusterAffinity", "clusterNames").texts();
        boolean selects = SELECTORS.stream()
                .anyMatch(selector ->
                        placement.at("clusterAffinity", selector).value().isPresent());
        if (selects || !new TreeSet<>(present).equals(new TreeSet<>(spread.clusters()))) {
            Map<String, Object> clusters = new LinkedHashMap<>();
            clusters.put("clusterNames", spread.clusters());
            SELECTORS.forEach(selector -> clusters.put(selector, NullNode.getInstance()));
            wanted.put("clusterAffinity", clusters);
        }
        if (divides(placement)) {
            wanted.put("replicaScheduling", DUPLICATED);
        }
        if (!wanted.isEmpty()) {
            objects.patch(
                    KarmadaKinds.POLICY,
                    policy.getMetadata().getNamespace(),
                    policy.getMetadata().getName(),
                    Map.of("spec", Map.of("placement", wanted)));
        }
    }

    private static Map<String, Object> spec(List<ObservedWorkload> together, ReplicaSpread spread) {
        List<Map<String, Object>> selectors = new ArrayList<>();
        for (ObservedWorkload workload : together) {
            selectors.add(Map.of(
                    "apiVersion", workload.what().apiVersion(), "kind", workload.kind(), "name", workload.name()));
            selectors.add(Map.of("apiVersion", "v1", "kind", "Service", "name", workload.name()));
        }
        return Map.of(
                "resourceSelectors",
                selectors,
                "propagateDeps",
                true,
                "placement",
                Map.of(
                        "clusterAffinity",
                        Map.of("clusterNames", spread.clusters()),
                        "replicaScheduling",
                        Map.of(TYPE, "Duplicated")));
    }

    private static boolean names(GenericKubernetesResource policy, ObservedWorkload workload) {
        return UntypedObject.from(policy).at("spec", "resourceSelectors").list().stream()
                .anyMatch(selector -> selector.at("kind").text().equals(Optional.of(workload.kind()))
                        && selector.at("name").text().equals(Optional.of(workload.name())));
    }

    private AdapterException refused(StepKey key, String why) {
        return new AdapterException(
                Kind.REFUSED, system, "Choose the clusters of %s: %s".formatted(key.workload(), why));
    }
}
