// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.core.contract.problem.ProblemDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Problem details with 503 while the REST API is unavailable: early in the start, in an update, without a gate. */
final class UnavailableResponse {

    private static final String RETRY_AFTER_SECONDS = "1";
    static final ProblemDetails PROBLEM = new ProblemDetails(
            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
            "The REST API is unavailable at the moment: the server starts, stops, or updates a"
                    + " part. Try again; /health/ready says what is missing.");

    private UnavailableResponse() {}

    static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String correlationId = correlationId(request, response);
        byte[] body = PROBLEM.bytes(request.getRequestURI(), correlationId);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(ProblemDetails.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Returns the correlation id of the gate, or a new one while the gate is missing. */
    private static String correlationId(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(ProblemDetails.CORRELATION_ATTRIBUTE) instanceof String given) {
            return given;
        }
        String fresh = ProblemDetails.correlationId(null);
        response.setHeader(ProblemDetails.CORRELATION_ID, fresh);
        return fresh;
    }
}
