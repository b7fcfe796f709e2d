// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.core.contract.problem.ProblemDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A refusal as problem details, in the same form as in the rest of the server, for scripts that call the console. */
final class ConsoleProblem {

    private final ProblemDetails text;

    ConsoleProblem(int status, String detail) {
        text = new ProblemDetails(status, detail);
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object given = request.getAttribute(ProblemDetails.CORRELATION_ATTRIBUTE);
        byte[] body = text.bytes(request.getRequestURI(), given instanceof String id ? id : "");
        response.setStatus(text.status());
        response.setContentType(ProblemDetails.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
