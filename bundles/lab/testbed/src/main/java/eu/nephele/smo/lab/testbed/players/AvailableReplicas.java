// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Estimates the number of further replicas for each cluster by the summaries of the clusters alone. */
final class AvailableReplicas {

    private AvailableReplicas() {}

    static Map<String, Long> compute(BindingObject binding, List<ObjectNode> clusters) {
        ResourceAmounts one = ResourceAmounts.create(
                binding.spec().path("replicaRequirements").path("resourceRequest"));
        one.add(ResourceAmounts.ofPod(ApiServer.object()));
        Map<String, Long> room = new LinkedHashMap<>();
        for (ObjectNode cluster : clusters) {
            JsonNode summary = cluster.path("status").path("resourceSummary");
            ResourceAmounts free = ResourceAmounts.create(summary.path("allocatable"));
            free.subtract(ResourceAmounts.create(summary.path("allocated")));
            free.subtract(ResourceAmounts.create(summary.path("allocating")));
            room.put(cluster.path("metadata").path("name").asText(), free.times(one));
        }
        return room;
    }
}
