// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.InputLimits;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Reads the requested placement strategy, in the same form as in descriptors. */
public final class SelectionReader {

    private static final Set<String> MEMBERS =
            Set.of("id", "version", "parameters", "optional", "objectives", "normalised");

    private final String pointer;
    private final List<Violation> violations;

    private SelectionReader(String pointer, List<Violation> violations) {
        this.pointer = pointer;
        this.violations = violations;
    }

    public static StrategySelection read(JsonNode node, String pointer, List<Violation> violations) {
        SelectionReader reader = new SelectionReader(pointer, violations);
        if (!(node instanceof ObjectNode object)) {
            violations.add(new Violation(pointer, "expected an object"));
            return StrategySelection.UNSPECIFIED;
        }
        BodyMembers.refuseUnknown(object, MEMBERS, pointer, violations);
        boolean normalised = reader.flag(object, "normalised");
        if (object.has("normalised") && !object.has("objectives")) {
            reader.wrong("/normalised", "expected together with objectives, whose weights it is about");
        }
        return new StrategySelection(
                reader.text(object, "id"),
                reader.text(object, "version"),
                reader.parameters(object),
                reader.flag(object, "optional"),
                reader.objectives(object).map(weights -> ObjectiveWeight.in(weights, normalised)),
                OptionalInt.empty());
    }

    private Optional<String> text(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            wrong("/" + name, "expected a text");
            return Optional.empty();
        }
        if (!InputLimits.fits(value.textValue())) {
            wrong("/" + name, "expected at most %d characters".formatted(InputLimits.TEXT_CHARACTERS));
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    private JsonObject parameters(ObjectNode object) {
        JsonNode parameters = object.path("parameters");
        if (parameters.size() > InputLimits.PARAMETERS) {
            wrong("/parameters", "expected at most %d members".formatted(InputLimits.PARAMETERS));
            return JsonObject.EMPTY;
        }
        if (parameters instanceof ObjectNode given) {
            return StrictJson.object(given);
        }
        if (!parameters.isMissingNode()) {
            wrong("/parameters", "expected an object");
        }
        return JsonObject.EMPTY;
    }

    private boolean flag(ObjectNode object, String name) {
        JsonNode flag = object.path(name);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            wrong("/" + name, "expected true or false");
        }
        return flag.asBoolean(false);
    }

    private Optional<Map<String, ObjectiveWeight>> objectives(ObjectNode object) {
        JsonNode objectives = object.path("objectives");
        if (objectives.isMissingNode()) {
            return Optional.empty();
        }
        if (!objectives.isObject()) {
            wrong("/objectives", "expected an object from objective to weight");
            return Optional.empty();
        }
        if (objectives.size() > InputLimits.OBJECTIVES) {
            wrong("/objectives", "expected at most %d objectives".formatted(InputLimits.OBJECTIVES));
            return Optional.empty();
        }
        Map<String, ObjectiveWeight> weights = new TreeMap<>();
        objectives.properties().forEach(member -> weight(
                        member.getValue(), JsonPointers.child("/objectives", member.getKey()))
                .ifPresent(weight -> weights.put(member.getKey(), weight)));
        return Optional.of(weights);
    }

    private Optional<ObjectiveWeight> weight(JsonNode node, String where) {
        JsonNode weight = node.isObject() ? node.path("weight") : node;
        JsonNode level = node.path("level");
        boolean levelIsFine =
                level.isMissingNode() || (level.isIntegralNumber() && level.canConvertToInt() && level.intValue() >= 0);
        boolean weightIsFine = weight.isNumber() && weight.doubleValue() >= 0 && Double.isFinite(weight.doubleValue());
        if (!levelIsFine || !weightIsFine) {
            wrong(where, "expected a number of 0 or more, or {weight, level} with a whole level of 0 or more");
            return Optional.empty();
        }
        return Optional.of(new ObjectiveWeight(weight.doubleValue(), level.asInt(0)));
    }

    private void wrong(String where, String message) {
        violations.add(new Violation(pointer + where, message));
    }
}
