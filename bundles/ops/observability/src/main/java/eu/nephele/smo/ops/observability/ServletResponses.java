// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.problem.ProblemDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

final class ServletResponses {

    private ServletResponses() {}

    static void write(HttpServletResponse response, int status, String type, String content) throws IOException {
        write(response, status, type, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void notFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problem(request, response, new ProblemDetails(404, "Nothing is served under this path."));
    }

    static void methodNotAllowed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", "GET, HEAD");
        problem(request, response, new ProblemDetails(405, "This path is for reading only."));
    }

    private static void problem(HttpServletRequest request, HttpServletResponse response, ProblemDetails problem)
            throws IOException {
        Object correlationId = request.getAttribute(ProblemDetails.CORRELATION_ATTRIBUTE);
        write(
                response,
                problem.status(),
                ProblemDetails.MEDIA_TYPE,
                problem.bytes(request.getRequestURI(), correlationId instanceof String id ? id : ""));
    }
}
