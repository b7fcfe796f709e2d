// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.parameters;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Conversion of values of one Java type from JSON.
 *
 * @param absent the value when none is given; empty when one is required
 */
record ValueType(
        String where,
        BiFunction<JsonValue, @Nullable Parameter, Optional<Object>> reader,
        Optional<Object> absent,
        Function<@Nullable Parameter, Object> example) {

    /** @throws FlawException when the value is not of this type, or out of bounds */
    Object read(JsonValue value, @Nullable Parameter bounds) {
        return reader.apply(value, bounds)
                .orElseThrow(() -> new FlawException("The default of %s is not valid: %s (wrong type, or out of bounds)"
                        .formatted(where, value.toJson())));
    }

    Object madeUp(@Nullable Parameter bounds) {
        return example.apply(bounds);
    }
}
