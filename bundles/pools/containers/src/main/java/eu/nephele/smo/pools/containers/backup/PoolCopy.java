// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.mapping.ApiJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A copy of the configuration of a pool, without secrets in clear.
 *
 * @param pool its name
 * @param project of its graphs
 * @param running what ran, as the document of a file
 * @param written what the file of the pool said, where that was something else
 * @param leftOut JSON pointers of values that were in clear: in their place is the reference of their name, or nothing
 */
public record PoolCopy(
        String pool,
        String project,
        Instant takenAt,
        JsonObject running,
        Optional<JsonObject> written,
        List<String> leftOut) {

    private static final int FORMAT = 1;
    private static final String DIGEST = "sha256";
    private static final ObjectMapper JSON = new ObjectMapper();

    public PoolCopy {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Takes a copy of documents that may have secrets in clear.
     *
     * @param onDisk what the file of the pool says now
     */
    public static PoolCopy taken(
            String pool, String project, Instant at, JsonObject running, Optional<JsonObject> onDisk) {
        SecretFreeDocument ran = new SecretFreeDocument(running);
        Optional<SecretFreeDocument> said = onDisk.map(SecretFreeDocument::new)
                .filter(document ->
                        !document.document().canonical().equals(ran.document().canonical()));
        List<String> out = Stream.concat(
                        ran.leftOut().stream(), said.stream().flatMap(document -> document.leftOut().stream()))
                .distinct()
                .toList();
        return new PoolCopy(pool, project, at, ran.document(), said.map(SecretFreeDocument::document), out);
    }

    /** The text of its file. */
    public String text() {
        JsonObject content = content();
        return content.with(DIGEST, new JsonString(digest(content))).toJson() + "\n";
    }

    /**
     * Reads the text of a file.
     *
     * @throws SmoException {@code INVALID} when it is no copy, not whole, or changed
     */
    public static PoolCopy parse(String text) {
        JsonObject read = object(text);
        PoolCopy copy;
        try {
            if (!read.get("format").filter(JsonNumber.of(FORMAT)::equals).isPresent()) {
                throw broken("its format is not " + FORMAT);
            }
            List<String> out = new ArrayList<>();
            read.get("leftOut").filter(JsonArray.class::isInstance).ifPresent(list -> ((JsonArray) list)
                    .items()
                    .forEach(item -> item.asString().ifPresent(out::add)));
            copy = new PoolCopy(
                    string(read, "pool"),
                    string(read, "project"),
                    Instant.parse(string(read, "takenAt")),
                    read.get("running").flatMap(JsonValue::asObject).orElseThrow(() -> broken("it has no running")),
                    read.get("written").flatMap(JsonValue::asObject),
                    out);
        } catch (DateTimeException e) {
            throw broken("takenAt is no time");
        }
        if (!digest(copy.content()).equals(string(read, DIGEST))) {
            throw broken("it was changed since it was written, or is not whole");
        }
        return copy;
    }

    private JsonObject content() {
        JsonObject content = JsonObject.EMPTY
                .with("format", JsonNumber.of(FORMAT))
                .with("pool", new JsonString(pool))
                .with("project", new JsonString(project))
                .with("takenAt", new JsonString(takenAt.toString()))
                .with("leftOut", JsonArray.ofStrings(leftOut))
                .with("running", running);
        return written.map(said -> content.with("written", said)).orElse(content);
    }

    private static JsonObject object(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            if (read == null || !read.isObject()) {
                throw broken("it is no object");
            }
            return ApiJson.object(read);
        } catch (JsonProcessingException e) {
            throw broken("it is no JSON");
        }
    }

    private static String string(JsonObject read, String name) {
        return read.get(name).flatMap(JsonValue::asString).orElseThrow(() -> broken("it has no " + name));
    }

    private static String digest(JsonObject content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(content.canonical().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has it", e);
        }
    }

    private static SmoException broken(String why) {
        return SmoException.invalid("This is no copy of a pool: " + why, List.of());
    }
}
