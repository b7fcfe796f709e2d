// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import eu.nephele.smo.api.model.ClusterId;
import java.io.IOException;

/** {@link ClusterId}s as {@code source/name}, also as member names. */
final class ClusterIds {

    private ClusterIds() {}

    static final class Writer extends StdSerializer<ClusterId> {
        Writer() {
            super(ClusterId.class);
        }

        @Override
        public void serialize(ClusterId id, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(id.toString());
        }
    }

    static final class Reader extends StdDeserializer<ClusterId> {
        Reader() {
            super(ClusterId.class);
        }

        @Override
        public ClusterId deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return ClusterId.parse(in.getValueAsString(""));
        }
    }

    static final class KeyWriter extends JsonSerializer<ClusterId> {
        @Override
        public void serialize(ClusterId id, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeFieldName(id.toString());
        }
    }

    static final class KeyReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String text, DeserializationContext context) {
            return ClusterId.parse(text);
        }
    }
}
