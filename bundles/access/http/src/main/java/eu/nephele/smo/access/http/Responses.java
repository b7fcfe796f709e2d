// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.api.model.JsonValue;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

public final class Responses {

    private static final int TAG_BYTES = 12;
    private static final JsonMapper JSON = new JsonMapper();

    private Responses() {}

    public static ResponseBuilder json(int status, JsonNode content) {
        byte[] body = bytes(content);
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, body.length)
                .entity(body);
    }

    /** JSON that a client need not fetch again while it has not changed. */
    public static Response cacheable(ContainerRequestContext request, JsonNode content) {
        return cacheable(request.getRequest(), content);
    }

    /** The same with what is no tree yet: large answers need not become one. */
    public static Response cacheable(ContainerRequestContext request, JsonValue content) {
        return cacheable(request.getRequest(), content);
    }

    public static Response cacheable(ContainerRequestContext request, JsonNode content, MediaType type) {
        return cacheable(request.getRequest(), content, type);
    }

    public static Response cacheable(Request request, JsonNode content) {
        return cacheable(request, content, MediaType.APPLICATION_JSON_TYPE);
    }

    public static Response cacheable(Request request, JsonNode content, MediaType type) {
        return cacheable(request, bytes(content), type);
    }

    public static Response cacheable(Request request, JsonValue content) {
        return cacheable(request, content.toJson().getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE);
    }

    /** The same with what is written already. */
    public static Response cacheable(Request request, byte[] body, MediaType type) {
        EntityTag tag = new EntityTag(digest(body));
        ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        ResponseBuilder answer =
                unchanged == null ? Response.ok(body, type).header(HttpHeaders.CONTENT_LENGTH, body.length) : unchanged;
        return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }

    /**
     * Compares {@code If-Match} and {@code If-None-Match} of a change with the present state.
     *
     * @param content as {@link #cacheable(Request, JsonNode)} answers it; empty when the resource does not exist
     * @throws ClientErrorException 412 when a precondition fails
     */
    public static void checkPreconditions(Request request, HttpHeaders headers, Supplier<Optional<JsonNode>> content) {
        boolean matches = headers.getHeaderString(HttpHeaders.IF_MATCH) != null;
        if (!matches && headers.getHeaderString(HttpHeaders.IF_NONE_MATCH) == null) {
            return;
        }
        Optional<JsonNode> there = content.get();
        boolean failed = there.map(json -> request.evaluatePreconditions(new EntityTag(digest(bytes(json)))) != null)
                .orElse(matches);
        if (failed) {
            throw new ClientErrorException(Response.Status.PRECONDITION_FAILED);
        }
    }

    public static ResponseBuilder text(int status, String line) {
        return Response.status(status).type("text/plain;charset=UTF-8").entity(line.getBytes(StandardCharsets.UTF_8));
    }

    /** Written as bytes at once: a text of it would have to be encoded, character by character. */
    private static byte[] bytes(JsonNode content) {
        try {
            return JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException halfCharacter) {
            // half of a surrogate pair, which a text may have and UTF-8 has not: the encoder of texts writes a question
            // mark for it
            return content.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String digest(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, TAG_BYTES));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
