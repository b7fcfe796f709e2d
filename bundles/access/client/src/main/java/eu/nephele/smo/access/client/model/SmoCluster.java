// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A cluster of the federation. */
@ApiSchema("FederationCluster")
public record SmoCluster(
        String name,
        String source,
        boolean ready,
        String location,
        Optional<SmoCordon> cordon,
        Map<String, String> labels,
        SmoResources allocatable,
        SmoResources allocated,
        SmoResources reserved,
        SmoResources available,
        SmoClusterSignals signals,
        Instant observedAt) {

    public SmoCluster {
        labels = Map.copyOf(labels);
    }

    /** Reads it from an answer of the server. */
    public static SmoCluster from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoCluster(
                fields.text("name"),
                fields.text("source"),
                fields.flag("ready"),
                fields.text("location"),
                fields.objectIfPresent("cordon", SmoCordon::from),
                fields.map("labels", JsonNode::asText),
                fields.object("allocatable", SmoResources::from),
                fields.object("allocated", SmoResources::from),
                fields.object("reserved", SmoResources::from),
                fields.object("available", SmoResources::from),
                fields.object("signals", SmoClusterSignals::from),
                fields.time("observedAt"));
    }
}
