// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an object member by member. */
final class JsonBuilder {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    JsonBuilder with(String name, JsonValue value) {
        members.put(name, value);
        return this;
    }

    JsonBuilder with(String name, String text) {
        return with(name, new JsonString(text));
    }

    JsonBuilder with(String name, long number) {
        return with(name, JsonNumber.of(number));
    }

    /** A number without a fraction that says nothing: 75 and not 75.0. */
    JsonBuilder with(String name, double number) {
        return with(name, new JsonNumber(new BigDecimal(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString())));
    }

    JsonBuilder withSeconds(String name, Duration time) {
        return with(name, time.toSeconds());
    }

    JsonBuilder with(String name, JsonBuilder object) {
        return with(name, object.object());
    }

    JsonBuilder with(String name, List<? extends JsonValue> items) {
        return with(name, new JsonArray(List.copyOf(items)));
    }

    JsonObject object() {
        return new JsonObject(members);
    }
}
