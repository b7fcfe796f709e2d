// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Values of the api as JSON and back: both ends of the wire use this, so that they cannot differ. */
public final class WireJson {

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(values())
            // a record is its components; computed values are not part of it
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** Readers by type: creating one takes longer than reading most values. */
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Writing JSON failed: " + value.getClass(), e);
        }
    }

    /** @throws IllegalArgumentException when the text is not JSON of this type */
    public <T> T read(byte[] json, TypeReference<T> type) {
        try {
            T value = reader(type).readValue(json);
            if (value == null) {
                throw new IllegalArgumentException("Unexpected JSON: null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Unexpected JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> ObjectReader reader(TypeReference<T> type) {
        return readers.computeIfAbsent(type.getType(), unused -> mapper.readerFor(type));
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule("smo-values");
        module.addSerializer(JsonValue.class, new JsonValueSerializers.Writer());
        module.addDeserializer(JsonValue.class, new JsonValueSerializers.Reader<>(JsonValue.class));
        module.addDeserializer(JsonObject.class, new JsonValueSerializers.Reader<>(JsonObject.class));
        module.addSerializer(ClusterId.class, new ClusterIds.Writer());
        module.addDeserializer(ClusterId.class, new ClusterIds.Reader());
        module.addKeySerializer(ClusterId.class, new ClusterIds.KeyWriter());
        module.addKeyDeserializer(ClusterId.class, new ClusterIds.KeyReader());
        return module;
    }
}
