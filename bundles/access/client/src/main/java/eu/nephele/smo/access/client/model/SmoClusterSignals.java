// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** Carbon and prices of a cluster. */
@ApiSchema("FederationCluster/signals")
public record SmoClusterSignals(
        Optional<Double> carbonGramsPerKwh, Optional<Double> renewableShare, Optional<Double> pricePerCpuHour) {

    /** Reads it from an answer of the server. */
    public static SmoClusterSignals from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoClusterSignals(
                fields.decimalIfPresent("carbonGramsPerKwh"),
                fields.decimalIfPresent("renewableShare"),
                fields.decimalIfPresent("pricePerCpuHour"));
    }
}
