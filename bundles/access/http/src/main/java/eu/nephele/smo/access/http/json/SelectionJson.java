// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.core.contract.json.StrictJson;

/** Requested strategy, in the same shape as in descriptors: unset members are left out. */
public final class SelectionJson {

    private SelectionJson() {}

    public static ObjectNode toJson(StrategySelection selection) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        selection.id().ifPresent(id -> node.put("id", id));
        selection.versionRange().ifPresent(range -> node.put("version", range));
        if (!selection.parameters().members().isEmpty()) {
            node.set("parameters", StrictJson.node(selection.parameters()));
        }
        if (selection.optional()) {
            node.put("optional", true);
        }
        selection.objectives().ifPresent(objectives -> {
            ObjectNode weights = node.putObject("objectives");
            objectives.forEach((name, weight) ->
                    weights.putObject(name).put("weight", weight.weight()).put("level", weight.level()));
        });
        if (selection.normalised()) {
            node.put("normalised", true);
        }
        selection.intervalSeconds().ifPresent(seconds -> node.put("intervalSeconds", seconds));
        return node;
    }
}
