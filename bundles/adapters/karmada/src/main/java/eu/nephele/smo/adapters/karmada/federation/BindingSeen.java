// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.read.Tree;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is kept of a ResourceBinding: where a workload is, and how it is there.
 *
 * @param workload {@code namespace/name} of the Deployment or StatefulSet
 * @param scheduled cluster to its replicas; empty where every cluster has those of the workload
 * @param there cluster to what is there
 * @param trouble what its conditions complain of, "" for nothing
 */
record BindingSeen(
        String workload, Map<String, Optional<Integer>> scheduled, Map<String, There> there, String trouble) {

    /**
     * @param replicas pods that exist
     * @param ready pods that are ready
     * @param trouble why it is not applied, "" when it is
     */
    record There(int replicas, int ready, String trouble) {}

    /** Name of the binding of a workload. */
    static String nameOf(String workload, String kind) {
        return workload + "-" + kind.toLowerCase(Locale.ROOT);
    }

    /** Empty for other kinds than Deployment and StatefulSet. */
    static Optional<BindingSeen> read(GenericKubernetesResource binding) {
        Tree spec = Tree.of(binding).at("spec");
        String kind = spec.at("resource", "kind").text().orElse("");
        Optional<String> name = spec.at("resource", "name").text();
        if (name.isEmpty() || !(kind.equals("Deployment") || kind.equals("StatefulSet"))) {
            return Optional.empty();
        }
        Map<String, Optional<Integer>> scheduled = new LinkedHashMap<>();
        spec.at("clusters").list().forEach(cluster -> cluster.at("name")
                .text()
                .ifPresent(at -> scheduled.put(at, cluster.at("replicas").number())));
        Map<String, There> there = new LinkedHashMap<>();
        Tree status = Tree.of(binding).at("status");
        status.at("aggregatedStatus")
                .list()
                .forEach(item -> item.at("clusterName").text().ifPresent(at -> there.put(at, there(item))));
        String trouble = status.at("conditions").list().stream()
                .filter(condition -> condition.at("status").text().equals(Optional.of("False")))
                .map(condition -> condition.at("message").text().orElse(""))
                .filter(message -> !message.isBlank())
                .collect(Collectors.joining("; "));
        return Optional.of(
                new BindingSeen(binding.getMetadata().getNamespace() + "/" + name.get(), scheduled, there, trouble));
    }

    private static There there(Tree item) {
        boolean refused = item.at("applied").text().equals(Optional.of("false"));
        return new There(
                item.at("status", "replicas").number().orElse(0),
                item.at("status", "readyReplicas").number().orElse(0),
                refused ? item.at("appliedMessage").text().orElse("not applied") : "");
    }
}
