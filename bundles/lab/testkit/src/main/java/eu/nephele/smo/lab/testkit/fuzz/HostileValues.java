// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** JSON values of every type, among them numbers beyond any type. */
public final class HostileValues {

    private static final List<JsonValue> NUMBERS = List.of(
            number("0"),
            number("-1"),
            number("1"),
            number("0.5"),
            number("-0.0"),
            number("1e-400"),
            number("1e400"),
            number("1e9999"),
            number("2147483647"),
            number("2147483648"),
            number("-2147483649"),
            number("9007199254740993"),
            number("9223372036854775807"),
            number("9223372036854775808"),
            number("-9223372036854775809"),
            number("123456789012345678901234567890.123456789012345678901234567890"),
            number("9".repeat(400)));

    private static final List<JsonValue> SHAPES = List.of(
            new JsonNull(),
            new JsonBoolean(true),
            new JsonBoolean(false),
            JsonObject.EMPTY,
            JsonArray.EMPTY,
            new JsonArray(List.of(new JsonNull())),
            new JsonArray(List.of(JsonArray.EMPTY)),
            new JsonObject(Map.of("", new JsonNull())),
            new JsonObject(Map.of("\u0000", JsonObject.EMPTY)));

    private HostileValues() {}

    /** Any of them. */
    public static Arbitrary<JsonValue> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, HostileTexts.values().map(JsonString::new)),
                Tuple.of(2, Arbitraries.of(NUMBERS)),
                Tuple.of(2, Arbitraries.of(SHAPES)));
    }

    private static JsonValue number(String text) {
        return new JsonNumber(new BigDecimal(text));
    }
}
