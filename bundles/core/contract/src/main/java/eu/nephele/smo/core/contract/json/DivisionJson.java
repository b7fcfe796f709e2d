// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.util.Map;
import java.util.TreeMap;

/** Divisions of replicas as JSON. */
public final class DivisionJson {

    private DivisionJson() {}

    public static JsonObject write(ReplicaDivision division) {
        JsonObject weights = JsonObject.EMPTY;
        for (Map.Entry<String, Integer> weight : new TreeMap<>(division.weights()).entrySet()) {
            weights = weights.with(weight.getKey(), JsonNumber.of(weight.getValue()));
        }
        return new JsonFieldWriter()
                .put("overClusters", division.overClusters())
                .put("minPerCluster", division.minPerCluster())
                .put("maxPerCluster", division.maxPerCluster())
                .put("survivingPercent", division.survivingPercent())
                .put("proportion", division.proportion().name())
                .put("weights", weights)
                .object();
    }

    public static ReplicaDivision read(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        JsonObject weights = fields.object("weights");
        JsonFieldReader weight = new JsonFieldReader(weights);
        Map<String, Integer> byCluster = new TreeMap<>();
        weights.members().keySet().forEach(cluster -> byCluster.put(cluster, weight.integer(cluster)));
        return new ReplicaDivision(
                fields.integer("overClusters"),
                fields.integer("minPerCluster"),
                fields.integer("maxPerCluster"),
                fields.integer("survivingPercent"),
                Proportion.valueOf(fields.text("proportion")),
                byCluster);
    }
}
