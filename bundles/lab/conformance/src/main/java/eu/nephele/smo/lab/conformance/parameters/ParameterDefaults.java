// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.parameters;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates the parameters of a strategy from its defaults, as the server does. Runs the record's constructor. */
public final class ParameterDefaults {

    private static final int MAX_DEPTH = 8;

    private final List<String> madeUp = new ArrayList<>();
    private long defaultCharacters;

    /**
     * Parameters for the examination of a strategy.
     *
     * @param note for people: invented values, for which the record has no default; "" for none
     */
    public record Bound(Record value, String note) {}

    /** @throws FlawException when users could not select the strategy: its record cannot be bound, or a default is not valid */
    public static Bound bind(Class<? extends Record> type) {
        return bind(type, JsonObject.EMPTY, "");
    }

    /**
     * Parameters as a user chooses them.
     *
     * @param given as in a descriptor; those that are missing have their defaults
     * @throws FlawException as above, when a value is not valid, when one without a default is missing, or when the record has no parameter
     *     of a given name
     */
    public static Record bind(Class<? extends Record> type, JsonObject given) {
        Bound bound = bind(type, given, "");
        if (!bound.note().isEmpty()) {
            throw new FlawException("%s has no default for %s".formatted(type.getSimpleName(), bound.note()));
        }
        return bound.value();
    }

    /** @throws FlawException as above, or when the record has no parameter of a given name */
    static Bound bind(Class<? extends Record> type, JsonObject given, String before) {
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        given.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new FlawException("%s is examined with the parameter %s, which it does not have; it has %s"
                            .formatted(type.getSimpleName(), name, known));
                });
        ParameterDefaults defaults = new ParameterDefaults();
        Record value = defaults.record(type, given, type.getSimpleName(), 0);
        String madeUp = defaults.madeUp.isEmpty()
                ? ""
                : "invented, for lack of a default: " + String.join(", ", defaults.madeUp);
        return new Bound(value, before.isEmpty() || madeUp.isEmpty() ? before + madeUp : before + "; " + madeUp);
    }

    private Record record(Class<? extends Record> type, JsonObject given, String where, int depth) {
        if (depth > MAX_DEPTH) {
            throw new FlawException("%s is nested deeper than %d levels".formatted(where, MAX_DEPTH));
        }
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            if (!constructor.trySetAccessible()) {
                throw new FlawException(
                        "The parameter record %s is not accessible; make it public".formatted(type.getName()));
            }
            Object[] arguments = Arrays.stream(components)
                    .map(component -> argument(component, given, where + "." + component.getName(), depth))
                    .toArray();
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new FlawException("%s refuses its own defaults%s: %s"
                    .formatted(where, madeUp.isEmpty() ? "" : " and " + madeUp, e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new FlawException("The parameter record %s cannot be made: %s".formatted(type.getName(), e));
        }
    }

    private Object argument(RecordComponent component, JsonObject given, String where, int depth) {
        Parameter parameter = component.getAnnotation(Parameter.class);
        ValueType values = ParameterValues.create(
                component.getGenericType(), where, (type, object) -> record(type, object, where, depth + 1));
        limitDefaults(component, parameter);
        Optional<JsonValue> value = given.get(component.getName()).or(() -> json(parameter, where));
        if (value.isPresent()) {
            return values.read(value.get(), parameter);
        }
        Optional<Object> absent = values.absent();
        if (absent.isPresent()) {
            return absent.get();
        }
        Object example = values.madeUp(parameter);
        if (!component.getType().isRecord()) { // its own components note invented values
            madeUp.add("%s=%s".formatted(component.getName(), example));
        }
        return example;
    }

    /** A server shows the defaults of all together as one JSON object. */
    private void limitDefaults(RecordComponent component, @Nullable Parameter parameter) {
        defaultCharacters += component.getName().length()
                + (parameter == null ? 0 : parameter.defaultValue().length());
        if (defaultCharacters > AnswerLimits.PARAMETERS_CHARACTERS) {
            throw new FlawException("The defaults of all parameters have more than %d characters together"
                    .formatted(AnswerLimits.PARAMETERS_CHARACTERS));
        }
    }

    private static Optional<JsonValue> json(@Nullable Parameter parameter, String where) {
        if (parameter == null || parameter.defaultValue().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SampleJson.strict(parameter.defaultValue()));
        } catch (IllegalArgumentException e) {
            throw new FlawException(
                    "The default of %s is not JSON: %s (a text needs quotes: defaultValue = \"\\\"text\\\"\")"
                            .formatted(where, parameter.defaultValue()));
        }
    }
}
