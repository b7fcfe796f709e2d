// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;
import java.util.Optional;

/** A service of a graph. */
@ApiSchema("Service")
public record SmoService(
        String name,
        String state,
        boolean conditional,
        List<SmoServiceShare> shares,
        int replicas,
        int readyReplicas,
        SmoResources perReplica,
        SmoArtifact artifact,
        JsonNode values,
        List<String> importClusters,
        Optional<SmoReplicaHold> hold,
        String message) {

    public SmoService {
        shares = List.copyOf(shares);
        importClusters = List.copyOf(importClusters);
    }

    /** Reads it from an answer of the server. */
    public static SmoService from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoService(
                fields.text("name"),
                fields.text("state"),
                fields.flag("conditional"),
                fields.list("shares", SmoServiceShare::from),
                fields.count("replicas"),
                fields.count("readyReplicas"),
                fields.object("perReplica", SmoResources::from),
                fields.object("artifact", SmoArtifact::from),
                fields.document("values"),
                fields.texts("importClusters"),
                fields.objectIfPresent("hold", SmoReplicaHold::from),
                fields.text("message"));
    }
}
