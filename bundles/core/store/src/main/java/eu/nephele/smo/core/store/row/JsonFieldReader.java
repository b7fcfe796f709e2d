// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the members of an object that {@link JsonFieldWriter} wrote; what does not fit is a damaged row, not a wrong input. */
record JsonFieldReader(JsonObject object) {

    static JsonFieldReader from(JsonValue value) {
        return new JsonFieldReader(value.asObject().orElseThrow(() -> damaged("an object", value)));
    }

    static List<JsonFieldReader> list(JsonValue value) {
        return items(value).stream().map(JsonFieldReader::from).toList();
    }

    static List<String> texts(JsonValue value) {
        return items(value).stream()
                .map(item -> item.asString().orElseThrow(() -> damaged("texts", value)))
                .toList();
    }

    /** All members, which are texts. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members().keySet().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> damaged("a text '" + name + "'", object));
    }

    Optional<String> optionalText(String name) {
        return object.get(name).flatMap(JsonValue::asString);
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    long number(String name) {
        return optionalNumber(name)
                .map(BigDecimal::longValueExact)
                .orElseThrow(() -> damaged("a number '" + name + "'", object));
    }

    Optional<BigDecimal> optionalNumber(String name) {
        return object.get(name).flatMap(JsonValue::asNumber);
    }

    boolean flag(String name) {
        return object.get(name)
                .flatMap(JsonValue::asBoolean)
                .orElseThrow(() -> damaged("true or false '" + name + "'", object));
    }

    JsonValue value(String name) {
        return object.get(name).orElseThrow(() -> damaged("a member '" + name + "'", object));
    }

    Optional<JsonValue> optional(String name) {
        return object.get(name);
    }

    ClusterId cluster() {
        return new ClusterId(text("source"), text("name"));
    }

    private static List<JsonValue> items(JsonValue value) {
        return value.asArray().orElseThrow(() -> damaged("an array", value));
    }

    private static IllegalStateException damaged(String expected, JsonValue found) {
        String text = found.toJson();
        return new IllegalStateException("A stored row is damaged: expected %s in %s"
                .formatted(expected, text.length() > 200 ? text.substring(0, 200) + "…" : text));
    }
}
