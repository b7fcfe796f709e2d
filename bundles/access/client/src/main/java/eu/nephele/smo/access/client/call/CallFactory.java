// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes calls. After a lost connection it is unknown whether a change was made, so only reads are sent again, and changes of which that is
 * harmless: by a key that the operation takes, or because a whole is replaced or removed.
 */
public final class CallFactory {

    /** Longest wait of a server. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Longest wait for the answer of a server that was asked to wait. */
    public static final Duration LONGEST_ANSWER = LONGEST_WAIT.plusSeconds(30);

    private final CallSender sender;

    public CallFactory(CallSender sender) {
        this.sender = sender;
    }

    /** Percent-encodes each segment. */
    public static String path(String... segments) {
        return Arrays.stream(segments).map(CallFactory::encoded).collect(Collectors.joining("/", "/", ""));
    }

    /** The same below {@code /api/v1}. */
    public static String nativePath(String... segments) {
        return "/api/v1" + path(segments);
    }

    /** Returns a text as a segment of a path, or a value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public SmoCall<JsonNode> get(String path) {
        return new SmoCall<>(sender, SmoRequest.get(path), Function.identity());
    }

    /**
     * A change that the server recognises by its key: it is sent again after a lost connection. Only for operations to which the contract
     * gives an {@code Idempotency-Key}.
     */
    public SmoCall<JsonNode> keyed(String method, String path, Optional<RequestBody> body) {
        return change(method, path, body)
                .withIdempotencyKey(UUID.randomUUID().toString())
                .within(LONGEST_ANSWER);
    }

    /** Replaces a whole: it is sent again after a lost connection, with the same end. */
    public SmoCall<JsonNode> put(String path, RequestBody body) {
        return new SmoCall<>(
                sender, SmoRequest.change("PUT", path, Optional.of(body)).asRepeatable(), Function.identity());
    }

    /**
     * Removes a whole: it is sent again after a lost connection. That it is gone then is a success, whose answer is a missing node: nobody
     * needs the answer.
     */
    public SmoCall<JsonNode> remove(String path) {
        return new SmoCall<>(
                sender, SmoRequest.change("DELETE", path, Optional.empty()).asRepeatable(), Function.identity());
    }

    /** Any other change. It is sent again only when the server has said that it did not take it (429, 503). */
    public SmoCall<JsonNode> change(String method, String path, Optional<RequestBody> body) {
        return new SmoCall<>(sender, SmoRequest.change(method, path, body), Function.identity());
    }

    /** Any request. */
    public SmoCall<JsonNode> call(SmoRequest request) {
        return new SmoCall<>(sender, request, Function.identity());
    }

    /** {@code wait=} with whole seconds, at most those that a server permits. */
    public static String waiting(Duration wait) {
        return "?wait=" + (wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait).toSeconds();
    }

    public CallSender sender() {
        return sender;
    }
}
