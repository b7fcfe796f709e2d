// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.Condition;
import java.util.List;

/** Conditions of any resource in the form of the REST API. */
public final class ConditionJson {

    private ConditionJson() {}

    public static ArrayNode toJson(List<Condition> conditions) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        conditions.forEach(condition -> nodes.add(toJson(condition)));
        return nodes;
    }

    private static ObjectNode toJson(Condition condition) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", condition.type())
                .put(
                        "status",
                        switch (condition.status()) {
                            case TRUE -> "True";
                            case FALSE -> "False";
                            case UNKNOWN -> "Unknown";
                        })
                .put("reason", condition.reason())
                .put("message", condition.message())
                .put("lastTransitionTime", condition.lastTransitionTime().toString())
                .put("observedGeneration", condition.observedGeneration());
    }
}
