// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The answer while the interface is away, early in the start, while it is updated, or without a gate: 503 as RFC 9457 has it. */
final class Away {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String CORRELATION_ID = "X-Correlation-Id";

    private Away() {}

    static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String correlationId = correlationId(request, response);
        byte[] body = problem(request.getRequestURI(), correlationId).getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** That of the gate, which sets the header, too; a new one while there is no gate. */
    private static String correlationId(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute("smo.correlationId") instanceof String given) {
            return given;
        }
        String fresh = UUID.randomUUID().toString();
        response.setHeader(CORRELATION_ID, fresh);
        return fresh;
    }

    private static String problem(String instance, String correlationId) {
        return JsonObject.EMPTY
                .with("type", new JsonString("urn:smo:problem:unavailable"))
                .with("title", new JsonString("Service Unavailable"))
                .with("status", JsonNumber.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE))
                .with(
                        "detail",
                        new JsonString("The interface is not there at the moment: the server starts, ends, or updates a"
                                + " part. Try again; /health/ready says what is missing."))
                .with("instance", new JsonString(instance))
                .with("source", new JsonString("smo"))
                .with("correlationId", new JsonString(correlationId))
                .toJson();
    }
}
