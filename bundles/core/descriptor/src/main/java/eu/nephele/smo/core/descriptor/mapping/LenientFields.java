// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.mapping;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Forgiving access to an object: members that are missing or of another type are empty. Checks of meaning run over
 * descriptors whose form is wrong as well, to report everything at once.
 */
public record LenientFields(JsonObject object) {

    public Map<String, JsonValue> members() {
        return object.members();
    }

    public boolean has(String name) {
        return object.members().containsKey(name);
    }

    public LenientFields child(String name) {
        return new LenientFields(object.get(name).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY));
    }

    public JsonObject json(String name) {
        return child(name).object();
    }

    public Optional<String> text(String name) {
        return object.get(name).flatMap(JsonValue::asString);
    }

    public boolean flag(String name) {
        return object.get(name).flatMap(JsonValue::asBoolean).orElse(false);
    }

    public Optional<BigDecimal> number(String name) {
        return object.get(name).flatMap(JsonValue::asNumber);
    }

    /** Whole numbers only, within the range of {@code int}. */
    public OptionalInt integer(String name) {
        Optional<BigDecimal> whole = number(name)
                .filter(number -> number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
                .filter(number ->
                        number.signum() == 0 || number.stripTrailingZeros().scale() <= 0);
        return whole.map(number -> OptionalInt.of(number.intValue())).orElse(OptionalInt.empty());
    }

    public OptionalDouble decimal(String name) {
        return number(name)
                .map(number -> OptionalDouble.of(number.doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    public List<JsonValue> items(String name) {
        return object.get(name).orElse(JsonArray.EMPTY).asArray().orElse(List.of());
    }

    public List<String> texts(String name) {
        return items(name).stream().flatMap(item -> item.asString().stream()).toList();
    }

    /** Every item; one that is no object counts as empty, so that positions stay right. */
    public List<LenientFields> children(String name) {
        return items(name).stream()
                .map(item -> new LenientFields(item.asObject().orElse(JsonObject.EMPTY)))
                .toList();
    }
}
