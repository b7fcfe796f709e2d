// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes small answers. */
final class Answer {

    private Answer() {}

    static void write(HttpServletResponse response, int status, String type, String content) throws IOException {
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Problem details (RFC 9457), in the shape that the rest of the server uses. */
    static void problem(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (refusal == Refusal.METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", "GET, HEAD");
        }
        Object correlationId = request.getAttribute("smo.correlationId");
        write(
                response,
                refusal.status,
                "application/problem+json",
                Texts.object(
                        "type",
                        "urn:smo:problem:" + refusal.kind,
                        "title",
                        refusal.title,
                        "status",
                        refusal.status,
                        "detail",
                        refusal.detail,
                        "instance",
                        request.getRequestURI(),
                        "source",
                        "smo",
                        "correlationId",
                        correlationId instanceof String id ? id : ""));
    }

    /** What can be wrong with a call that has no parameters. */
    enum Refusal {
        NOT_FOUND(404, "not-found", "Not Found", "Nothing is served under this path."),
        METHOD_NOT_ALLOWED(405, "method-not-allowed", "Method Not Allowed", "This path is for reading only.");

        private final int status;
        private final String kind;
        private final String title;
        private final String detail;

        Refusal(int status, String kind, String title, String detail) {
            this.status = status;
            this.kind = kind;
            this.title = title;
            this.detail = detail;
        }
    }
}
