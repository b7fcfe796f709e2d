// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Violation;
import java.util.List;
import java.util.Optional;

interface ParameterType {
    /** @return the Java value; empty when {@code problems} got the reason */
    Optional<Object> read(JsonValue value, String pointer, List<Violation> problems);

    JsonObject schema();

    /** The Java value when the user gives none and there is no default; empty when a value is required. */
    default Optional<Object> absent() {
        return Optional.empty();
    }
}
