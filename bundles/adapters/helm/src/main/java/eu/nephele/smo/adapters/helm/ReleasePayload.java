// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * The needed parts of Helm's record of a revision.
 *
 * @param description "" where there is none
 * @param config values that were given
 * @param chart name and version, for people
 */
record ReleasePayload(String description, JsonObject config, String chart) {

    /**
     * Decodes it: base64 of Kubernetes, base64 of Helm, gzip, JSON. The templates of the chart in it are skipped.
     *
     * @param limit of bytes, unpacked
     * @throws IOException if it has another form, or is larger
     */
    static ReleasePayload read(String data, int limit, HelmJson json) throws IOException {
        String description = "";
        JsonObject config = JsonObject.EMPTY;
        String chart = "";
        try (InputStream unpacked = new LimitedOutput(unpacked(data), limit);
                JsonParser in = json.parser(unpacked)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    case "info" -> description = field(in, "description", json);
                    case "config" -> config = json.value(in).asObject().orElse(JsonObject.EMPTY);
                    case "chart" -> chart = chart(in, json);
                    default -> in.skipChildren();
                }
            }
        } catch (IllegalArgumentException noBase64) {
            throw new IOException("not base64", noBase64);
        }
        return new ReleasePayload(description, config, chart);
    }

    /**
     * Returns the objects of a revision as YAML; "" for none.
     *
     * @param limit of bytes, unpacked
     * @throws IOException if it is not a record of Helm, or is larger
     */
    static String manifest(String data, int limit, HelmJson json) throws IOException {
        try (InputStream unpacked = new LimitedOutput(unpacked(data), limit);
                JsonParser in = json.parser(unpacked)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = "manifest".equals(in.currentName());
                in.nextToken();
                if (wanted) {
                    return in.getValueAsString("");
                }
                in.skipChildren();
            }
            return "";
        } catch (IllegalArgumentException noBase64) {
            throw new IOException("not base64", noBase64);
        }
    }

    private static InputStream unpacked(String data) throws IOException {
        byte[] ofHelm = Base64.getDecoder().decode(data);
        byte[] packed = Base64.getDecoder().decode(ofHelm);
        return new GZIPInputStream(new ByteArrayInputStream(packed));
    }

    private static String field(JsonParser in, String wanted, HelmJson json) throws IOException {
        return json.value(in)
                .asObject()
                .flatMap(object -> object.get(wanted))
                .flatMap(JsonValue::asString)
                .orElse("");
    }

    private static String chart(JsonParser in, HelmJson json) throws IOException {
        String found = "";
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return found;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean metadata = "metadata".equals(in.currentName());
            in.nextToken();
            if (metadata) {
                JsonObject object = json.value(in).asObject().orElse(JsonObject.EMPTY);
                found = object.get("name").flatMap(JsonValue::asString).orElse("") + "-"
                        + object.get("version").flatMap(JsonValue::asString).orElse("");
            } else {
                in.skipChildren();
            }
        }
        return found;
    }

    /** Fails beyond its limit: a few packed bytes can unpack to very many. */
    private static final class LimitedOutput extends FilterInputStream {
        private final int limit;
        private int left;

        LimitedOutput(InputStream in, int limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) throws IOException {
            left -= more;
            if (left < 0) {
                throw new IOException("more than %d bytes, unpacked (maxReleaseKiB)".formatted(limit));
            }
        }
    }
}
