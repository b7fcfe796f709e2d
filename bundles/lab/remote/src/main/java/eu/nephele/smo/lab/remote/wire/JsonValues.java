// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link JsonValue}s as the JSON that they are. */
final class JsonValues {

    private JsonValues() {}

    static final class Writer extends StdSerializer<JsonValue> {
        Writer() {
            super(JsonValue.class);
        }

        @Override
        public void serialize(JsonValue value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(value.toJson());
        }
    }

    static final class Reader<T extends JsonValue> extends StdDeserializer<T> {
        private final Class<T> type;

        Reader(Class<T> type) {
            super(type);
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonValue value = value(in.readValueAsTree());
            if (!type.isInstance(value)) {
                return context.reportInputMismatch(this, "expected %s", type.getSimpleName());
            }
            return type.cast(value);
        }
    }

    private static JsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> new JsonString(node.textValue());
            case NUMBER -> new JsonNumber(node.decimalValue());
            case BOOLEAN -> new JsonBoolean(node.booleanValue());
            default -> new JsonNull();
        };
    }

    private static JsonObject object(JsonNode node) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return new JsonObject(members);
    }

    private static JsonArray array(JsonNode node) {
        List<JsonValue> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        return new JsonArray(items);
    }
}
