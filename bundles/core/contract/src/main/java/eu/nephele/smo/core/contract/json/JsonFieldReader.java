// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads members of an object that this program has written with {@link JsonFieldWriter}. A member that is missing or of another type
 * is damage, not wrong input: each method throws {@link IllegalArgumentException} then, which names the member.
 */
public record JsonFieldReader(JsonObject object) {

    private static final int SHOWN = 200;

    public static JsonFieldReader from(JsonValue value) {
        return new JsonFieldReader(value.asObject().orElseThrow(() -> damaged("an object", value)));
    }

    /** Returns the items of an array of objects. */
    public static List<JsonFieldReader> list(JsonValue value) {
        return items(value).stream().map(JsonFieldReader::from).toList();
    }

    /** Returns the items of an array of texts. */
    public static List<String> texts(JsonValue value) {
        return items(value).stream()
                .map(item -> item.asString().orElseThrow(() -> damaged("texts", value)))
                .toList();
    }

    /** Returns the items of an array of whole numbers. */
    public static List<Integer> integers(JsonValue value) {
        return items(value).stream()
                .map(item -> whole(item.asNumber(), BigDecimal::intValueExact, () -> damaged("whole numbers", value)))
                .toList();
    }

    /** Returns all members, which are texts. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members().keySet().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> damaged("a text '" + name + "'", object));
    }

    public Optional<String> optionalText(String name) {
        return object.get(name).flatMap(JsonValue::asString);
    }

    public Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException otherText) {
            throw damaged("a point in time '" + name + "'", object);
        }
    }

    public long number(String name) {
        return whole(optionalNumber(name), BigDecimal::longValueExact, () -> noNumber(name));
    }

    public int integer(String name) {
        return whole(optionalNumber(name), BigDecimal::intValueExact, () -> noNumber(name));
    }

    private static <T> T whole(
            Optional<BigDecimal> number, Function<BigDecimal, T> exact, Supplier<IllegalArgumentException> damage) {
        try {
            return number.map(exact).orElseThrow(damage);
        } catch (ArithmeticException fractionOrTooLarge) {
            throw damage.get();
        }
    }

    public double decimal(String name) {
        return optionalNumber(name).map(BigDecimal::doubleValue).orElseThrow(() -> noNumber(name));
    }

    public Optional<BigDecimal> optionalNumber(String name) {
        return object.get(name).flatMap(JsonValue::asNumber);
    }

    public OptionalDouble optionalDecimal(String name) {
        return optionalNumber(name)
                .map(value -> OptionalDouble.of(value.doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    public boolean flag(String name) {
        return optionalFlag(name).orElseThrow(() -> damaged("true or false '" + name + "'", object));
    }

    public Optional<Boolean> optionalFlag(String name) {
        return object.get(name).flatMap(JsonValue::asBoolean);
    }

    public JsonValue value(String name) {
        return object.get(name).orElseThrow(() -> damaged("a member '" + name + "'", object));
    }

    public Optional<JsonValue> optional(String name) {
        return object.get(name);
    }

    public JsonObject object(String name) {
        return object(name, value(name));
    }

    public Optional<JsonObject> optionalObject(String name) {
        return object.get(name).flatMap(JsonValue::asObject);
    }

    public Optional<JsonFieldReader> optionalFields(String name) {
        return optionalObject(name).map(JsonFieldReader::new);
    }

    private static JsonObject object(String name, JsonValue value) {
        return value.asObject().orElseThrow(() -> damaged("an object '" + name + "'", value));
    }

    /** Returns the items of a member that is an array of objects. */
    public List<JsonObject> objects(String name) {
        return items(value(name)).stream().map(item -> object(name, item)).toList();
    }

    /** Returns the items of a member that is an array. */
    public List<JsonValue> values(String name) {
        return items(value(name));
    }

    /** Reads what {@link JsonFieldWriter#cluster} wrote. */
    public ClusterId cluster() {
        return new ClusterId(text("source"), text("name"));
    }

    private static List<JsonValue> items(JsonValue value) {
        return value.asArray().orElseThrow(() -> damaged("an array", value));
    }

    private IllegalArgumentException noNumber(String name) {
        return damaged("a number '" + name + "'", object);
    }

    private static IllegalArgumentException damaged(String expected, JsonValue found) {
        String text = found.toJson();
        return new IllegalArgumentException(
                "Stored JSON is damaged, or was written by another version: expected %s in %s"
                        .formatted(expected, text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text));
    }
}
