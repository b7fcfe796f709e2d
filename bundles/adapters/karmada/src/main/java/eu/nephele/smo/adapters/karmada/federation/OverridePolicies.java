// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our OverridePolicy, which gives clusters other numbers of replicas than the workload has. */
final class OverridePolicies {

    private static final String PATH = "/spec/replicas";

    private OverridePolicies() {}

    static Map<String, Object> spec(ObservedWorkload workload, Map<String, Integer> different) {
        List<Map<String, Object>> rules = different.entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "targetCluster",
                        Map.of("clusterNames", List.of(entry.getKey())),
                        "overriders",
                        Map.of(
                                "plaintext",
                                List.of(Map.of("path", PATH, "operator", "replace", "value", entry.getValue())))))
                .toList();
        return Map.of(
                "resourceSelectors",
                List.of(Map.of("apiVersion", "apps/v1", "kind", workload.kind(), "name", workload.name())),
                "overrideRules",
                rules);
    }

    /** Cluster to replicas; empty when it is not ours. */
    static Optional<Map<String, Integer>> read(GenericKubernetesResource policy) {
        if (!OwnedObjects.isOurs(policy)) {
            return Optional.empty();
        }
        Map<String, Integer> different = new LinkedHashMap<>();
        for (UntypedObject rule :
                UntypedObject.from(policy).at("spec", "overrideRules").list()) {
            Optional<Integer> replicas = rule.at("overriders", "plaintext").list().stream()
                    .filter(change -> change.at("path").text().equals(Optional.of(PATH)))
                    .flatMap(change -> change.at("value").number().stream())
                    .findFirst();
            replicas.ifPresent(count ->
                    rule.at("targetCluster", "clusterNames").texts().forEach(cluster -> different.put(cluster, count)));
        }
        return Optional.of(different);
    }
}
