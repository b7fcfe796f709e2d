// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.problem;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.trace.LogFields;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Problem details (RFC 9457) of answers that the interface does not give, in the shape that the rest of the server
 * uses.
 *
 * @param detail what happened, for people
 */
public record ProblemDetails(int status, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";
    /** Header of the correlation id. */
    public static final String CORRELATION_ID = "X-Correlation-Id";

    /** Request attribute in which the gate leaves the correlation id. */
    public static final String CORRELATION_ATTRIBUTE = "smo.correlationId";

    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** Stable word, the last part of the type, and the status in words. */
    private record Words(String kind, String title) {

        static Words of(int status) {
            return switch (status) {
                case 400 -> new Words("invalid", "Bad Request");
                case 401 -> new Words("unauthorized", "Unauthorized");
                case 403 -> new Words("forbidden", "Forbidden");
                case 404 -> new Words("not-found", "Not Found");
                case 405 -> new Words("method-not-allowed", "Method Not Allowed");
                case 406 -> new Words("not-acceptable", "Not Acceptable");
                case 408 -> new Words("request-timeout", "Request Timeout");
                case 411 -> new Words("length-required", "Length Required");
                case 412 -> new Words("precondition-failed", "Precondition Failed");
                case 413 -> new Words("too-large", "Content Too Large");
                case 414 -> new Words("uri-too-long", "URI Too Long");
                case 415 -> new Words("unsupported-media-type", "Unsupported Media Type");
                case 417 -> new Words("expectation-failed", "Expectation Failed");
                case 426 -> new Words("upgrade-required", "Upgrade Required");
                case 429 -> new Words("too-many-requests", "Too Many Requests");
                case 431 -> new Words("header-fields-too-large", "Request Header Fields Too Large");
                case 503 -> new Words("unavailable", "Service Unavailable");
                default ->
                    status < 500 ? new Words("refused", "Refused") : new Words("internal", "Internal Server Error");
            };
        }
    }

    /** The caller's own id when it can safely be logged and sent back, else a new one. */
    public static String correlationId(@Nullable String wished) {
        return wished != null && SANE_ID.matcher(wished).matches()
                ? wished
                : UUID.randomUUID().toString();
    }

    /**
     * The document, as it is sent; with the id of the trace that is current in this thread.
     *
     * @param instance path of the request
     * @param correlationId "" for a request without one; the document has none then
     */
    public byte[] bytes(String instance, String correlationId) {
        Words words = Words.of(status);
        JsonObject problem = JsonObject.EMPTY
                .with("type", new JsonString("urn:smo:problem:" + words.kind()))
                .with("title", new JsonString(words.title()))
                .with("status", JsonNumber.of(status))
                .with("detail", new JsonString(detail))
                .with("instance", new JsonString(instance))
                .with("source", new JsonString("smo"));
        JsonObject all =
                correlationId.isEmpty() ? problem : problem.with("correlationId", new JsonString(correlationId));
        String traceId = MDC.get(LogFields.TRACE_ID);
        JsonObject traced = traceId == null ? all : all.with("traceId", new JsonString(traceId));
        return traced.toJson().getBytes(StandardCharsets.UTF_8);
    }
}
