// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.mapping;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.LinkedHashMap;
import java.util.Map;

/** Selections of strategies. */
public final class SelectionMapper {

    private SelectionMapper() {}

    /** @param strategies {@code {placement, scaling}}, each optional */
    public static StrategyOverride override(JsonObject strategies) {
        return new StrategyOverride(selection(strategies, "placement"), selection(strategies, "scaling"));
    }

    /** The selection under the given name, open when there is none. */
    public static StrategySelection selection(JsonObject parent, String name) {
        LenientFields fields = new LenientFields(parent).child(name);
        if (fields.members().isEmpty()) {
            return StrategySelection.UNSPECIFIED;
        }
        return new StrategySelection(
                fields.text("id"),
                fields.text("version"),
                fields.json("parameters"),
                fields.flag("optional"),
                fields.object()
                        .get("objectives")
                        .flatMap(JsonValue::asObject)
                        .map(weights -> ObjectiveWeight.in(weights(weights), fields.flag("normalised"))),
                fields.integer("intervalSeconds"));
    }

    private static Map<String, ObjectiveWeight> weights(JsonObject objectives) {
        Map<String, ObjectiveWeight> weights = new LinkedHashMap<>();
        objectives.members().forEach((name, value) -> weights.put(name, weight(value)));
        return weights;
    }

    private static ObjectiveWeight weight(JsonValue value) {
        LenientFields fields = new LenientFields(value.asObject().orElse(JsonObject.EMPTY));
        return value.asNumber()
                .map(number -> ObjectiveWeight.of(number.doubleValue()))
                .orElseGet(() -> new ObjectiveWeight(
                        fields.decimal("weight").orElse(0),
                        fields.integer("level").orElse(0)));
    }
}
