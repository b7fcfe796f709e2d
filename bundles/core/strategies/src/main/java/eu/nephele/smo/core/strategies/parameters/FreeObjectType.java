// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Violation;
import java.util.List;
import java.util.Optional;

/** An object whose members are the business of another strategy, which checks them. */
enum FreeObjectType implements ParameterType {
    INSTANCE;

    @Override
    public Optional<Object> read(JsonValue value, String pointer, List<Violation> problems) {
        if (value.asObject().isEmpty()) {
            problems.add(new Violation(pointer, "expected an object, got " + value.toJson()));
        }
        return value.asObject().map(Object.class::cast);
    }

    @Override
    public Optional<Object> absent() {
        return Optional.of(JsonObject.EMPTY);
    }

    @Override
    public JsonObject schema() {
        return JsonObject.EMPTY.with("type", new JsonString("object"));
    }
}
