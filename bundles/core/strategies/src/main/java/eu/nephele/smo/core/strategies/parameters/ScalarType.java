// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Violation;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value without parts that is no number.
 *
 * @param convert to the Java value; empty when it is something else
 */
record ScalarType(String expected, Function<JsonValue, Optional<Object>> convert, JsonObject schema)
        implements ParameterType {
    static final ScalarType BOOLEAN =
            new ScalarType("true or false", value -> value.asBoolean().map(Object.class::cast), typed("boolean"));
    static final ScalarType TEXT =
            new ScalarType("a text", value -> value.asString().map(Object.class::cast), typed("string"));
    static final ScalarType DURATION = new ScalarType(
            "a duration such as \"PT30S\"",
            value -> value.asString().flatMap(ScalarType::duration),
            typed("string").with("format", new JsonString("duration")));

    /** @param type an enum class; values are written in lower case */
    static ScalarType ofEnum(Class<?> type) {
        Map<String, Object> byName = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> byName.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant));
        return new ScalarType(
                "one of " + byName.keySet(),
                value -> value.asString().flatMap(name -> Optional.ofNullable(byName.get(name))),
                JsonObject.EMPTY.with("enum", JsonArray.ofStrings(byName.keySet())));
    }

    @Override
    public Optional<Object> read(JsonValue value, String pointer, List<Violation> problems) {
        Optional<Object> converted = convert.apply(value);
        if (converted.isEmpty()) {
            problems.add(new Violation(pointer, "expected %s, got %s".formatted(expected, value.toJson())));
        }
        return converted;
    }

    private static Optional<Object> duration(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            // the caller reports the expected type
            return Optional.empty();
        }
    }

    private static JsonObject typed(String type) {
        return JsonObject.EMPTY.with("type", new JsonString(type));
    }
}
