// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.json;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Writes the members of a JSON object, in order. */
public final class JsonFieldWriter {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    /** Returns an object whose members are texts. */
    public static JsonObject ofTexts(Map<String, String> texts) {
        JsonFieldWriter fields = new JsonFieldWriter();
        texts.forEach(fields::put);
        return fields.object();
    }

    /** Returns an array of what a function makes of each item. */
    public static <T> JsonArray array(Collection<T> items, Function<? super T, ? extends JsonValue> json) {
        return new JsonArray(items.stream().<JsonValue>map(json).toList());
    }

    public JsonFieldWriter put(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    public JsonFieldWriter put(String name, String value) {
        return put(name, new JsonString(value));
    }

    public JsonFieldWriter put(String name, long value) {
        return put(name, JsonNumber.of(value));
    }

    public JsonFieldWriter put(String name, double value) {
        return put(name, JsonNumber.of(value));
    }

    public JsonFieldWriter put(String name, boolean value) {
        return put(name, new JsonBoolean(value));
    }

    /** Writes no member for an empty value. */
    public JsonFieldWriter put(String name, Optional<String> value) {
        value.ifPresent(text -> put(name, text));
        return this;
    }

    /** Writes no member for an empty value. */
    public JsonFieldWriter put(String name, OptionalInt value) {
        value.ifPresent(number -> put(name, number));
        return this;
    }

    /** Writes no member for an empty value. */
    public JsonFieldWriter put(String name, OptionalDouble value) {
        value.ifPresent(number -> put(name, number));
        return this;
    }

    public JsonFieldWriter texts(String name, Iterable<String> values) {
        return put(name, JsonArray.ofStrings(values));
    }

    /** Writes source and name of a cluster. */
    public JsonFieldWriter cluster(ClusterId cluster) {
        return put("source", cluster.source()).put("name", cluster.name());
    }

    public JsonObject object() {
        return new JsonObject(members);
    }
}
