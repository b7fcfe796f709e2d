// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A refusal as problem details (RFC 9457), in the shape that the rest of the server uses: scripts that ask the console get one,
 * too.
 *
 * @param status HTTP status
 * @param detail what happened, for people
 */
record Problem(int status, String detail) {

    /** Request attribute in which the gate leaves the correlation id. */
    private static final String CORRELATION_ATTRIBUTE = "smo.correlationId";

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonObject problem = JsonObject.EMPTY
                .with("type", new JsonString("urn:smo:problem:" + kind()))
                .with("title", new JsonString(title()))
                .with("status", JsonNumber.of(status))
                .with("detail", new JsonString(detail))
                .with("instance", new JsonString(request.getRequestURI()))
                .with("source", new JsonString("smo"));
        if (request.getAttribute(CORRELATION_ATTRIBUTE) instanceof String id) {
            problem = problem.with("correlationId", new JsonString(id));
        }
        byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private String kind() {
        return switch (status) {
            case 400 -> "invalid";
            case 401 -> "unauthorized";
            case 404 -> "not-found";
            case 503 -> "unavailable";
            default -> "forbidden";
        };
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 503 -> "Service Unavailable";
            default -> "Forbidden";
        };
    }
}
