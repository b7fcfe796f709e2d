// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types made of others; each is empty when the user gives nothing. */
sealed interface ContainerType extends ParameterType {
    record OptionalOf(ParameterType item) implements ContainerType {
        @Override
        public Optional<Object> read(JsonValue value, String pointer, List<Violation> problems) {
            return item.read(value, pointer, problems).map(Optional::of);
        }

        @Override
        public JsonObject schema() {
            return item.schema();
        }

        @Override
        public Optional<Object> absent() {
            return Optional.of(Optional.empty());
        }
    }

    record ListOf(ParameterType item) implements ContainerType {
        @Override
        public Optional<Object> read(JsonValue value, String pointer, List<Violation> problems) {
            Optional<List<JsonValue>> array = value.asArray();
            if (array.isEmpty()) {
                problems.add(new Violation(pointer, "expected an array, got " + value.toJson()));
                return Optional.empty();
            }
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < array.get().size(); i++) {
                item.read(array.get().get(i), JsonPointers.child(pointer, i), problems)
                        .ifPresent(items::add);
            }
            return items.size() == array.get().size() ? Optional.of(List.copyOf(items)) : Optional.empty();
        }

        @Override
        public JsonObject schema() {
            return JsonObject.EMPTY.with("type", new JsonString("array")).with("items", item.schema());
        }

        @Override
        public Optional<Object> absent() {
            return Optional.of(List.of());
        }
    }

    /** {@code Map<String, item>}, in the order of the source. */
    record MapOf(ParameterType item) implements ContainerType {
        @Override
        public Optional<Object> read(JsonValue value, String pointer, List<Violation> problems) {
            Optional<JsonObject> object = value.asObject();
            if (object.isEmpty()) {
                problems.add(new Violation(pointer, "expected an object, got " + value.toJson()));
                return Optional.empty();
            }
            Map<String, Object> entries = new LinkedHashMap<>();
            object.get().members().forEach((name, member) -> item.read(
                            member, JsonPointers.child(pointer, name), problems)
                    .ifPresent(read -> entries.put(name, read)));
            return entries.size() == object.get().members().size()
                    ? Optional.of(Collections.unmodifiableMap(entries))
                    : Optional.empty();
        }

        @Override
        public JsonObject schema() {
            return JsonObject.EMPTY.with("type", new JsonString("object")).with("additionalProperties", item.schema());
        }

        @Override
        public Optional<Object> absent() {
            return Optional.of(Map.of());
        }
    }
}
