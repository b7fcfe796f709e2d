// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON for resources of other bundles without a library; the same strict rules apply to their bodies and ours. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JsonValueProvider implements MessageBodyReader<JsonValue>, MessageBodyWriter<JsonValue> {

    private static final Map<Class<?>, String> WORDS = Map.of(
            JsonObject.class, "an object",
            JsonArray.class, "an array",
            JsonString.class, "a text",
            JsonNumber.class, "a number",
            JsonBoolean.class, "true or false",
            JsonNull.class, "null");

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return JsonValue.class.isAssignableFrom(type);
    }

    /**
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when it is not JSON, or not of the type of the
     * method
     */
    @Override
    public JsonValue readFrom(
            Class<JsonValue> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body) {
        JsonValue value = RequestBodies.value(body);
        if (!type.isInstance(value)) {
            throw RequestBodies.invalid(
                    "", "expected %s, found %s".formatted(WORDS.get(type), WORDS.get(value.getClass())));
        }
        return value;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return JsonValue.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            JsonValue value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        body.write(value.toJson().getBytes(StandardCharsets.UTF_8));
    }
}
