// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.shadow.Shadow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Configuration of the strategies after a promotion. */
final class StrategyDefaults {

    static final String PID = "eu.nephele.smo.core.strategies";

    private StrategyDefaults() {}

    /** @throws SmoException {@code CONFLICT} when the configuration cannot say what the shadow says */
    static Map<String, Object> with(Map<String, Object> present, Shadow shadow) {
        Map<String, Object> next = new TreeMap<>(present);
        if (shadow.scope().project().isPresent()) {
            next.put(
                    "projectDefaults",
                    projects(present, shadow, shadow.scope().project().get()));
            return next;
        }
        StrategySelection selection = shadow.selection();
        boolean placement = shadow.kind().equals(StrategyRef.PLACEMENT);
        if (selection.versionRange().isPresent()
                || (placement && !selection.parameters().isEmpty())) {
            throw SmoException.conflict(
                    ("Shadow %s cannot become the default of all graphs: the configuration %s takes no version range%s for all."
                                    + " Promote it for a project or a graph, or start one without them.")
                            .formatted(shadow.id(), PID, placement ? " and no placement parameters" : ""));
        }
        String id = selection.id().orElse("");
        if (placement) {
            next.put("initialPlacement", id);
            next.put("weightedPlacement", id);
            next.put("replacement", id);
            selection.objectives().ifPresent(weights -> {
                next.put("objectives", weights(weights));
                if (selection.normalised() || next.containsKey("normalised")) {
                    next.put("normalised", selection.normalised());
                }
            });
        } else {
            next.put("scaling", id);
            next.put("scalingParameters", selection.parameters().toJson());
        }
        return next;
    }

    private static List<String> weights(Map<String, ObjectiveWeight> weights) {
        return weights.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().weight()
                        + (entry.getValue().level() == 0
                                ? ""
                                : "@" + entry.getValue().level()))
                .toList();
    }

    private static List<String> projects(Map<String, Object> present, Shadow shadow, String project) {
        List<String> entries = new ArrayList<>();
        JsonObject wishes = JsonObject.EMPTY;
        for (String entry : TextList.from(present.getOrDefault("projectDefaults", List.of()))
                .items()) {
            int equals = entry.indexOf('=');
            if (equals > 0 && entry.substring(0, equals).strip().equals(project)) {
                wishes = StrictJson.parseObject(entry.substring(equals + 1));
            } else if (!entry.isBlank()) {
                entries.add(entry);
            }
        }
        JsonObject mine = ShadowSelectionJson.json(shadow.selection());
        JsonObject before =
                wishes.get(shadow.kind()).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        List<String> open = mine.get("objectives").isEmpty()
                ? List.of("objectives", "normalised", "intervalSeconds")
                : List.of("intervalSeconds");
        for (String kept : open) {
            if (mine.get(kept).isEmpty() && before.get(kept).isPresent()) {
                mine = mine.with(kept, before.get(kept).get());
            }
        }
        entries.add(project + "=" + wishes.with(shadow.kind(), mine).toJson());
        return entries;
    }
}
