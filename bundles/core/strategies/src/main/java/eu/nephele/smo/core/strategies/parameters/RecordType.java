// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A record whose components are members of a closed JSON object. */
final class RecordType implements ParameterType {
    private final Constructor<? extends Record> constructor;
    private final List<Component> components;

    private RecordType(Constructor<? extends Record> constructor, List<Component> components) {
        this.constructor = constructor;
        this.components = components;
    }

    private record Component(String name, String description, ParameterType type, Optional<JsonValue> byDefault) {
        boolean required() {
            return byDefault.isEmpty() && type.absent().isEmpty();
        }

        JsonObject schema() {
            JsonObject schema = type.schema();
            if (!description.isEmpty()) {
                schema = schema.with("description", new JsonString(description));
            }
            return byDefault.isPresent() ? schema.with("default", byDefault.get()) : schema;
        }
    }

    /** @throws IllegalArgumentException when a component cannot be bound, or its default is not valid */
    static RecordType create(Class<? extends Record> type, String where, int depth) {
        RecordComponent[] declared = type.getRecordComponents();
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(
                    Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
            if (!constructor.trySetAccessible()) {
                throw new IllegalArgumentException(type.getName() + " is not public");
            }
            return new RecordType(
                    constructor,
                    Arrays.stream(declared)
                            .map(component -> component(component, where + "." + component.getName(), depth))
                            .toList());
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no canonical constructor", e);
        }
    }

    private static Component component(RecordComponent component, String where, int depth) {
        Parameter parameter = component.getAnnotation(Parameter.class);
        if (parameter == null) {
            ParameterType type = ParameterTypes.create(
                    component.getGenericType(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, where, depth);
            return new Component(component.getName(), "", type, Optional.empty());
        }
        ParameterType type =
                ParameterTypes.create(component.getGenericType(), parameter.min(), parameter.max(), where, depth);
        Optional<JsonValue> byDefault = parameter.defaultValue().isEmpty()
                ? Optional.empty()
                : Optional.of(StrictJson.parse(parameter.defaultValue()));
        List<Violation> problems = new ArrayList<>();
        byDefault.ifPresent(value -> type.read(value, "", problems));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The default of %s is not valid: %s".formatted(where, problems));
        }
        return new Component(component.getName(), parameter.description(), type, byDefault);
    }

    @Override
    public Optional<Object> read(JsonValue value, String pointer, List<Violation> problems) {
        Optional<JsonObject> object = value.asObject();
        if (object.isEmpty()) {
            problems.add(new Violation(pointer, "expected an object, got " + value.toJson()));
            return Optional.empty();
        }
        int before = problems.size();
        reportUnknown(object.get(), pointer, problems);
        List<Object> arguments = new ArrayList<>();
        for (Component component : components) {
            argument(component, object.get(), pointer, problems).ifPresent(arguments::add);
        }
        return problems.size() == before ? create(arguments, pointer, problems) : Optional.empty();
    }

    private void reportUnknown(JsonObject object, String pointer, List<Violation> problems) {
        List<String> known = components.stream().map(Component::name).toList();
        object.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(new Violation(
                        JsonPointers.child(pointer, name),
                        known.isEmpty() ? "there are no parameters" : "unknown parameter, known are " + known)));
    }

    private static Optional<Object> argument(
            Component component, JsonObject object, String pointer, List<Violation> problems) {
        String at = JsonPointers.child(pointer, component.name());
        Optional<JsonValue> given = object.get(component.name()).or(component::byDefault);
        if (given.isPresent()) {
            return component.type().read(given.get(), at, problems);
        }
        Optional<Object> absent = component.type().absent();
        if (absent.isEmpty()) {
            problems.add(new Violation(at, "is required: " + component.description()));
        }
        return absent;
    }

    private Optional<Object> create(List<Object> arguments, String pointer, List<Violation> problems) {
        try {
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            // the record's own check of how its values go together
            Throwable cause = e.getCause();
            problems.add(new Violation(pointer, cause == null ? e.toString() : String.valueOf(cause.getMessage())));
        } catch (ReflectiveOperationException e) {
            problems.add(new Violation(pointer, "cannot be bound: " + e));
        }
        return Optional.empty();
    }

    @Override
    public JsonObject schema() {
        JsonObject properties = JsonObject.EMPTY;
        for (Component component : components) {
            properties = properties.with(component.name(), component.schema());
        }
        List<String> required = components.stream()
                .filter(Component::required)
                .map(Component::name)
                .toList();
        JsonObject schema = JsonObject.EMPTY.with("type", new JsonString("object"));
        schema = schema.with("properties", properties).with("additionalProperties", new JsonBoolean(false));
        return required.isEmpty() ? schema : schema.with("required", JsonArray.ofStrings(required));
    }

    JsonObject defaults() {
        JsonObject defaults = JsonObject.EMPTY;
        for (Component component : components) {
            if (component.byDefault().isPresent()) {
                defaults = defaults.with(component.name(), component.byDefault().get());
            }
        }
        return defaults;
    }
}
