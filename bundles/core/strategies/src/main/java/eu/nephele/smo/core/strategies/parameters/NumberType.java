// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A number within bounds.
 *
 * @param jsonType {@code integer} or {@code number}
 * @param convert to the Java type; throws {@link ArithmeticException} for what it cannot hold
 */
record NumberType(String jsonType, double min, double max, Function<BigDecimal, Object> convert)
        implements ParameterType {
    static NumberType ofInt(double min, double max) {
        return new NumberType("integer", min, max, BigDecimal::intValueExact);
    }

    static NumberType ofLong(double min, double max) {
        return new NumberType("integer", min, max, BigDecimal::longValueExact);
    }

    static NumberType ofDouble(double min, double max) {
        return new NumberType("number", min, max, NumberType::finite);
    }

    @Override
    public Optional<Object> read(JsonValue value, String pointer, List<Violation> problems) {
        Optional<BigDecimal> number = value.asNumber();
        if (number.isEmpty()) {
            problems.add(new Violation(pointer, "expected %s, got %s".formatted(expected(), value.toJson())));
            return Optional.empty();
        }
        double approximate = number.get().doubleValue();
        if (approximate < min || approximate > max) {
            problems.add(
                    new Violation(pointer, "%s is out of bounds, expected %s".formatted(number.get(), expected())));
            return Optional.empty();
        }
        try {
            return Optional.of(convert.apply(number.get()));
        } catch (ArithmeticException e) {
            problems.add(new Violation(pointer, "expected %s, got %s".formatted(expected(), number.get())));
            return Optional.empty();
        }
    }

    @Override
    public JsonObject schema() {
        JsonObject schema = JsonObject.EMPTY.with("type", new JsonString(jsonType));
        if (min != Double.NEGATIVE_INFINITY) {
            schema = schema.with("minimum", JsonNumber.of(min));
        }
        return max == Double.POSITIVE_INFINITY ? schema : schema.with("maximum", JsonNumber.of(max));
    }

    private String expected() {
        String kind = jsonType.equals("integer") ? "an integer" : "a number";
        if (min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY) {
            return kind;
        }
        return max == Double.POSITIVE_INFINITY
                ? kind + " of at least " + min
                : min == Double.NEGATIVE_INFINITY
                        ? kind + " of at most " + max
                        : kind + " between " + min + " and " + max;
    }

    private static Object finite(BigDecimal number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value)) {
            throw new ArithmeticException("too large for a double");
        }
        return value;
    }
}
