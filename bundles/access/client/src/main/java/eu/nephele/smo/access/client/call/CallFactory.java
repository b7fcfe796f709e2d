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

/** Makes calls. Every change has an idempotency key. */
public final class CallFactory {

    /** Longest wait of a server. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final Duration MARGIN = Duration.ofSeconds(30);

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

    /** A change that the server recognises by its key: it is sent again after a lost connection. */
    public SmoCall<JsonNode> keyed(String method, String path, Optional<RequestBody> body) {
        return change(method, path, body)
                .withIdempotencyKey(UUID.randomUUID().toString())
                .within(LONGEST_WAIT.plus(MARGIN));
    }

    /** A change that is made again when it comes again, with the same end: a PUT or DELETE of a whole. */
    public SmoCall<JsonNode> repeatable(String method, String path, Optional<RequestBody> body) {
        return new SmoCall<>(sender, SmoRequest.change(method, path, body).asRepeatable(), Function.identity());
    }

    /** Any other change. It is sent again only when the server has said that it did not take it. */
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
