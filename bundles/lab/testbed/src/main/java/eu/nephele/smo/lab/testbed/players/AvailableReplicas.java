// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many more replicas fit into each cluster, by the summaries of the clusters alone. */
final class Room {

    private Room() {}

    static Map<String, Long> of(Binding binding, List<ObjectNode> clusters) {
        Amounts one = Amounts.of(binding.spec().path("replicaRequirements").path("resourceRequest"));
        one.add(Amounts.ofPod(ApiServer.object()));
        Map<String, Long> room = new LinkedHashMap<>();
        for (ObjectNode cluster : clusters) {
            JsonNode summary = cluster.path("status").path("resourceSummary");
            Amounts free = Amounts.of(summary.path("allocatable"));
            free.subtract(Amounts.of(summary.path("allocated")));
            free.subtract(Amounts.of(summary.path("allocating")));
            room.put(cluster.path("metadata").path("name").asText(), free.times(one));
        }
        return room;
    }
}
