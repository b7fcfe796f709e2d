// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ParameterTypes {
    /** Deeper nesting than this is taken for a record that contains itself. */
    private static final int MAX_DEPTH = 8;

    private ParameterTypes() {}

    /**
     * @param min smallest allowed number, handed down to the items of containers
     * @throws IllegalArgumentException when values of this type cannot be bound
     */
    static ParameterType create(Type type, double min, double max, String where, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(where + " is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (type instanceof ParameterizedType generic) {
            return container(generic, min, max, where, depth);
        }
        if (type == int.class || type == Integer.class) {
            return NumberType.ofInt(min, max);
        } else if (type == long.class || type == Long.class) {
            return NumberType.ofLong(min, max);
        } else if (type == double.class || type == Double.class) {
            return NumberType.ofDouble(min, max);
        } else if (type == boolean.class || type == Boolean.class) {
            return ScalarType.BOOLEAN;
        } else if (type == String.class) {
            return ScalarType.TEXT;
        } else if (type == Duration.class) {
            return ScalarType.DURATION;
        } else if (type == JsonObject.class) {
            return FreeObjectType.INSTANCE;
        } else if (type instanceof Class<?> enumType && enumType.isEnum()) {
            return ScalarType.ofEnum(enumType);
        } else if (type instanceof Class<?> recordType && recordType.isRecord()) {
            return RecordType.create(recordType.asSubclass(Record.class), where, depth + 1);
        }
        throw unsupported(type, where);
    }

    private static ParameterType container(ParameterizedType generic, double min, double max, String where, int depth) {
        Type[] arguments = generic.getActualTypeArguments();
        ParameterType item = create(arguments[arguments.length - 1], min, max, where, depth + 1);
        if (generic.getRawType() == Optional.class) {
            return new ContainerType.OptionalOf(item);
        } else if (generic.getRawType() == List.class) {
            return new ContainerType.ListOf(item);
        } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
            return new ContainerType.MapOf(item);
        }
        throw unsupported(generic, where);
    }

    private static IllegalArgumentException unsupported(Type type, String where) {
        return new IllegalArgumentException(
                "%s has type %s, which cannot be bound from JSON".formatted(where, type.getTypeName()));
    }
}
