// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;
import java.util.Optional;

/** Why a service is where it is. */
@ApiSchema("Explanation")
public record SmoExplanation(
        boolean placed,
        boolean inForce,
        Optional<String> cluster,
        List<SmoShare> shares,
        List<SmoRejectedCluster> rejected,
        Optional<String> counterfactual,
        List<String> text) {

    public SmoExplanation {
        shares = List.copyOf(shares);
        rejected = List.copyOf(rejected);
        text = List.copyOf(text);
    }

    /** Reads it from an answer of the server. */
    public static SmoExplanation from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoExplanation(
                fields.flag("placed"),
                fields.flag("inForce"),
                fields.textIfPresent("cluster"),
                fields.list("shares", SmoShare::from),
                fields.list("rejected", SmoRejectedCluster::from),
                fields.textIfPresent("counterfactual"),
                fields.texts("text"));
    }
}
