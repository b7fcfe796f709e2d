// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Selections in the shape that descriptors have. */
final class ShadowSelectionJson {

    private ShadowSelectionJson() {}

    static JsonObject json(StrategySelection selection) {
        JsonFieldWriter members = new JsonFieldWriter();
        members.put("id", selection.id()).put("version", selection.versionRange());
        if (!selection.parameters().isEmpty()) {
            members.put("parameters", selection.parameters());
        }
        if (selection.optional()) {
            members.put("optional", true);
        }
        selection.objectives().ifPresent(weights -> members.put("objectives", objectives(weights)));
        if (selection.normalised()) {
            members.put("normalised", true);
        }
        return members.put("intervalSeconds", selection.intervalSeconds()).object();
    }

    private static JsonObject objectives(Map<String, ObjectiveWeight> weights) {
        JsonFieldWriter members = new JsonFieldWriter();
        weights.forEach((name, weight) -> members.put(name, weight(weight)));
        return members.object();
    }

    private static JsonValue weight(ObjectiveWeight weight) {
        JsonNumber number = JsonNumber.of(weight.weight());
        return weight.level() == 0
                ? number
                : JsonObject.EMPTY.with("weight", number).with("level", JsonNumber.of(weight.level()));
    }

    /** Returns the promoted selection; weights and interval that it leaves open stay as they are. */
    static StrategySelection over(StrategySelection promoted, StrategySelection request, StrategySelection descriptor) {
        Optional<Map<String, ObjectiveWeight>> objectives =
                promoted.objectives().or(request::objectives).or(descriptor::objectives);
        OptionalInt interval = first(promoted, first(request, descriptor.intervalSeconds()));
        return new StrategySelection(
                promoted.id(),
                promoted.versionRange(),
                promoted.parameters(),
                promoted.optional(),
                objectives,
                interval);
    }

    private static OptionalInt first(StrategySelection selection, OptionalInt otherwise) {
        return selection.intervalSeconds().isPresent() ? selection.intervalSeconds() : otherwise;
    }
}
