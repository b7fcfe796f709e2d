// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value, immutable, with the member order of its source. The contract knows no JSON library; rooms that read
 * or write JSON convert at their edge.
 */
public sealed interface JsonValue {

    /** The JSON text of this value, compact, members in their own order. */
    String toJson();

    /**
     * The canonical text: members sorted by name at every depth, numbers without trailing zeros. Two values that mean the
     * same have the same canonical text.
     */
    String canonical();

    /** @param members name to value, in source order */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        public JsonObject {
            members = FewMembers.copyOf(members);
        }

        /**
         * An object of names and their values.
         *
         * @throws IllegalArgumentException when a name is there twice, or there are more of one than of the other
         */
        public static JsonObject of(List<String> names, List<? extends JsonValue> values) {
            return new JsonObject(FewMembers.orMany(names, values));
        }

        public Optional<JsonValue> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** A copy with one member set; an existing member keeps its position. */
        public JsonObject with(String name, JsonValue value) {
            Map<String, JsonValue> copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new JsonObject(copy);
        }

        public boolean isEmpty() {
            return members.isEmpty();
        }

        @Override
        public String toJson() {
            return JsonText.of(this, false);
        }

        @Override
        public String canonical() {
            return JsonText.of(this, true);
        }
    }

    /** @param items in order */
    record JsonArray(List<JsonValue> items) implements JsonValue {
        public static final JsonArray EMPTY = new JsonArray(List.of());

        public JsonArray {
            items = List.copyOf(items);
        }

        /** An array of texts. */
        public static JsonArray ofStrings(Iterable<String> texts) {
            List<JsonValue> items = new java.util.ArrayList<>();
            texts.forEach(text -> items.add(new JsonString(text)));
            return new JsonArray(items);
        }

        @Override
        public String toJson() {
            return JsonText.of(this, false);
        }

        @Override
        public String canonical() {
            return JsonText.of(this, true);
        }
    }

    /** @param value the text, unescaped */
    record JsonString(String value) implements JsonValue {
        @Override
        public String toJson() {
            return JsonText.of(this, false);
        }

        @Override
        public String canonical() {
            return toJson();
        }
    }

    /** @param value exact decimal value */
    record JsonNumber(BigDecimal value) implements JsonValue {
        public static JsonNumber of(long value) {
            return new JsonNumber(BigDecimal.valueOf(value));
        }

        /** @throws NumberFormatException when the value is not finite: JSON cannot express it */
        public static JsonNumber of(double value) {
            return new JsonNumber(BigDecimal.valueOf(value));
        }

        @Override
        public String toJson() {
            return value.toString();
        }

        @Override
        public String canonical() {
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
        }
    }

    /** @param value true or false */
    record JsonBoolean(boolean value) implements JsonValue {
        @Override
        public String toJson() {
            return Boolean.toString(value);
        }

        @Override
        public String canonical() {
            return toJson();
        }
    }

    /** The JSON literal null. */
    record JsonNull() implements JsonValue {
        @Override
        public String toJson() {
            return "null";
        }

        @Override
        public String canonical() {
            return toJson();
        }
    }

    /** The text of this value when it is a string. */
    default Optional<String> asString() {
        return this instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The number of this value when it is one. */
    default Optional<BigDecimal> asNumber() {
        return this instanceof JsonNumber number ? Optional.of(number.value()) : Optional.empty();
    }

    /** The truth value of this value when it is a boolean. */
    default Optional<Boolean> asBoolean() {
        return this instanceof JsonBoolean bool ? Optional.of(bool.value()) : Optional.empty();
    }

    /** This value when it is an object. */
    default Optional<JsonObject> asObject() {
        return this instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** The items of this value when it is an array. */
    default Optional<List<JsonValue>> asArray() {
        return this instanceof JsonArray array ? Optional.of(array.items()) : Optional.empty();
    }
}
