// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Members of a JSON object to be written, in order. */
final class JsonFieldWriter {

    private final Map<String, JsonValue> values = new LinkedHashMap<>();

    /** An object of texts. */
    static JsonObject ofTexts(Map<String, String> texts) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter();
        texts.forEach(jsonFieldWriter::text);
        return jsonFieldWriter.object();
    }

    JsonFieldWriter text(String name, String value) {
        return value(name, new JsonString(value));
    }

    JsonFieldWriter text(String name, Optional<String> value) {
        value.ifPresent(text -> text(name, text));
        return this;
    }

    JsonFieldWriter number(String name, long value) {
        return value(name, JsonNumber.of(value));
    }

    JsonFieldWriter number(String name, double value) {
        return value(name, JsonNumber.of(value));
    }

    JsonFieldWriter number(String name, OptionalInt value) {
        value.ifPresent(number -> number(name, number));
        return this;
    }

    JsonFieldWriter flag(String name, boolean value) {
        return value(name, new JsonBoolean(value));
    }

    JsonFieldWriter texts(String name, Iterable<String> value) {
        return value(name, JsonArray.ofStrings(value));
    }

    JsonFieldWriter cluster(ClusterId cluster) {
        return text("source", cluster.source()).text("name", cluster.name());
    }

    JsonFieldWriter value(String name, JsonValue value) {
        values.put(name, value);
        return this;
    }

    JsonObject object() {
        return new JsonObject(values);
    }
}
