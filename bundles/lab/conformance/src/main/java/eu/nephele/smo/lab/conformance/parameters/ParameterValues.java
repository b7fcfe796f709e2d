// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that parameters may have, as {@link Parameter} names them. */
final class ParameterValues {

    private ParameterValues() {}

    @FunctionalInterface
    interface RecordReader {
        Record read(Class<? extends Record> type, JsonObject given);
    }

    /** @throws FlawException when values of this type cannot be bound */
    static ValueType create(Type type, String where, RecordReader records) {
        if (type instanceof ParameterizedType generic) {
            return container(generic, where, records);
        } else if (type == int.class || type == Integer.class) {
            return number(where, BigDecimal::intValueExact);
        } else if (type == long.class || type == Long.class) {
            return number(where, BigDecimal::longValueExact);
        } else if (type == double.class || type == Double.class) {
            return number(where, BigDecimal::doubleValue);
        } else if (type == boolean.class || type == Boolean.class) {
            return scalar(where, value -> value.asBoolean().map(Object.class::cast), false);
        } else if (type == String.class) {
            return scalar(where, value -> value.asString().map(Object.class::cast), "example");
        } else if (type == Duration.class) {
            return scalar(where, value -> value.asString().flatMap(ParameterValues::duration), Duration.ofMinutes(1));
        } else if (type instanceof Class<?> enumType && enumType.isEnum()) {
            return enumeration(where, enumType);
        } else if (type == JsonObject.class) { // parameters of another strategy
            return new ValueType(
                    where,
                    (value, bounds) -> value.asObject().map(Object.class::cast),
                    Optional.of(JsonObject.EMPTY),
                    bounds -> JsonObject.EMPTY);
        } else if (type instanceof Class<?> nested && nested.isRecord()) {
            return nested(where, nested.asSubclass(Record.class), records);
        }
        throw unsupported(type, where);
    }

    private static ValueType number(String where, Function<BigDecimal, Object> convert) {
        return new ValueType(
                where,
                (value, bounds) -> value.asNumber()
                        .filter(number -> within(number, bounds))
                        .flatMap(number -> {
                            try {
                                return Optional.of(convert.apply(number));
                            } catch (ArithmeticException e) {
                                // not a whole number, or too large: the caller reports it
                                return Optional.empty();
                            }
                        }),
                Optional.empty(),
                bounds -> convert.apply(BigDecimal.valueOf(near(1, bounds))));
    }

    private static boolean within(BigDecimal number, @Nullable Parameter bounds) {
        return bounds == null || (number.doubleValue() >= bounds.min() && number.doubleValue() <= bounds.max());
    }

    private static double near(double wish, @Nullable Parameter bounds) {
        return bounds == null ? wish : Math.max(bounds.min(), Math.min(bounds.max(), wish));
    }

    private static ValueType scalar(String where, Function<JsonValue, Optional<Object>> reader, Object example) {
        return new ValueType(where, (value, bounds) -> reader.apply(value), Optional.empty(), bounds -> example);
    }

    private static ValueType enumeration(String where, Class<?> type) {
        Map<String, Object> byName = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> byName.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant));
        return scalar(
                where,
                value -> value.asString().flatMap(name -> Optional.ofNullable(byName.get(name))),
                byName.values().iterator().next());
    }

    private static ValueType nested(String where, Class<? extends Record> type, RecordReader records) {
        return new ValueType(
                where,
                (value, bounds) -> value.asObject().map(given -> records.read(type, given)),
                Optional.empty(),
                bounds -> records.read(type, JsonObject.EMPTY));
    }

    private static ValueType container(ParameterizedType generic, String where, RecordReader records) {
        Type[] arguments = generic.getActualTypeArguments();
        ValueType item = create(arguments[arguments.length - 1], where, records);
        if (generic.getRawType() == Optional.class) {
            return new ValueType(
                    where,
                    (value, bounds) -> item.reader().apply(value, bounds).map(Optional::of),
                    Optional.of(Optional.empty()),
                    bounds -> Optional.empty());
        } else if (generic.getRawType() == List.class) {
            return new ValueType(
                    where,
                    (value, bounds) -> value.asArray().map(items -> items(item, items, bounds)),
                    Optional.of(List.of()),
                    bounds -> List.of());
        } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
            return new ValueType(
                    where,
                    (value, bounds) -> value.asObject().map(object -> members(item, object, bounds)),
                    Optional.of(Map.of()),
                    bounds -> Map.of());
        }
        throw unsupported(generic, where);
    }

    private static Object items(ValueType item, List<JsonValue> values, @Nullable Parameter bounds) {
        List<Object> items = new ArrayList<>();
        values.forEach(value -> items.add(item.read(value, bounds)));
        return List.copyOf(items);
    }

    private static Object members(ValueType item, JsonObject object, @Nullable Parameter bounds) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.members().forEach((name, value) -> members.put(name, item.read(value, bounds)));
        return members;
    }

    private static Optional<Object> duration(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            // the caller reports the expected type
            return Optional.empty();
        }
    }

    private static FlawException unsupported(Type type, String where) {
        return new FlawException(
                "%s has type %s, which cannot be bound from JSON; see @Parameter for the types that can"
                        .formatted(where, type.getTypeName()));
    }
}
