// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.core.contract.problem.ProblemText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The answer while the interface is away, early in the start, while it is updated, or without a gate: 503 as RFC 9457 has it. */
final class Away {

    private static final String RETRY_AFTER_SECONDS = "1";
    static final ProblemText PROBLEM = new ProblemText(
            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
            "The interface is not there at the moment: the server starts, ends, or updates a"
                    + " part. Try again; /health/ready says what is missing.");

    private Away() {}

    static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String correlationId = correlationId(request, response);
        byte[] body = PROBLEM.bytes(request.getRequestURI(), correlationId);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(ProblemText.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** That of the gate, which sets the header, too; a new one while there is no gate. */
    private static String correlationId(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(ProblemText.CORRELATION_ATTRIBUTE) instanceof String given) {
            return given;
        }
        String fresh = ProblemText.correlationId(null);
        response.setHeader(ProblemText.CORRELATION_ID, fresh);
        return fresh;
    }
}
