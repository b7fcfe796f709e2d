// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns JSON into the parameter record of one strategy. Made anew for each registration and kept nowhere else, so that a bundle
 * that leaves takes its classes along.
 */
public final class ParameterBinder {
    private final RecordType type;

    private ParameterBinder(RecordType type) {
        this.type = type;
    }

    /**
     * @throws IllegalArgumentException when a component has a type that cannot be bound, or a default that is not valid
     */
    public static ParameterBinder create(Class<? extends Record> type) {
        return new ParameterBinder(RecordType.create(type, type.getSimpleName(), 0));
    }

    /** @param value the record; empty when there are violations */
    public record Binding(Optional<Record> value, List<Violation> violations) {
        public Binding {
            violations = List.copyOf(violations);
        }
    }

    /** @param pointer JSON pointer of the parameters in the request body, for the violations */
    public Binding bind(JsonObject parameters, String pointer) {
        List<Violation> problems = new ArrayList<>();
        Optional<Record> value = type.read(parameters, pointer, problems).map(Record.class::cast);
        return new Binding(value, problems);
    }

    public JsonObject schema() {
        return type.schema();
    }

    public JsonObject defaults() {
        return type.defaults();
    }
}
