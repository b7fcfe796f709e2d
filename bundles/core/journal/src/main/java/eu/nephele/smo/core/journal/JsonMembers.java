// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Builds and reads JSON objects of our own making, member by member. */
final class JsonMembers {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    JsonMembers put(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    JsonMembers put(String name, String value) {
        return put(name, new JsonString(value));
    }

    JsonMembers put(String name, long value) {
        return put(name, JsonNumber.of(value));
    }

    JsonMembers put(String name, double value) {
        return put(name, JsonNumber.of(value));
    }

    JsonMembers put(String name, boolean value) {
        return put(name, new JsonBoolean(value));
    }

    JsonObject done() {
        return new JsonObject(members);
    }

    static <T> JsonArray array(Collection<T> items, Function<T, JsonValue> json) {
        return new JsonArray(items.stream().map(json).toList());
    }

    static String text(JsonObject object, String name) {
        return member(object, name).asString().orElseThrow(() -> malformed(name));
    }

    static BigDecimal number(JsonObject object, String name) {
        return member(object, name).asNumber().orElseThrow(() -> malformed(name));
    }

    static boolean flag(JsonObject object, String name) {
        return member(object, name).asBoolean().orElseThrow(() -> malformed(name));
    }

    static JsonObject object(JsonObject object, String name) {
        return member(object, name).asObject().orElseThrow(() -> malformed(name));
    }

    static List<JsonObject> objects(JsonObject object, String name) {
        return member(object, name).asArray().orElseThrow(() -> malformed(name)).stream()
                .map(item -> item.asObject().orElseThrow(() -> malformed(name)))
                .toList();
    }

    private static JsonValue member(JsonObject object, String name) {
        return object.get(name).orElseThrow(() -> malformed(name));
    }

    private static IllegalArgumentException malformed(String name) {
        return new IllegalArgumentException(
                "A stored decision lacks '%s'; it was written by another version of this program".formatted(name));
    }
}
