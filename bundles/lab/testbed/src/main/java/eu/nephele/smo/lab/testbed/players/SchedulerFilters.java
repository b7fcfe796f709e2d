// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;

final class SchedulerFilters {

    private static final String FITS = "";

    private SchedulerFilters() {}

    /** The reason as the scheduler words it; empty when it may. */
    static String refusal(BindingObject binding, JsonNode cluster) {
        String name = cluster.path("metadata").path("name").asText();
        boolean there = binding.clusters().containsKey(name);
        if (!ClusterAffinity.from(binding.spec().path("placement").path("clusterAffinity"))
                .allows(name)) {
            return "did not match the placement cluster affinity constraint";
        }
        if (!there && !tolerated(binding, cluster)) {
            return "had untolerated taint {cluster.karmada.io/not-ready: }";
        }
        if (!there && !enabled(binding.spec().path("resource"), cluster)) {
            return "did not have the API resource";
        }
        return binding.evicted().contains(name) ? "is in the process of eviction" : FITS;
    }

    private static boolean tolerated(BindingObject binding, JsonNode cluster) {
        for (JsonNode taint : cluster.path("spec").path("taints")) {
            boolean tolerated = false;
            for (JsonNode toleration : binding.spec().path("placement").path("clusterTolerations")) {
                tolerated |= TaintMatcher.tolerates(toleration, taint);
            }
            if (!tolerated) {
                return false;
            }
        }
        return true;
    }

    private static boolean enabled(JsonNode resource, JsonNode cluster) {
        JsonNode enablements = cluster.path("status").path("apiEnablements");
        for (JsonNode group : enablements) {
            if (group.path("groupVersion").equals(resource.path("apiVersion"))) {
                for (JsonNode kind : group.path("resources")) {
                    if (kind.path("kind").equals(resource.path("kind"))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
